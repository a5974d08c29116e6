//! `cargo x test`: everything that CI proves, in steps, each named and timed.

mod outside;
mod rust;

pub use rust::checks;

use crate::args::Args;
use crate::passing::Passing;
use crate::setup::Kit;
use crate::step::{End, Steps};
use crate::{Done, crash, demo::Demo, doctor, paint, places};
use std::time::Duration;

/// What the whole run may take on two cores.
const BUDGET: Duration = Duration::from_secs(15 * 60);

/// Rounds of the crash test here; `cargo x crash --rounds 50` is the long one.
const CRASH_ROUNDS: u64 = 3;

/// Which databases the tests use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite alone.
    Sqlite,
    /// PostgreSQL alone.
    Postgres,
    /// Both, which is the default.
    Both,
}

impl Engine {
    /// From the command line.
    pub fn named(word: Option<String>) -> Done<Engine> {
        match word.as_deref() {
            None | Some("both") => Ok(Engine::Both),
            Some("sqlite") => Ok(Engine::Sqlite),
            Some("postgres") => Ok(Engine::Postgres),
            Some(other) => Err(format!("--engine takes sqlite, postgres or both, not {other:?}")),
        }
    }

    /// As the tests read it in `REEVE_TEST_ENGINE`.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
            Engine::Both => "both",
        }
    }
}

/// Runs it. With a filter only the Rust tests of that name run; `--quick` leaves out what needs a server or a browser.
pub fn run(mut args: Args) -> Done {
    let quick = args.flag("--quick");
    let engine = Engine::named(args.value("--engine")?)?;
    let words = args.words()?;
    if words.len() > 1 {
        return Err("one FILTER at most".into());
    }
    let filter = words.first().map(String::as_str);
    let mut steps = Steps::default();
    let whole = !quick && filter.is_none();
    let mut kit = None;
    steps.run("set-up", || Ok(set_up(kit.insert(if whole { Kit::full() } else { Kit::quick() }), whole)));
    let Some(kit) = kit else { return Err("the set-up did not run".into()) };
    if filter.is_none() {
        rust::checks(&mut steps);
    }
    let passing = Passing::make("tests")?;
    steps.run("tests", || rust::tests(&kit, &passing, engine, filter));
    if whole && engine == Engine::Both {
        steps.run("the house on PostgreSQL", || rust::house_on_postgres(&kit, &passing));
    }
    if whole {
        from_outside(&mut steps, &kit, &passing, engine);
    }
    steps.close(whole.then_some(BUDGET))
}

/// On a developer's machine what could not be installed is said and its steps are left out; CI must have everything.
fn set_up(kit: &Kit, whole: bool) -> End {
    kit.print();
    if let Some(room) = doctor::room() {
        eprintln!("  {:<18} {room}; {}", "free disk", doctor::NEEDED);
    }
    let missing = kit.missing();
    if missing.is_empty() {
        return End::Held(None, String::new());
    }
    if whole && std::env::var_os("CI").is_some() {
        return End::Failed(None, format!("CI must run every step, but lacks:\n{}", missing.join("\n")));
    }
    End::Held(None, if whole { paint::warn("without what is missing above") } else { String::new() })
}

/// The journal and every practice's own data agree: as the demo comes, and after everything that was done to it.
fn verified(demo: &Demo) -> Done<End> {
    demo.verified().map(|_| End::Held(None, String::new()))
}

/// The steps that look at the built program as a person, a client or a power cut would.
fn from_outside(steps: &mut Steps, kit: &Kit, passing: &Passing, engine: Engine) {
    let binary = places::binary(false);
    if !steps.run("build reeve", rust::build) {
        return;
    }
    let mut running = None;
    let furnished = steps.run("furnish the demo", || verified(running.insert(Demo::start(&binary, "demo")?)));
    if let Some(demo) = running.filter(|_| furnished) {
        steps.run("browser", || outside::browser(&demo, kit, passing));
        steps.run("api against its document", || outside::document(&demo, kit));
        steps.run("verify what was done", || verified(&demo));
        steps.run("stop gracefully", || demo.server.stop().map(|()| End::Held(None, String::new())));
    }
    if furnished && engine != Engine::Postgres {
        steps.run("crash, SQLite", || crash::step(&binary, None, CRASH_ROUNDS));
    }
    if furnished && engine != Engine::Sqlite {
        steps.run("crash, PostgreSQL", || match &kit.postgres {
            Ok(bin) => crash::step(&binary, Some(bin), CRASH_ROUNDS),
            Err(why) => Ok(End::Skipped(format!("PostgreSQL: {why}"))),
        });
    }
}
