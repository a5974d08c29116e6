//! `cargo x shots`: screenshots of pages, to look at and to compare.

use crate::args::Args;
use crate::demo::Demo;
use crate::{Done, command, places, server, setup};

/// Takes each path at both widths in both themes; of a fresh demo, or of the server at `--url`
/// (signed in through the link in `E2E_LINK`).
pub fn run(mut args: Args) -> Done {
    let out = args.value("--out")?.unwrap_or_else(|| places::target().join("x/shots").display().to_string());
    let url = args.value("--url")?;
    let paths = args.words()?;
    if paths.is_empty() {
        return Err("name the pages: cargo x shots /today /incidents /incidents/INC-1042".into());
    }
    setup::node::packages()?;
    let chromium = setup::browser::find_or_install()?;
    let mut node = command::program("node", &["e2e/shots.mjs", &out]);
    node.args(&paths).env("REEVE_CHROMIUM", chromium);
    if let Some(url) = url {
        return command::show(node.env("E2E_URL", url));
    }
    let demo = Demo::start(&server::build(false)?, "shots-demo")?;
    command::show(node.env("E2E_URL", demo.url()).env("E2E_LINK", &demo.link))?;
    demo.server.stop()
}
