//! The last twelve weeks: tickets drawn from the sorts that are shipped, always the same ones, each worked from report to end.

use super::talk::{doing, opened, sent};
use anyhow::{Context, Result};
use db::{Database, Tx};
use kernel::register::perform;
use kernel::{Error, House};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Days that are told.
const DAYS: i64 = 83;
/// What would not have ended so long before now is not told: what is open now is told one by one.
const BEFORE: i64 = 16 * HOUR;
/// Tickets told in one transaction.
const BATCH: usize = 10;
/// Tickets of a working day before the gate's new readers came, and since.
const A_DAY: [i64; 2] = [6, 3];
/// So many days ago they came.
const CHANGED: i64 = 35;

/// A sort of ticket.
#[derive(Deserialize)]
struct Sort {
    #[serde(default = "incidents")]
    kind: String,
    summary: String,
    of: Vec<String>,
    service: String,
    item: Option<String>,
    team: String,
    who: Vec<String>,
    passes: Option<String>,
    impact: i64,
    urgency: i64,
    hours: i64,
    weight: i64,
    answer: String,
    resolution: String,
    closure_code: Option<String>,
}

fn incidents() -> String {
    "incidents".into()
}

/// The shipped file.
#[derive(Deserialize)]
struct Told {
    asks: Vec<String>,
    sorts: Vec<Sort>,
}

/// Chance that is the same on every run (a linear congruential generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as i64) % n.max(1)
    }
    fn of<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        &some[self.below(some.len() as i64) as usize]
    }
}

/// A ticket to be told.
struct Ticket {
    kind: String,
    fields: Map<String, Json>,
    at: i64,
    /// Minutes after the report, by whom, which verb, with what.
    does: Vec<(i64, String, &'static str, Json)>,
}

/// Tells them, oldest first.
pub fn tell(text: &str, db: &Database, house: &Arc<House>, organisation: i64) -> Result<()> {
    let told: Told = toml::from_str(text).context("the weeks of the demo are not as they should be")?;
    let tickets: Arc<Vec<Ticket>> = Arc::new(draw(&told, house.clock.now()));
    for begin in (0..tickets.len()).step_by(BATCH) {
        let (house, tickets) = (Arc::clone(house), Arc::clone(&tickets));
        let some = move |tx: &mut Tx| -> kernel::Result<()> {
            tickets[begin..].iter().take(BATCH).try_for_each(|ticket| one(tx, &house, organisation, ticket))
        };
        db.write_wait(some).context("a ticket of the demo's weeks")?;
    }
    Ok(())
}

fn draw(told: &Told, now: i64) -> Vec<Ticket> {
    let mut chance = Chance(20_261_128);
    let bag: Vec<&Sort> = told.sorts.iter().flat_map(|sort| (0..sort.weight).map(move |_| sort)).collect();
    let mut tickets = Vec::new();
    for ago in (1..=DAYS).rev() {
        let midnight = (now / DAY - ago) * DAY;
        // 1 January 1970 was a Thursday.
        let weekend = matches!((midnight / DAY + 3) % 7, 5 | 6);
        let usual = A_DAY[usize::from(ago <= CHANGED)];
        let count = if weekend { chance.below(2) } else { usual - 1 + chance.below(3) };
        for _ in 0..count {
            let ticket = ticket(&mut chance, &bag, &told.asks, midnight);
            let ends = ticket.at + ticket.does.last().map_or(0, |it| it.0) * MINUTE;
            tickets.extend((ends < now - BEFORE).then_some(ticket));
        }
    }
    tickets.sort_by_key(|ticket| ticket.at);
    tickets
}

fn ticket(chance: &mut Chance, bag: &[&Sort], asks: &[String], midnight: i64) -> Ticket {
    let sort = *chance.of(bag);
    // Most come in the morning; two draws lean towards the middle of the day.
    let at = midnight + 6 * HOUR + (chance.below(6 * 60) + chance.below(5 * 60)) * MINUTE;
    let by = chance.of(asks).clone();
    let who = chance.of(&sort.who).clone();
    let mut fields = Map::new();
    fields.insert("summary".into(), json!(sort.summary.replace("{}", chance.of(&sort.of).as_str())));
    for (key, value) in [("requester", &by), ("service", &sort.service)] {
        fields.insert(key.into(), json!(value));
    }
    fields.extend(sort.item.iter().map(|item| ("item".to_owned(), json!(item))));
    fields.extend([("impact", sort.impact), ("urgency", sort.urgency)].map(|(key, rung)| (key.to_owned(), json!(rung))));
    fields.insert("channel".into(), json!(chance.of(&["portal", "portal", "phone", "email"])));
    Ticket { kind: sort.kind.clone(), fields, at, does: course(chance, sort, &by, &who) }
}

/// What happens to it: assigned, answered, now and then passed on or waited for, and resolved; one in twelve takes far too long.
fn course(chance: &mut Chance, sort: &Sort, by: &str, who: &str) -> Vec<(i64, String, &'static str, Json)> {
    let assigned = 3 + chance.below(12);
    let answered = assigned + 4 + chance.below(20);
    let slow = if chance.below(12) == 0 { 400 } else { 40 + chance.below(80) };
    let mut ends = answered + (sort.hours * 60 * slow / 100).max(5);
    let mut does = vec![(assigned, "Dana Okafor".to_owned(), "assign", json!({ "team": sort.team, "assignee": who }))];
    if who == "Dana Okafor" {
        does[0] = (assigned, who.to_owned(), "take", json!({}));
    } else if chance.below(4) == 0 {
        does.insert(0, (assigned - 2, "Dana Okafor".to_owned(), "assign", json!({ "team": "Service desk" })));
    }
    does.push((answered, who.to_owned(), "reply", json!({ "text": sort.answer })));
    if let Some(team) = sort.passes.as_ref().filter(|_| chance.below(2) == 0) {
        does.push((answered + 20, who.to_owned(), "assign", json!({ "team": team })));
        ends += 30;
    } else if chance.below(6) == 0 {
        let waited = 60 + chance.below(600);
        does.push((answered + 1, who.to_owned(), "pend", json!({ "reason": "requester" })));
        does.push((answered + 1 + waited, by.to_owned(), "reply", json!({ "text": "Here is what you asked for." })));
        ends += waited;
    }
    let mut resolution = json!({ "resolution": sort.resolution });
    if let Some(code) = &sort.closure_code {
        resolution["closure_code"] = json!(code);
    }
    does.push((ends, who.to_owned(), "resolve", resolution));
    does
}

fn one(tx: &mut Tx, house: &House, organisation: i64, ticket: &Ticket) -> kernel::Result<()> {
    let register = house.register(&ticket.kind).ok_or(Error::NotFound)?;
    let reference = opened(tx, house, organisation, register, &ticket.fields, ticket.at)?;
    for (after, who, key, input) in &ticket.does {
        let verb = register.verb(key).ok_or_else(|| Error::Fault(format!("There is no verb {key}.")))?;
        let input = input.as_object().cloned().unwrap_or_default();
        doing(tx, house, organisation, who, ticket.at + after * MINUTE, |act| {
            perform(act, register, &reference, verb, sent(&input), None).map(drop)
        })?;
    }
    Ok(())
}
