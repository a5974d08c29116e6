//! Jobs are run once, retried, and kept when they fail for good.

use crate::house::{World, worlds};
use kernel::jobs::{self, Job, LEASE, Pace, Queued, State, Workers};
use serde_json::{Value as Json, json};
use std::sync::Arc;

impl World {
    /// Queues a job that is due now.
    fn queue(&self, kind: &'static str, input: Json, most_attempts: i64) -> i64 {
        let (house, run_at) = (Arc::clone(&self.house), self.house.clock.now());
        self.db
            .write_wait(move |tx| jobs::enqueue(tx, &house, &Queued { kind, input: &input, run_at, person: None, most_attempts }))
            .expect("queued")
    }
    /// Takes a long job as a worker does that then goes away.
    fn take(&self) -> Option<Job> {
        let now = self.house.clock.now();
        self.db.write_wait(move |tx| jobs::claim(tx, now, Pace::Long)).expect("the queue can be read")
    }
    fn run_due(&self) -> usize {
        jobs::run_due(&self.db, &self.house).expect("jobs run")
    }
    fn job(&self, id: i64) -> Job {
        self.db.read_wait(move |tx| jobs::find(tx, id)).expect("read").expect("there")
    }
    fn until(&self, id: i64, state: State) {
        let begun = std::time::Instant::now();
        while self.job(id).state != state {
            assert!(begun.elapsed().as_secs() < 20, "{:?} instead of {state:?}", self.job(id));
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
}

#[test]
fn a_job_runs_once_and_leaves_its_result() {
    for world in worlds() {
        world.note("one");
        let id = world.queue("note.count", json!({}), 3);
        assert_eq!((world.run_due(), world.run_due()), (1, 0));
        let job = world.job(id);
        assert_eq!((job.state, job.result, job.attempts), (State::Done, Some(json!(1)), 1));
    }
}

#[test]
fn a_job_that_fails_is_tried_again_and_then_kept_as_a_dead_letter() {
    for world in worlds() {
        let id = world.queue("note.fail", json!({}), 3);
        for _ in 0..3 {
            assert_eq!((world.run_due(), world.run_due()), (1, 0), "not before its wait is over");
            world.house.clock.advance(24 * 3_600_000);
        }
        let job = world.job(id);
        assert_eq!((job.state, job.attempts, job.error.as_deref()), (State::Dead, 3, Some("never")));
        let now = world.house.clock.now();
        world.db.write_wait(move |tx| jobs::rerun(tx, id, now)).expect("run again");
        assert_eq!(world.run_due(), 1);
    }
}

#[test]
fn a_job_whose_worker_went_away_is_taken_by_another() {
    for world in worlds() {
        let id = world.queue("note.fail", json!({}), 3);
        assert_eq!(world.take().map(|job| job.id), Some(id));
        assert_eq!(world.run_due(), 0, "it is leased");
        world.house.clock.advance(LEASE + 1);
        assert_eq!(world.run_due(), 1, "the lease is over");
    }
}

#[test]
fn a_worker_takes_one_job_and_leaves_the_others_to_others() {
    for world in worlds() {
        let all = [world.queue("note.fail", json!({}), 3), world.queue("note.fail", json!({}), 3)];
        let first = world.take().expect("one of them");
        let other = all.into_iter().find(|id| *id != first.id).expect("the other one");
        assert_eq!(world.job(other).state, State::Waiting);
        assert_eq!(world.take().map(|job| job.id), Some(other), "a second worker need not wait for the first");
    }
}

#[test]
fn a_job_that_ends_the_program_each_time_is_a_dead_letter_after_its_last_try() {
    for world in worlds() {
        let id = world.queue("note.fail", json!({}), 2);
        for attempt in 1..=2 {
            assert_eq!(world.take().map(|job| job.attempts), Some(attempt));
            world.house.clock.advance(LEASE + 1);
        }
        assert!(world.take().is_none(), "it is not taken up again");
        let job = world.job(id);
        assert_eq!((job.state, job.attempts), (State::Dead, 2));
        assert!(job.error.is_some_and(|why| why.starts_with("The program ended while it ran")));
    }
}

#[test]
fn a_worker_that_lost_its_job_to_another_changes_nothing_any_more() {
    for ends in ["well", "badly"] {
        for world in worlds() {
            world.note("one");
            let id = world.queue("note.stall", json!({ "ends": ends }), 3);
            assert!(jobs::run_next(&world.db, &world.house, Pace::Long).expect("it runs"));
            let job = world.job(id);
            assert_eq!((job.state, job.attempts, job.progress), (State::Running, 2, 0), "the other worker has it");
            assert_eq!((job.error, job.result), (None, None));
            let body = |tx: &mut db::Tx| Ok::<_, kernel::Error>(tx.one("select body from note", &[])?.maybe_text(0)?.is_none());
            assert!(world.db.read_wait(body).expect("read"), "what was written along with the progress is not kept");
        }
    }
}

#[test]
fn what_is_due_to_the_second_never_waits_for_what_takes_long_and_a_stop_lets_both_end() {
    for world in worlds() {
        let long = world.queue("note.wait", json!({}), 3);
        let workers = Workers::start(&world.db, &world.house);
        world.until(long, State::Running);
        let prompt = world.queue("note.count", json!({}), 3);
        world.until(prompt, State::Done);
        assert_eq!(world.job(long).state, State::Running);
        world.note("go on");
        workers.stop();
        assert_eq!(world.job(long).state, State::Done);
    }
}
