//! `cargo x stories`: the stories in the browser, all or those of files whose names have a word in them, on a demo of their own.

use crate::args::Args;
use crate::demo::Demo;
use crate::passing::Passing;
use crate::{Done, command, places, server, setup};
use std::path::Path;
use std::process::Command;

/// Tells them; a story that fails leaves a picture of its page in `target/x/browser`.
pub fn run(args: Args) -> Done {
    let words = args.words()?;
    setup::node::packages()?;
    let chromium = setup::browser::find_or_install()?;
    let demo = Demo::start(&server::build(false)?, "stories-demo")?;
    let passing = Passing::make("stories")?;
    let told = command::show(teller(&demo, &chromium, &passing)?.args(words));
    demo.server.stop()?;
    told
}

/// The program that tells the stories to a demo. Profiles of the browser and houses of their own lie in `passing`.
pub fn teller(demo: &Demo, chromium: &Path, passing: &Passing) -> Done<Command> {
    let mut node = command::program("node", &["--test-reporter=spec", "e2e/run.mjs"]);
    node.env("E2E_URL", demo.url()).env("E2E_LINK", &demo.link).env("E2E_PICTURES", places::fresh("browser")?);
    node.env("E2E_REEVE", places::binary(false)).env("REEVE_CHROMIUM", chromium).env("TMPDIR", passing.path());
    Ok(node)
}
