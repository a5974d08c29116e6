//! `cargo x dev`: watches the sources, rebuilds, restarts the server.

use crate::args::Args;
use crate::{Done, command, paint, places};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

/// Between two looks at the tree; a look costs about 2 ms.
const PAUSE: Duration = Duration::from_millis(300);

/// What goes into the binary.
const SOURCES: [&str; 8] = ["rs", "toml", "css", "js", "mjs", "sql", "json", "svg"];

/// Folders that do not.
const ELSEWHERE: [&str; 6] = ["target", "node_modules", "x", "e2e", "bench", "docs"];

type Seen = BTreeMap<PathBuf, SystemTime>;

/// Serves until Ctrl-C; without words of its own a demo whose data stays between runs.
pub fn run(args: Args) -> Done {
    let mut words = args.rest();
    if words.is_empty() {
        let data = places::scratch("dev")?.join("data").display().to_string();
        words = vec!["demo".into(), "--data".into(), data];
    }
    let mut server = None;
    let mut seen = Seen::new();
    loop {
        let now = look(&places::root());
        if now == seen {
            sleep(PAUSE);
            continue;
        }
        if let Some(path) = changed(&seen, &now).filter(|_| !seen.is_empty()) {
            eprintln!("{} {}", paint::quiet("changed:"), places::short(&path));
        }
        seen = now;
        // A tree that does not compile leaves the last good server running.
        if build() {
            server = Some(restart(server.take(), &words)?);
        }
    }
}

fn build() -> bool {
    let begun = Instant::now();
    let built = command::show(&mut command::cargo(&["build", "--quiet", "--package", "reeve"])).is_ok();
    let verdict = if built { paint::good("built") } else { paint::bad("not built; the last good one goes on") };
    eprintln!("{verdict} in {:.1} s", begun.elapsed().as_secs_f64());
    built
}

fn restart(old: Option<Child>, words: &[String]) -> Done<Child> {
    if let Some(mut old) = old {
        command::signal("TERM", &old.id().to_string());
        let _ = old.wait();
    }
    let reeve = places::binary(false).display().to_string();
    let mut command = command::program(&reeve, &[]);
    command.args(words).spawn().map_err(|error| format!("cannot start {reeve}: {error}"))
}

fn look(folder: &Path) -> Seen {
    let mut seen = Seen::new();
    walk(folder, &mut seen);
    seen
}

fn walk(folder: &Path, seen: &mut Seen) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let Ok(about) = entry.metadata() else {
            continue;
        };
        if about.is_dir() && !name.starts_with('.') && !ELSEWHERE.contains(&name.as_str()) {
            walk(&path, seen);
        } else if about.is_file() && path.extension().is_some_and(|kind| SOURCES.iter().any(|source| kind == *source)) {
            seen.insert(path, about.modified().unwrap_or(SystemTime::UNIX_EPOCH));
        }
    }
}

fn changed(old: &Seen, new: &Seen) -> Option<PathBuf> {
    let fresh = new.iter().find(|(path, time)| old.get(*path) != Some(time));
    fresh.or_else(|| old.iter().find(|(path, _)| !new.contains_key(*path))).map(|(path, _)| path.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_a_touched_and_a_vanished_source_are_changes() {
        let folder = places::fresh("t-dev").unwrap();
        fs::create_dir_all(folder.join("target")).unwrap();
        for name in ["a.rs", "note.txt", "target/b.rs"] {
            fs::write(folder.join(name), "x").unwrap();
        }
        let first = look(&folder);
        assert_eq!(first.keys().collect::<Vec<_>>(), vec![&folder.join("a.rs")]);
        fs::File::options().write(true).open(folder.join("a.rs")).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        let second = look(&folder);
        assert_eq!(changed(&first, &second), Some(folder.join("a.rs")));
        fs::remove_file(folder.join("a.rs")).unwrap();
        assert_eq!(changed(&second, &look(&folder)), Some(folder.join("a.rs")));
        assert_eq!(changed(&second, &second), None);
    }
}
