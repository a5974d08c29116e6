//! `cargo x docs`: the reference, which the program prints from its own tables.

use crate::args::Args;
use crate::{Done, command, places, server};

/// Where the reference lies, from the root.
const PLACE: &str = "docs/reference";

/// Writes the reference; with `--check` compares instead and fails when it is stale.
pub fn run(mut args: Args) -> Done {
    let check = args.flag("--check");
    args.none()?;
    let reeve = server::build(false)?.display().to_string();
    if !check {
        return command::show(&mut command::program(&reeve, &["docs", "--out", PLACE]));
    }
    let new = places::fresh("reference")?;
    let place = new.display().to_string();
    command::show(&mut command::program(&reeve, &["docs", "--out", &place]))?;
    let mut diff = command::program("diff", &["--recursive", "--unified", PLACE, &place]);
    command::show(&mut diff).map_err(|_| format!("{PLACE} is stale; run `cargo x docs` and commit what it writes"))
}
