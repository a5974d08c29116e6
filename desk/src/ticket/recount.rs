//! A window that does not count was added, changed or taken away: the clocks it concerns are counted anew, each journalled on
//! its ticket. A job, since a window may concern every ticket there is.

use super::course::course;
use super::register::register_of;
use super::store;
use db::{Database, Tx};
use kernel::describe::{Change, Reaction};
use kernel::jobs::{Job, JobKind, Pace, Queued, enqueue};
use kernel::journal::{self, Content, NewEntry};
use kernel::register::{Draft, Record, by_id_unguarded, save};
use kernel::who::{Means, View};
use kernel::{Act, House, Result};
use promises::clock::{self, Recounted};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

/// The reaction to a change of a window.
pub(super) const REACTION: Reaction = Reaction { on: "windows", run: queue };

/// The job.
pub(super) const JOB: JobKind = JobKind { key: "ticket.recount", pace: Pace::Long, run };

/// Clocks looked at in one go.
const LOOKED_AT: i64 = 1_000;
/// Tickets counted anew in one transaction.
const BATCH: usize = 25;
/// Tries before the job is a dead letter.
const TRIES: i64 = 5;

/// Queues the job, over all the time that the window covered before or covers now.
fn queue(act: &mut Act, change: &Change) -> Result<()> {
    let excludes = |it: &&Record| it.int("excludes_clocks") == Some(1);
    let spans = change.before.iter().copied().chain([change.after]).filter(excludes);
    let spans = spans.filter_map(|it| Some((it.int("starts_at")?, it.int("ends_at")?)));
    let Some((from, until)) = spans.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1))) else { return Ok(()) };
    let input = json!({ "window": change.after.reference, "from": from, "until": until });
    let queued = Queued { kind: JOB.key, input: &input, run_at: act.recorded_at, person: None, most_attempts: TRIES };
    enqueue(act.tx, act.house, &queued).map(drop)
}

fn run(db: &Database, house: &Arc<House>, job: &Job) -> Result<Json> {
    let (from, until) = (job.input["from"].as_i64().unwrap_or(0), job.input["until"].as_i64().unwrap_or(0));
    let window = job.input["window"].as_str().unwrap_or_default().to_owned();
    let (mut after, mut changed) = (0, 0);
    loop {
        let some = db.read_wait(move |tx| clock::between(tx, from, until, after, LOOKED_AT))?;
        let mut tickets: Vec<i64> = some.iter().map(|(_, ticket)| *ticket).collect();
        tickets.sort_unstable();
        tickets.dedup();
        for part in tickets.chunks(BATCH) {
            let (part, house, window) = (part.to_vec(), Arc::clone(house), window.clone());
            changed += db.write_wait(move |tx| {
                let one = |tx: &mut Tx, ticket: &i64| recount(tx, &house, *ticket, &window);
                part.iter().map(|ticket| one(tx, ticket)).sum::<Result<usize>>()
            })?;
        }
        let Some((last, _)) = some.last() else { return Ok(json!({ "tickets": changed })) };
        after = *last;
    }
}

/// Counts the clocks of a ticket anew; 1 if one of them reads something else now.
fn recount(tx: &mut Tx, house: &House, ticket: i64, window: &str) -> Result<usize> {
    let Some(kind) = store::ticket::hold(tx, ticket)? else { return Ok(0) };
    let Some(record) = by_id_unguarded(tx, house, register_of(&kind), ticket)? else { return Ok(0) };
    let course = course(tx, ticket)?;
    let view = View::unguarded_house_itself(house, record.organisation, Means::Job(JOB.key.into()));
    let mut act = Act::new(tx, &view, house);
    let counted = clock::recount(&mut act, ticket, &course)?;
    if counted.changed.is_empty() {
        return Ok(0);
    }
    tell(&mut act, record, &counted, window)?;
    act.end()?;
    Ok(1)
}

/// Journals what the clocks read before and now. The next breach follows them, and so does whether the promise is kept, unless
/// another system said it.
fn tell(act: &mut Act, record: Record, counted: &Recounted, window: &str) -> Result<()> {
    let read = |it: &clock::Clock| json!({ "used_ms": it.elapsed_ms, "due_at": it.due_at, "broken": it.broken });
    let clocks = counted.changed.iter().map(|(was, is)| (is.measure.key().to_owned(), json!([read(was), read(is)])));
    let mut input = Map::new();
    input.insert("window".into(), json!(window));
    input.insert("clocks".into(), Json::Object(clocks.collect()));
    let kept = counted.outcome.resolution_kept;
    let own = counted.outcome.resolution_promised && record.text("source_system").is_empty();
    let other_kept = own && record.int("made_sla") != kept.map(i64::from);
    if other_kept || record.int("due_at") != counted.outcome.due_at {
        let mut draft = Draft::of(record);
        draft.set("due_at", counted.outcome.due_at);
        if other_kept {
            draft.set("made_sla", kept);
        }
        save(act, draft, "clock-recounted", input)?;
    } else {
        let content = Content { input, ..Content::default() };
        let (register, organisation, at) = (record.shape.register.key, record.organisation, act.at);
        let entry = NewEntry { register, record: record.id, organisation, verb: "clock-recounted", at, actor: None, content: &content };
        journal::write(act, &entry)?;
    }
    Ok(())
}
