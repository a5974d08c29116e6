//! Rows of clocks in and out of the database.

use super::row::{Clock, State, Term};
use crate::level::Measure;
use db::{Row, Tx, Value};
use kernel::Result;
use kernel::who::guard::any_of;

const COLUMNS: &str = "id, ticket, organisation, measure, state, level, priority, target_seconds, warn_percent, calendar_version, \
                       pauses, started_at, since, elapsed_ms, due_at, warn_at, warned_at, met_at, breached_at, broken";

fn clock(row: &Row) -> Result<Clock> {
    Ok(Clock {
        id: row.int(0)?,
        ticket: row.int(1)?,
        organisation: row.int(2)?,
        measure: Measure::read(row.text(3)?).unwrap_or(Measure::Resolution),
        state: State::read(row.text(4)?),
        level: row.int(5)?,
        priority: row.int(6)?,
        target_seconds: row.int(7)?,
        warn_percent: row.int(8)?,
        calendar_version: row.int(9)?,
        pauses: row.int(10)?,
        started_at: row.int(11)?,
        since: row.int(12)?,
        elapsed_ms: row.int(13)?,
        due_at: row.maybe_int(14)?,
        warn_at: row.maybe_int(15)?,
        warned_at: row.maybe_int(16)?,
        met_at: row.maybe_int(17)?,
        breached_at: row.maybe_int(18)?,
        broken: row.int(19)?,
    })
}

/// The clocks of a ticket, oldest first. The caller has read the ticket under guard.
pub fn of_ticket(tx: &mut Tx, ticket: i64) -> Result<Vec<Clock>> {
    let sql = format!("select {COLUMNS} from clock where ticket = ?1 order by id");
    tx.all(&sql, &[Value::Int(ticket)])?.iter().map(clock).collect()
}

/// The clocks of some tickets. The caller has read the tickets under guard.
pub fn of_tickets(tx: &mut Tx, tickets: &[i64]) -> Result<Vec<Clock>> {
    let mut all = Vec::new();
    for part in tickets.chunks(200) {
        let mut args = Vec::new();
        let among = any_of("ticket", part, &mut args);
        let sql = format!("select {COLUMNS} from clock where {among} order by ticket, id");
        for row in tx.all(&sql, &args)? {
            all.push(clock(&row)?);
        }
    }
    Ok(all)
}

/// Clocks after an id, for checks that walk over all of them.
pub fn sample(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<Clock>> {
    let sql = format!("select {COLUMNS} from clock where id > ?1 order by id limit ?2");
    tx.all(&sql, &[Value::Int(after), Value::Int(limit)])?.iter().map(clock).collect()
}

/// Clocks after an id that counted time between two instants: their ids and tickets.
pub fn between(tx: &mut Tx, from: i64, until: i64, after: i64, limit: i64) -> Result<Vec<(i64, i64)>> {
    let sql = "select id, ticket from clock where id > ?1 and started_at < ?2 and (met_at is null or met_at > ?3) order by id limit ?4";
    let rows = tx.all(sql, &[after.into(), until.into(), from.into(), limit.into()])?;
    rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

/// Clocks with something to be noted before an instant, the earliest first.
pub(super) fn next_before(tx: &mut Tx, now: i64, limit: i64) -> Result<Vec<Clock>> {
    let sql = format!("select {COLUMNS} from clock where next_at is not null and next_at < ?1 order by next_at, id limit ?2");
    tx.all(&sql, &[Value::Int(now), Value::Int(limit)])?.iter().map(clock).collect()
}

/// Terms of a clock that others replaced since it began, oldest first.
pub fn terms_of(tx: &mut Tx, clock: &Clock) -> Result<Vec<Term>> {
    let sql = "select replaced_at, level, priority, target_seconds, warn_percent, calendar_version, reason from clock_term \
               where clock = ?1 and replaced_at >= ?2 order by replaced_at";
    let rows = tx.all(sql, &[Value::Int(clock.id), Value::Int(clock.started_at)])?;
    let term = |row: &Row| -> Result<Term> {
        Ok(Term {
            replaced_at: row.int(0)?,
            level: row.int(1)?,
            priority: row.int(2)?,
            target_seconds: row.int(3)?,
            warn_percent: row.int(4)?,
            calendar_version: row.int(5)?,
            reason: row.text(6)?.to_owned(),
        })
    };
    rows.iter().map(term).collect()
}

/// Keeps the terms that a clock had until now.
pub(super) fn keep_term(tx: &mut Tx, clock: &Clock, at: i64, reason: &str) -> Result<()> {
    let sql = "insert into clock_term (clock, replaced_at, level, priority, target_seconds, warn_percent, calendar_version, reason) \
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) on conflict (clock, replaced_at) do nothing";
    let numbers = [clock.id, at, clock.level, clock.priority, clock.target_seconds, clock.warn_percent, clock.calendar_version];
    let args: Vec<Value> = numbers.into_iter().map(Value::Int).chain([Value::from(reason)]).collect();
    tx.run(sql, &args)?;
    Ok(())
}

/// How many columns a row has, with `next_at`.
const WIDTH: usize = 21;

/// Stores new clocks with one statement.
pub(super) fn insert(tx: &mut Tx, clocks: &[Clock]) -> Result<()> {
    let mut args = Vec::with_capacity(clocks.len() * WIDTH);
    let mut rows = Vec::with_capacity(clocks.len());
    for clock in clocks {
        let from = args.len();
        args.extend([Value::Int(clock.id), Value::Int(clock.ticket), Value::Int(clock.organisation), Value::from(clock.measure.key())]);
        args.extend(changing(clock));
        let marks: Vec<String> = (from + 1..=args.len()).map(|mark| format!("?{mark}")).collect();
        rows.push(format!("({})", marks.join(", ")));
    }
    if rows.is_empty() {
        return Ok(());
    }
    tx.run(&format!("insert into clock ({COLUMNS}, next_at) values {}", rows.join(", ")), &args)?;
    Ok(())
}

/// Stores what changed of a clock.
pub(super) fn update(tx: &mut Tx, clock: &Clock) -> Result<()> {
    let sql = "update clock set organisation = ?2, state = ?3, level = ?4, priority = ?5, target_seconds = ?6, warn_percent = ?7, \
               calendar_version = ?8, pauses = ?9, started_at = ?10, since = ?11, elapsed_ms = ?12, due_at = ?13, warn_at = ?14, \
               warned_at = ?15, met_at = ?16, breached_at = ?17, broken = ?18, next_at = ?19 where id = ?1";
    let mut args = vec![Value::Int(clock.id), Value::Int(clock.organisation)];
    args.extend(changing(clock));
    tx.run(sql, &args)?;
    Ok(())
}

/// Takes out a clock whose ticket does not exist.
pub fn drop(tx: &mut Tx, clock: i64) -> Result<()> {
    tx.run("delete from clock where id = ?1", &[clock.into()])?;
    Ok(())
}

/// Name and reference of a level; none for one that is no longer kept.
pub(super) fn level_name(tx: &mut Tx, level: i64) -> Result<Option<(String, String)>> {
    let row = tx.maybe("select name, reference from level where id = ?1", &[Value::Int(level)])?;
    row.map(|row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()))).transpose()
}

/// From the state to the last column.
fn changing(clock: &Clock) -> [Value; 17] {
    [
        Value::from(clock.state.word()),
        Value::Int(clock.level),
        Value::Int(clock.priority),
        Value::Int(clock.target_seconds),
        Value::Int(clock.warn_percent),
        Value::Int(clock.calendar_version),
        Value::Int(clock.pauses),
        Value::Int(clock.started_at),
        Value::Int(clock.since),
        Value::Int(clock.elapsed_ms),
        clock.due_at.into(),
        clock.warn_at.into(),
        clock.warned_at.into(),
        clock.met_at.into(),
        clock.breached_at.into(),
        Value::Int(clock.broken),
        clock.next_at().into(),
    ]
}
