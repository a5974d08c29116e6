//! HTML is written in `pages.rs` files, `pages` folders and the kernel; nowhere else.

use super::Finding;
use super::source::File;

/// See the module.
pub fn check(files: &[File]) -> Vec<Finding> {
    files.iter().filter(|file| !allowed(file)).flat_map(look).collect()
}

fn allowed(file: &File) -> bool {
    file.path.starts_with("kernel/") || file.name() == "pages.rs" || file.within("pages")
}

fn look(file: &File) -> Vec<Finding> {
    let lines = file.code_lines().filter(|(_, code)| code.contains("html!")).map(|(line, _)| line);
    lines.map(|line| Finding::new(file, line, "html", "move this markup to pages.rs, made of the kernel's components")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_outside_pages_is_found() {
        let text = "//! html! in a comment\nfn f() -> Markup {\n    html! { p { \"html!\" } }\n}\n";
        let found = check(&[File::new("desk/src/ticket/verbs.rs", text)]);
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), vec![3]);
        let homes = ["desk/src/ticket/pages.rs", "desk/src/ticket/pages/clock.rs", "kernel/ui/src/frame.rs"];
        assert_eq!(check(&homes.map(|path| File::new(path, text))), vec![]);
    }
}
