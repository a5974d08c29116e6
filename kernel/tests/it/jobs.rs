//! Jobs are run once, retried, and kept when they fail for good.

use crate::house::worlds;
use kernel::jobs::{self, Queued, State};
use serde_json::json;

#[test]
fn a_job_runs_once_and_leaves_its_result() {
    for world in worlds() {
        world.note("one");
        let (house, now) = (std::sync::Arc::clone(&world.house), world.house.clock.now());
        let id = world
            .db
            .write_wait(move |tx| {
                jobs::enqueue(tx, &house, &Queued { kind: "note.count", input: &json!({}), run_at: now, person: None, most_attempts: 3 })
            })
            .expect("queued");
        assert_eq!(jobs::run_due(&world.db, &world.house).expect("run"), 1);
        assert_eq!(jobs::run_due(&world.db, &world.house).expect("run"), 0);
        let job = world.db.read_wait(move |tx| jobs::find(tx, id)).expect("read").expect("there");
        assert_eq!((job.state, job.result, job.attempts), (State::Done, Some(json!(1)), 1));
    }
}

#[test]
fn a_job_that_fails_is_tried_again_and_then_kept_as_a_dead_letter() {
    for world in worlds() {
        let (house, now) = (std::sync::Arc::clone(&world.house), world.house.clock.now());
        let id = world
            .db
            .write_wait(move |tx| {
                jobs::enqueue(tx, &house, &Queued { kind: "note.fail", input: &json!({}), run_at: now, person: None, most_attempts: 3 })
            })
            .expect("queued");
        for _ in 0..3 {
            assert_eq!(jobs::run_due(&world.db, &world.house).expect("run"), 1);
            assert_eq!(jobs::run_due(&world.db, &world.house).expect("run"), 0, "not before its wait is over");
            world.house.clock.advance(24 * 3_600_000);
        }
        let job = world.db.read_wait(move |tx| jobs::find(tx, id)).expect("read").expect("there");
        assert_eq!((job.state, job.attempts, job.error.as_deref()), (State::Dead, 3, Some("never")));
        let now = world.house.clock.now();
        world.db.write_wait(move |tx| jobs::rerun(tx, id, now)).expect("run again");
        assert_eq!(jobs::run_due(&world.db, &world.house).expect("run"), 1);
    }
}

#[test]
fn a_job_whose_worker_went_away_is_taken_by_another() {
    for world in worlds() {
        let (house, now) = (std::sync::Arc::clone(&world.house), world.house.clock.now());
        world
            .db
            .write_wait(move |tx| {
                jobs::enqueue(tx, &house, &Queued { kind: "note.count", input: &json!({}), run_at: now, person: None, most_attempts: 3 })
            })
            .expect("queued");
        let taken = world.db.write_wait(move |tx| jobs::claim(tx, now, 8)).expect("taken");
        assert_eq!(taken.len(), 1);
        assert_eq!(jobs::run_due(&world.db, &world.house).expect("run"), 0, "it is leased");
        world.house.clock.advance(61_000);
        assert_eq!(jobs::run_due(&world.db, &world.house).expect("run"), 1, "the lease is over");
    }
}
