//! The steps that cargo runs.

use super::Engine;
use crate::passing::Passing;
use crate::setup::Kit;
use crate::step::{End, Steps};
use crate::{Done, command, places, tidy};
use std::time::Duration;

/// A fresh machine compiles every dependency in one of these.
const LIMIT: Duration = Duration::from_secs(40 * 60);

/// Format, tidy, lints.
pub fn checks(steps: &mut Steps) {
    steps.run("format", format);
    steps.run("tidy", tidy::step);
    steps.run("lints", lints);
}

/// `cargo fmt --check`.
pub fn format() -> Done<End> {
    let mut cargo = command::cargo(&["fmt", "--all", "--check"]);
    command::run("format", &mut cargo, Duration::from_secs(120)).map(End::of)
}

/// Clippy over everything; a warning is an error.
pub fn lints() -> Done<End> {
    let mut cargo = command::cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    command::run("lints", &mut cargo, LIMIT).map(End::of)
}

/// Every Rust test. The tests find their database through the environment set here.
pub fn tests(kit: &Kit, passing: &Passing, engine: Engine, filter: Option<&str>) -> Done<End> {
    let mut cargo = command::cargo(&["test", "--workspace", "--no-fail-fast"]);
    if let Some(words) = filter {
        cargo.args(["--", words]);
    }
    let mut engine = engine;
    match &kit.postgres {
        Ok(bin) if engine != Engine::Sqlite => {
            cargo.env("REEVE_TEST_REQUIRE_PG", "1").env("REEVE_PG_BIN", bin);
        }
        Err(why) if engine == Engine::Postgres => return Err(format!("PostgreSQL: {why}")),
        _ => engine = Engine::Sqlite,
    }
    cargo.env("REEVE_TEST_ENGINE", engine.name()).env("TMPDIR", passing.path());
    let end = End::of(command::run("tests", &mut cargo, LIMIT)?);
    Ok(match end {
        End::Held(None, _) => End::Failed(None, "no test ran".into()),
        End::Held(counted, _) if engine == Engine::Sqlite => End::Held(counted, "on SQLite alone".into()),
        other => other,
    })
}

/// The battery and the stories once more, on PostgreSQL: a world of that test binary stands on one engine at a time.
pub fn house_on_postgres(kit: &Kit, passing: &Passing) -> Done<End> {
    let Ok(bin) = &kit.postgres else { return Ok(End::Skipped("needs PostgreSQL".into())) };
    // The same features as before, so that nothing is compiled again; the names choose the house's own tests.
    let mut cargo = command::cargo(&["test", "--workspace", "--no-fail-fast", "--test", "it", "--"]);
    cargo.args(["battery::", "story_", "routes::", "schema::"]);
    cargo.env("REEVE_TEST_REQUIRE_PG", "1").env("REEVE_PG_BIN", bin).env("REEVE_TEST_ENGINE", "postgres").env("TMPDIR", passing.path());
    command::run("house", &mut cargo, LIMIT).map(End::of)
}

/// The program, unoptimised: the tests have compiled all but its last link, so this costs seconds.
pub fn build() -> Done<End> {
    if let Some(given) = places::given_binary() {
        return Ok(End::Held(None, format!("{} as given", given.display())));
    }
    command::run("build", &mut command::cargo(&["build", "--package", "reeve"]), LIMIT).map(End::of)
}
