//! `cargo x bench`: measures the release build; the measuring itself is the `bench` crate.

use crate::args::Args;
use crate::{Done, command, server};

/// Builds `reeve` and `bench` optimised and hands the words on.
pub fn run(args: Args) -> Done {
    let reeve = server::build(true)?;
    let mut bench = command::cargo(&["run", "--quiet", "--release", "--package", "bench", "--"]);
    command::show(bench.args(args.rest()).env("REEVE_BINARY", reeve))
}
