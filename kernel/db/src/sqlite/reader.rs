//! Threads that answer reads on SQLite.

use crate::job::{Job, Outcome};
use crate::queue::Queue;
use crate::sqlite::Connection;
use crate::stats::{Counters, count};
use crate::tx::{Link, Tx};
use crate::{Options, Result};

/// Answers reads until the queue is closed. Each sees one state of the database from its first statement to its last.
pub(crate) fn serve_reads(connection: &Connection, queue: &Queue, options: &Options, counters: &Counters) {
    while let Some(mut job) = queue.pop() {
        if !job.awaited() {
            continue;
        }
        if let Err(error) = read(connection, &mut *job, options, counters) {
            job.fail(error);
        }
        count(&counters.reads, 1);
        job.answer();
    }
}

fn read(connection: &Connection, job: &mut dyn Job, options: &Options, counters: &Counters) -> Result<()> {
    connection.control("BEGIN")?;
    let mut tx = Tx::new(Link::Sqlite(connection), 0, options.statement_time);
    if job.run(&mut tx) == Outcome::Panicked {
        count(&counters.panics, 1);
    }
    count(&counters.statements, tx.statements());
    if connection.raw.is_autocommit() {
        return Ok(());
    }
    connection.control("COMMIT")
}
