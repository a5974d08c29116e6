//! `cargo x crash`: kills the server at random while clients write, then looks for every acknowledged write.

mod check;
mod world;
mod writer;

use crate::args::Args;
use crate::chance::Chance;
use crate::cluster::Cluster;
use crate::server::{self, Server};
use crate::step::End;
use crate::tally::Tally;
use crate::{Done, setup, test::Engine};
use std::path::Path;
use std::time::Duration;
use world::World;
use writer::Written;

/// Clients that write at the same time.
pub const CLIENTS: usize = 32;

/// The rounds that a release must survive on each engine.
const ROUNDS: (u64, u64) = (50, 20);

/// Runs as many rounds as asked.
pub fn run(mut args: Args) -> Done {
    let engine = Engine::named(args.value("--engine")?.or(Some("sqlite".into())))?;
    let (rounds, seed) = (args.number("--rounds")?, args.number("--seed")?.unwrap_or_else(Chance::seed));
    let release = args.flag("--release");
    args.none()?;
    let binary = server::build(release)?;
    if engine != Engine::Postgres {
        println!("{}", rounds_of(&binary, None, rounds.unwrap_or(ROUNDS.0), seed)?);
    }
    if engine != Engine::Sqlite {
        let bin = setup::postgres::binaries()?;
        println!("{}", rounds_of(&binary, Some(&bin), rounds.unwrap_or(ROUNDS.1), seed)?);
    }
    Ok(())
}

/// The same as a step of `cargo x test`; `postgres` is the folder of its programs.
pub fn step(binary: &Path, postgres: Option<&Path>, rounds: u64) -> Done<End> {
    let note = rounds_of(binary, postgres, rounds, Chance::seed())?;
    Ok(End::Held(Some(Tally { passed: rounds, ..Tally::default() }), format!("({note})")))
}

fn rounds_of(binary: &Path, postgres: Option<&Path>, rounds: u64, seed: u64) -> Done<String> {
    let name = if postgres.is_some() { "PostgreSQL" } else { "SQLite" };
    let cluster = postgres.map(Cluster::start).transpose()?;
    let mut chance = Chance::from_seed(seed);
    let mut world = World::make(binary, cluster.as_ref().map(Cluster::url), name)?;
    let mut all = Written::default();
    let blame = |round: u64, why: String| format!("crash on {name}, round {round} (repeat with --seed {seed}):\n{why}");
    for round in 1..=rounds {
        let written = one(&mut world, round, &mut chance).map_err(|why| blame(round, why))?;
        eprintln!(
            "  {name} round {round} of {rounds}: {} incidents, {} replies acknowledged, {} unanswered",
            written.incidents.len(),
            written.replies.len(),
            written.unanswered.len()
        );
        all.add(written);
    }
    // What survived its own round must survive the later ones too.
    let mut server = world.serve()?;
    let sample = all.sample(2000, &mut chance);
    let late = server.ready(READY).and_then(|_| check::everything(server.at, &world.token, &sample));
    late.and_then(|()| server.stop()).map_err(|why| blame(rounds, why))?;
    world.verify()?;
    Ok(format!("{name}: {rounds} rounds, {} incidents and {} replies acknowledged, none lost", all.incidents.len(), all.replies.len()))
}

/// Start-up after a crash includes recovery.
const READY: Duration = Duration::from_secs(60);

/// One life of the server: started, written to, killed; then started again and questioned.
fn one(world: &mut World, round: u64, chance: &mut Chance) -> Done<Written> {
    let mut server: Server = world.serve()?;
    server.ready(READY)?;
    let moment = Duration::from_millis(200 + chance.below(1800));
    let written = writer::write_until_killed(server, &world.token, round, moment)?;
    world.verify()?;
    let mut server = world.serve()?;
    server.ready(READY)?;
    check::everything(server.at, &world.token, &written)?;
    check::unanswered(server.at, &world.token, &written)?;
    server.stop()?;
    world.verify()?;
    Ok(written)
}
