//! `cargo x docs`: the reference, which the program prints from its own tables.

use crate::args::Args;
use crate::{Done, command, server};

/// Where the reference lies, from the root.
const PLACE: &str = "docs/reference";

/// Writes the reference; with `--check` compares instead and fails when it is stale.
pub fn run(mut args: Args) -> Done {
    let check = args.flag("--check");
    args.none()?;
    let reeve = server::build(false)?.display().to_string();
    let mut reeve = command::program(&reeve, &["docs", "--out", PLACE]);
    if !check {
        return command::show(&mut reeve);
    }
    command::show(reeve.arg("--check")).map_err(|_| format!("{PLACE} is stale; run `cargo x docs` and commit what it writes"))
}
