//! `cargo x shots`: screenshots of pages, to look at and to compare.

use crate::args::Args;
use crate::demo::Demo;
use crate::{Done, command, places, server, setup};

/// Takes each path at both widths in both themes; of a fresh demo, or of the server at `--url`
/// (signed in through the link in `E2E_LINK`). Without a path: the pictures of the documentation, or those of the given `--only`.
pub fn run(mut args: Args) -> Done {
    let out = args.value("--out")?;
    let url = args.value("--url")?;
    let only = args.value("--only")?;
    let paths = args.words()?;
    setup::node::packages()?;
    let chromium = setup::browser::find_or_install()?;
    let (script, usual) = if paths.is_empty() { ("e2e/pictures.mjs", PICTURES) } else { ("e2e/shots.mjs", SHOTS) };
    let out = out.unwrap_or_else(|| places::root().join(usual).display().to_string());
    let mut node = command::program("node", &[script, &out]);
    node.args(&paths).args(only).env("REEVE_CHROMIUM", chromium);
    if let Some(url) = url {
        return command::show(node.env("E2E_URL", url));
    }
    let demo = Demo::start(&server::build(false)?, "shots-demo")?;
    let asks = demo.sign_in_link(REQUESTER)?;
    command::show(node.env("E2E_URL", demo.url()).env("E2E_LINK", &demo.link).env("E2E_REQUESTER", asks))?;
    demo.server.stop()
}

/// Where the pictures of the documentation lie.
const PICTURES: &str = "docs/pictures";
/// Where others go.
const SHOTS: &str = "target/x/shots";
/// Somebody of the demo who only asks, and has things to follow.
const REQUESTER: &str = "bao.tran@nordhaven.example";
