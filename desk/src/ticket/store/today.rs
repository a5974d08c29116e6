//! What of tickets may need somebody today. Every question has a limit and an order that an index gives.

use super::value::{Amount, values};
use crate::ticket::TICKETS;
use crate::ticket::rules::least_serious;
use db::{Row, Tx, Value};
use kernel::Result;
use kernel::describe::Morning;
use kernel::register::names_of;
use kernel::who::View;
use kernel::who::guard::{any_of, guard, mark};

/// A ticket as the morning speaks of it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its id.
    pub id: i64,
    /// Its reference.
    pub reference: String,
    /// `incident` or `request`.
    pub kind: String,
    /// Its summary.
    pub summary: String,
    /// 1 critical to 5 planning.
    pub priority: i64,
    /// Its state.
    pub state: String,
    /// When it was opened.
    pub opened_at: i64,
    /// When it last changed.
    pub updated_at: i64,
    /// Whether somebody works on it, known to the viewer or not.
    pub taken: bool,
    /// Name of its team, as far as the viewer may know of it; so with the other names.
    pub team: Option<String>,
    /// Name of who works on it.
    pub assignee: Option<String>,
    /// Name of who asked.
    pub requester: Option<String>,
    /// Its service, with what an hour without it costs (minor units, currency), if the viewer may read that.
    pub service: Option<(String, Option<Amount>)>,
}

/// Whose tickets are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's within the guard.
    Anybody,
    /// The viewer's and those of their teams.
    Teams,
    /// Those of their teams; of somebody in no team, their own. This one a list can be asked for too.
    Team,
    /// Only the viewer's.
    Mine,
    /// Those that the viewer asked for.
    Asked,
}

const COLUMNS: &str =
    "t.id, t.reference, t.kind, t.summary, t.priority, t.state, t.opened_at, t.updated_at, t.team, t.assignee, t.requester, t.service";

/// A line whose names are still ids: team, assignee, requester, service.
type Found = (Line, [Option<i64>; 4]);

fn line(row: &Row) -> Result<Found> {
    let ids = [row.maybe_int(8)?, row.maybe_int(9)?, row.maybe_int(10)?, row.maybe_int(11)?];
    let line = Line {
        id: row.int(0)?,
        reference: row.text(1)?.to_owned(),
        kind: row.text(2)?.to_owned(),
        summary: row.text(3)?.to_owned(),
        priority: row.int(4)?,
        state: row.text(5)?.to_owned(),
        opened_at: row.int(6)?,
        updated_at: row.int(7)?,
        taken: ids[1].is_some(),
        team: None,
        assignee: None,
        requester: None,
        service: None,
    };
    Ok((line, ids))
}

const LINKED: [&str; 4] = ["teams", "people", "people", "services"];

/// Gives the lines the names that the viewer may know of.
fn named(tx: &mut Tx, morning: &Morning, found: Vec<Found>) -> Result<Vec<Line>> {
    let ids = |(_, ids): &Found| LINKED.into_iter().zip(*ids).filter_map(|(register, id)| Some((register, id?))).collect::<Vec<_>>();
    let linked: Vec<(&str, i64)> = found.iter().flat_map(ids).collect();
    let names = names_of(tx, morning.house, morning.view, &[], &linked)?;
    let services: Vec<i64> = found.iter().filter_map(|(_, ids)| ids[3]).collect();
    let values = values(tx, morning.view, &services)?;
    let name = |id: Option<i64>| Some(names.get(&id?)?.title.clone());
    let lines = found.into_iter().map(|(mut line, [team, assignee, requester, service])| {
        (line.team, line.assignee, line.requester) = (name(team), name(assignee), name(requester));
        line.service = name(service).map(|name| (name, service.and_then(|id| values.get(&id).cloned())));
        line
    });
    Ok(lines.collect())
}

/// The rows a question is about; none if the viewer may see no row at all.
fn rows(view: &View, whose: Whose, args: &mut Vec<Value>) -> Option<String> {
    let guarded = guard(view, &TICKETS, "read", args)?;
    let own = match whose {
        Whose::Anybody => return Some(format!("{guarded} and t.retired_at is null")),
        Whose::Mine => format!("t.assignee = {}", mark(args, view.person)),
        Whose::Asked => format!("t.requester = {}", mark(args, view.person)),
        Whose::Team if !view.teams.is_empty() => any_of("t.team", &view.teams, args),
        Whose::Team => format!("t.assignee = {}", mark(args, view.person)),
        Whose::Teams => {
            let mine = format!("t.assignee = {}", mark(args, view.person));
            if view.teams.is_empty() { mine } else { format!("({mine} or {})", any_of("t.team", &view.teams, args)) }
        }
    };
    Some(format!("{own} and {guarded} and t.retired_at is null"))
}

/// What is asked of active tickets, and in which order: words of this program, never of a person.
#[derive(Clone, Copy)]
pub struct Question {
    /// A condition over `t`.
    pub condition: &'static str,
    /// An order over `t`.
    pub order: &'static str,
}

/// Incidents of a serious priority.
pub const CRITICAL: Question =
    Question { condition: concat!("t.kind = 'incident' and t.priority <= ", least_serious!()), order: "t.priority, t.id" };
/// Given to somebody who has not begun.
pub const UNTOUCHED: Question = Question { condition: "t.state = 'assigned'", order: "t.updated_at, t.id" };
/// Done once, and not after all.
pub const REOPENED: Question = Question { condition: "t.reopen_count > 0 and t.state <> 'pending'", order: "t.updated_at desc, t.id desc" };
/// Waits for whoever asked.
pub const WAITING: Question = Question { condition: "t.state = 'pending' and t.pending_reason = 'requester'", order: "t.updated_at, t.id" };
/// Nobody works on it.
pub const UNOWNED: Question = Question { condition: "t.assignee is null", order: "t.updated_at, t.id" };
/// Nobody has ever answered.
pub const SILENT: Question = Question { condition: "t.first_response_at is null and t.requester is not null", order: "t.updated_at, t.id" };

/// Active tickets that answer a question, at most `limit`.
pub fn active(tx: &mut Tx, morning: &Morning, whose: Whose, question: Question, limit: i64) -> Result<Vec<Line>> {
    let mut args = Vec::new();
    let Some(rows) = rows(morning.view, whose, &mut args) else { return Ok(Vec::new()) };
    let Question { condition, order } = question;
    let sql = format!("select {COLUMNS} from ticket t where t.active = 1 and {rows} and {condition} order by {order} limit {limit}");
    let found = tx.all(&sql, &args)?.iter().map(line).collect::<Result<_>>()?;
    named(tx, morning, found)
}

/// Counts end here: "1,000 or more".
pub const MOST: i64 = 1_000;

/// How many active tickets answer a question, up to [`MOST`] and one more.
pub fn count(tx: &mut Tx, view: &View, whose: Whose, question: Question) -> Result<i64> {
    let mut args = Vec::new();
    let Some(rows) = rows(view, whose, &mut args) else { return Ok(0) };
    let sql = format!(
        "select count(*) from (select 1 from ticket t where t.active = 1 and {rows} and {} limit {}) c",
        question.condition,
        MOST + 1
    );
    Ok(tx.one(&sql, &args)?.int(0)?)
}

/// A promise on a ticket.
pub struct Promise {
    /// The ticket.
    pub line: Line,
    /// What is promised (`resolution`, ...).
    pub measure: String,
    /// When it falls or fell due.
    pub due_at: i64,
    /// Working seconds promised.
    pub within: i64,
}

/// Running promises due from `from` until before `until`, nearest to now first: upwards ahead of now, downwards behind it.
pub fn promises(tx: &mut Tx, morning: &Morning, whose: Whose, (from, until): (i64, i64), behind: bool, limit: i64) -> Result<Vec<Promise>> {
    let mut args = vec![Value::Int(from), Value::Int(until)];
    let Some(rows) = rows(morning.view, whose, &mut args) else { return Ok(Vec::new()) };
    let order = if behind { "c.due_at desc, c.id desc" } else { "c.due_at, c.id" };
    let sql = format!(
        "select {COLUMNS}, c.measure, c.due_at, c.target_seconds from clock c join ticket t on t.id = c.ticket \
         where c.state = 'running' and c.due_at >= ?1 and c.due_at < ?2 and t.active = 1 and {rows} order by {order} limit {limit}"
    );
    let rows = tx.all(&sql, &args)?;
    let lines = named(tx, morning, rows.iter().map(line).collect::<Result<_>>()?)?;
    let promise = |(line, row): (Line, &Row)| -> Result<Promise> {
        Ok(Promise { line, measure: row.text(12)?.to_owned(), due_at: row.int(13)?, within: row.int(14)? })
    };
    lines.into_iter().zip(&rows).map(promise).collect()
}

/// Active tickets on which the last public word is the requester's, with when and what it was, the longest waiting first.
pub fn unanswered(tx: &mut Tx, morning: &Morning, whose: Whose, limit: i64) -> Result<Vec<(Line, i64, String)>> {
    let mut args = Vec::new();
    let Some(rows) = rows(morning.view, whose, &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select {COLUMNS}, w.at, w.body from ticket t join message w on w.id = (select x.id from message x \
           where x.ticket = t.id and x.internal = 0 and x.removed_at is null order by x.at desc, x.id desc limit 1) \
         where t.active = 1 and t.state <> 'pending' and w.author = t.requester and {rows} order by w.at, t.id limit {limit}"
    );
    let rows = tx.all(&sql, &args)?;
    let lines = named(tx, morning, rows.iter().map(line).collect::<Result<_>>()?)?;
    lines.into_iter().zip(&rows).map(|(line, row)| Ok((line, row.int(12)?, row.text(13)?.to_owned()))).collect()
}

/// A service with several open incidents.
pub struct Crowded {
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub incidents: i64,
    /// What an hour without it costs, if the viewer may read that.
    pub value: Option<Amount>,
}

/// Services with at least `least` open incidents, those of the viewer's teams or all, the most first.
pub fn crowded(tx: &mut Tx, morning: &Morning, all: bool, least: i64, limit: i64) -> Result<Vec<Crowded>> {
    let mut args = vec![Value::Int(least)];
    let Some(rows) = rows(morning.view, Whose::Anybody, &mut args) else { return Ok(Vec::new()) };
    let mine = if all { "1 = 1".to_owned() } else { any_of("s.team", &morning.view.teams, &mut args) };
    let sql = format!(
        "select s.id, count(*) from ticket t join service s on s.id = t.service \
         where t.active = 1 and t.service is not null and t.kind = 'incident' and {rows} and {mine} \
         group by s.id having count(*) >= ?1 order by count(*) desc, s.id limit {limit}"
    );
    let found: Vec<(i64, i64)> = tx.all(&sql, &args)?.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect::<Result<_>>()?;
    let linked: Vec<(&str, i64)> = found.iter().map(|(id, _)| ("services", *id)).collect();
    let names = names_of(tx, morning.house, morning.view, &[], &linked)?;
    let values = values(tx, morning.view, &found.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
    let crowded = |(id, incidents): (i64, i64)| {
        let name = names.get(&id)?;
        Some(Crowded { reference: name.reference.clone(), name: name.title.clone(), incidents, value: values.get(&id).cloned() })
    };
    Ok(found.into_iter().filter_map(crowded).collect())
}

/// References of the viewer's teams, for the address of a list.
pub fn team_references(tx: &mut Tx, view: &View) -> Result<String> {
    let mut args = Vec::new();
    let among = any_of("id", &view.teams, &mut args);
    let rows = tx.all(&format!("select reference from team where {among} order by id limit 100"), &args)?;
    Ok(rows.iter().map(|row| Ok(row.text(0)?.to_owned())).collect::<Result<Vec<_>>>()?.join(","))
}
