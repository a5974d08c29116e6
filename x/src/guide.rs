//! `cargo x guide`: the pictures of the guide, of a fresh demo and of an empty house.

use crate::args::Args;
use crate::demo::Demo;
use crate::{Done, command, places, server, setup};

/// Where they lie; the binary holds them.
const FOLDER: &str = "docs/guide/pictures";
/// Somebody of the demo who only asks, and has things to follow.
const REQUESTER: &str = "bao.tran@nordhaven.example";

/// Takes all pictures, or those that are named.
pub fn run(args: Args) -> Done {
    let names = args.words()?;
    setup::node::packages()?;
    let chromium = setup::browser::find_or_install()?;
    let binary = server::build(false)?;
    let demo = Demo::start(&binary, "guide-demo")?;
    let asks = demo.sign_in_link(REQUESTER)?;
    let folder = places::root().join(FOLDER).display().to_string();
    let mut node = command::program("node", &["e2e/guide.mjs", &folder]);
    node.args(&names).env("REEVE_CHROMIUM", chromium).env("E2E_REEVE", &binary);
    command::show(node.env("E2E_URL", demo.url()).env("E2E_LINK", &demo.link).env("E2E_REQUESTER", asks))?;
    demo.server.stop()
}
