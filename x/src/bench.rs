//! `cargo x bench`: measures the release build; the measuring itself is the `bench` crate.

use crate::args::Args;
use crate::cluster::Cluster;
use crate::setup::postgres;
use crate::{Done, command, places, server};

/// Builds `reeve` and `bench` optimised and hands the words on. `--postgres`: on a PostgreSQL server of its own beside the
/// embedded database's files, with its data kept for the next run too.
pub fn run(mut args: Args) -> Done {
    let cluster = match args.flag("--postgres") {
        true => Some(Cluster::durable(&postgres::binaries()?, places::scratch("bench-postgres")?)?),
        false => None,
    };
    let reeve = server::build(true)?;
    let mut bench = command::cargo(&["run", "--quiet", "--release", "--package", "bench", "--"]);
    if let Some(cluster) = &cluster {
        bench.args(["--database", &cluster.socket()]);
    }
    command::show(bench.args(args.rest()).env("REEVE_BINARY", reeve))
}
