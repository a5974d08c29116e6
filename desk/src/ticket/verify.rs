//! Tickets check themselves: clocks agree with their ledgers, priorities with the matrix, sums and next breaches with
//! what they are made of.

use super::course::course;
use super::store;
use db::Tx;
use kernel::Result;
use kernel::journal::Finding;
use promises::calendars::Calendars;
use promises::clock::{self, Clock, Kept, disagreement, ledger};
use promises::level::Book;
use std::sync::Arc;

/// Clocks read at a time.
const BATCH: i64 = 500;
/// Findings after which it stops looking for more of a kind.
const MOST_FINDINGS: usize = 50;

/// What does not hold.
pub(super) fn verify(tx: &mut Tx) -> Result<Vec<Finding>> {
    let mut findings = clocks(tx)?;
    findings.extend(priorities(tx)?);
    findings.extend(spent(tx)?);
    findings.extend(due(tx)?);
    Ok(findings)
}

fn clocks(tx: &mut Tx) -> Result<Vec<Finding>> {
    let (mut findings, mut after, calendars, book) = (Vec::new(), 0, Calendars::default(), Arc::new(Book::read(tx)?));
    loop {
        let some = clock::sample(tx, after, BATCH)?;
        for clock in &some {
            findings.extend(check(tx, &calendars, &book, clock)?);
        }
        after = some.last().map_or(after, |clock| clock.id);
        if some.len() < BATCH as usize || findings.len() >= MOST_FINDINGS {
            return Ok(findings);
        }
    }
}

/// Compares a clock's row with its ledger at the last instant that the row accounts for.
fn check(tx: &mut Tx, calendars: &Calendars, book: &Arc<Book>, clock: &Clock) -> Result<Option<Finding>> {
    let course = course(tx, clock.ticket)?;
    let kept = Kept::load(tx, calendars, book, clock)?;
    let now = clock.since.max(clock.breached_at.map_or(0, |at| at + 1));
    let wrong = disagreement(&kept, &course, &ledger(&kept, &course, now), now);
    let Some(wrong) = wrong else { return Ok(None) };
    let reference = store::ticket::reference(tx, clock.ticket)?.unwrap_or_else(|| clock.ticket.to_string());
    Ok(Some(Finding::new(reference, format!("the clock of its {} does not agree with its ledger: {wrong}", clock.measure.key()))))
}

/// A priority differs from the matrix only with a reason, or where another system gave it.
fn priorities(tx: &mut Tx) -> Result<Vec<Finding>> {
    let odd = store::ticket::odd_priorities(tx, MOST_FINDINGS)?;
    let wrong = |(reference, priority): (String, i64)| {
        let message = format!("its priority {priority} does not follow from its impact and urgency, and no reason is given");
        Finding::new(reference, message)
    };
    Ok(odd.into_iter().map(wrong).collect())
}

/// The time spent is the sum of the times added.
fn spent(tx: &mut Tx) -> Result<Vec<Finding>> {
    let odd = store::time_entry::wrong_sums(tx, MOST_FINDINGS)?;
    let wrong = |reference: String| Finding::new(reference, "its time spent is not the sum of the times added");
    Ok(odd.into_iter().map(wrong).collect())
}

/// The next breach is that of the clock that is due next.
fn due(tx: &mut Tx) -> Result<Vec<Finding>> {
    let odd = store::ticket::wrongly_due(tx, MOST_FINDINGS)?;
    let wrong = |reference: String| Finding::new(reference, "its next breach is not that of its clocks");
    Ok(odd.into_iter().map(wrong).collect())
}
