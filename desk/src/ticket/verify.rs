//! Tickets check themselves: clocks agree with their ledgers, priorities with the matrix, states with the times they leave.

use super::course::course;
use super::rules::priority;
use db::Tx;
use kernel::Result;
use kernel::journal::Finding;
use promises::calendars::Calendars;
use promises::clock::{self, Clock, Kept, disagreement, ledger};

/// Clocks read at a time.
const BATCH: i64 = 500;
/// Findings after which it stops looking for more of a kind.
const MOST_FINDINGS: usize = 50;

/// What does not hold.
pub(super) fn verify(tx: &mut Tx) -> Result<Vec<Finding>> {
    let mut findings = clocks(tx)?;
    findings.extend(priorities(tx)?);
    findings.extend(spent(tx)?);
    Ok(findings)
}

fn clocks(tx: &mut Tx) -> Result<Vec<Finding>> {
    let (mut findings, mut after, calendars) = (Vec::new(), 0, Calendars::default());
    loop {
        let some = clock::sample(tx, after, BATCH)?;
        for clock in &some {
            findings.extend(check(tx, &calendars, clock)?);
        }
        after = some.last().map_or(after, |clock| clock.id);
        if some.len() < BATCH as usize || findings.len() >= MOST_FINDINGS {
            return Ok(findings);
        }
    }
}

/// Compares a clock's row with its ledger at the last instant that the row accounts for.
fn check(tx: &mut Tx, calendars: &Calendars, clock: &Clock) -> Result<Option<Finding>> {
    let course = course(tx, clock.ticket)?;
    let kept = Kept::load(tx, calendars, clock)?;
    let now = clock.since.max(clock.breached_at.map_or(0, |at| at + 1));
    let wrong = disagreement(&kept, &ledger(&kept, &course, now), now);
    let Some(wrong) = wrong else { return Ok(None) };
    let row = tx.maybe("select reference from ticket where id = ?1", &[clock.ticket.into()])?;
    let reference = row.map(|row| row.text(0).map(str::to_owned)).transpose()?.unwrap_or_else(|| clock.ticket.to_string());
    Ok(Some(Finding::new(reference, format!("the clock of its {} does not agree with its ledger: {wrong}", clock.measure.key()))))
}

/// A priority differs from the matrix only with a reason, or where another system gave it.
fn priorities(tx: &mut Tx) -> Result<Vec<Finding>> {
    let matrix: Vec<String> = (1..=3)
        .flat_map(|impact| (1..=3).map(move |urgency| (impact, urgency)))
        .map(|(impact, urgency)| format!("when impact = {impact} and urgency = {urgency} then {}", priority(impact, urgency)))
        .collect();
    let sql = format!(
        "select reference, priority from ticket where priority_reason is null and source_system is null \
         and impact between 1 and 3 and urgency between 1 and 3 and priority <> case {} else 0 end limit {MOST_FINDINGS}",
        matrix.join(" ")
    );
    let wrong = |row: &db::Row| -> Result<Finding> {
        let message = format!("its priority {} does not follow from its impact and urgency, and no reason is given", row.int(1)?);
        Ok(Finding::new(row.text(0)?, message))
    };
    tx.all(&sql, &[])?.iter().map(wrong).collect()
}

/// The time spent is the sum of the times added.
fn spent(tx: &mut Tx) -> Result<Vec<Finding>> {
    let sql = format!(
        "select t.reference from ticket t join (select ticket, sum(seconds) as seconds from time_entry where removed_at is null \
         group by ticket) e on e.ticket = t.id where coalesce(t.time_spent, 0) <> e.seconds and t.merged_into is null limit {MOST_FINDINGS}"
    );
    let wrong = |row: &db::Row| -> Result<Finding> { Ok(Finding::new(row.text(0)?, "its time spent is not the sum of the times added")) };
    tx.all(&sql, &[])?.iter().map(wrong).collect()
}
