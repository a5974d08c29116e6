//! `cargo x pace`: how quick the pages feel in Chromium over the million tickets of the bench.

use crate::args::Args;
use crate::server::{self, Server};
use crate::{Done, command, places, setup};
use std::time::Duration;

/// Who the bench furnishes its database for.
const PERSON: &str = "agent@example.org";

/// Serves the bench's database with the release build and measures; `--folder` names another one.
pub fn run(mut args: Args) -> Done {
    let folder = args.value("--folder")?.map_or_else(|| places::root().join("target/bench/tickets-1000000"), Into::into);
    if !folder.is_dir() {
        return Err(format!("there are no tickets in {}; `cargo x bench` makes them", places::short(&folder)));
    }
    setup::node::packages()?;
    let chromium = setup::browser::find_or_install()?;
    let reeve = server::build(true)?;
    let data = folder.display().to_string();
    let mut server = Server::start(&reeve, &["serve", "--data", &data], &places::fresh("pace")?)?;
    server.ready(Duration::from_secs(60))?;
    let words = ["user", "link", PERSON, "--data", &data, "--listen", &server.at.to_string()];
    let link = server::ask(&reeve, &words, &places::root())?;
    let mut node = command::program("node", &["e2e/pace.mjs"]);
    command::show(node.env("REEVE_CHROMIUM", chromium).env("E2E_URL", format!("http://{}", server.at)).env("E2E_LINK", link))?;
    server.stop()
}
