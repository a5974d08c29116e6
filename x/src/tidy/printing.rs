//! Libraries do not print: what they have to say is a result or a log line, and the binary shows it.

use super::Finding;
use super::source::File;
use super::unfinished::calls;

const PRINTS: [&str; 4] = ["println!", "eprintln!", "print!", "eprint!"];

/// Programs that people run; what a library does for their commands, a build script and what stands in for a test harness speak too.
const SPEAK: [&str; 4] = ["x/", "bench/", "reeve/", "e2e/"];

/// See the module.
pub fn check(files: &[File]) -> Vec<Finding> {
    let library = |file: &&File| {
        !SPEAK.iter().any(|folder| file.path.starts_with(folder))
            && file.name() != "build.rs"
            && !["tests", "examples", "testing", "command"].iter().any(|folder| file.within(folder))
    };
    files.iter().filter(library).flat_map(look).collect()
}

fn look(file: &File) -> Vec<Finding> {
    let lines = file.code_lines().filter(|(_, code)| PRINTS.iter().any(|print| calls(code, print)));
    lines.map(|(line, _)| Finding::new(file, line, "printing", "return it, or log it with tracing; only the binary prints")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_that_prints_is_found_and_a_program_is_not() {
        let text = "fn f() {\n    eprintln!(\"here\");\n}\n";
        let found = check(&[File::new("kernel/src/journal.rs", text)]);
        assert_eq!((found.len(), found[0].line), (1, 2));
        assert_eq!(check(&["reeve/src/serve.rs", "kernel/ui/build.rs", "kernel/db/tests/it.rs"].map(|path| File::new(path, text))), vec![]);
    }
}
