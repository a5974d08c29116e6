//! In which order tickets stand, and why one stands where it does.

use super::asked::Asked;
use crate::ticket::TICKETS;
use crate::ticket::pages::address::local;
use kernel::register::{Page, Record};
use kernel::web::Request;
use ui::filter::Sort;
use ui::why::{Step, Steps};

/// The orders: as `sort=` has them, and in words.
const ORDERS: &[(&str, &str)] = &[
    ("due_at", "next breach first"),
    ("priority", "most important first"),
    ("-updated_at", "last changed first"),
    ("updated_at", "longest untouched first"),
    ("-opened_at", "newest first"),
    ("opened_at", "longest open first"),
];

fn name(order: &str) -> String {
    ORDERS.iter().find(|(key, _)| *key == order).map_or_else(|| order.replace('_', " "), |(_, name)| (*name).to_owned())
}

/// The chip of the order. What is over has no next breach.
pub fn chip(asked: &Asked) -> Sort {
    let owed = asked.query.filters.iter().any(|filter| filter.key == "active" && filter.written != "false");
    let fits = |(key, _): &&(&str, &str)| *key != "due_at" || owed;
    let orders = ORDERS.iter().filter(fits).map(|(key, name)| ((*name).to_owned(), asked.here.with("sort", key).href()));
    Sort { now: name(&asked.order()), orders: orders.collect(), why: Some(asked.address.with("why", "order").href()) }
}

/// `?why=order`: what decides, step by step, for the tickets on the page.
pub fn why(request: &Request, asked: &Asked, found: &Page) -> Steps {
    let of = |wanted: fn(Option<i64>, i64) -> bool| found.records.iter().filter(|it| wanted(it.int("due_at"), request.now)).count();
    let (over, runs, rests) =
        (of(|due, now| due.is_some_and(|due| due < now)), of(|due, now| due.is_some_and(|due| due >= now)), of(|due, _| due.is_none()));
    let here = |count: usize| format!("{count} here");
    let steps = match asked.query.sort.key.as_str() {
        "due_at" => vec![
            Step::new("A promise is broken and still owed", here(over), "first, the one that broke longest ago on top"),
            Step::new("A promise runs", here(runs), "then by the moment at which the next one breaks, in the time of its calendar"),
            Step::new("No clock runs", here(rests), "last, as it waits for somebody or nothing is promised; the oldest first"),
        ],
        "priority" => vec![
            Step::new("Priority", "P1 to P5", "from impact and urgency, unless a person gave another with a reason"),
            Step::new("Within a priority", "oldest first", "by when the ticket came to be"),
        ],
        key => vec![Step::new(label(key), if asked.query.sort.descending { "latest first" } else { "earliest first" }, "")],
    };
    let result = Step::new("This list", name(&asked.order()), "").result();
    Steps { title: "Why this order?".into(), steps: steps.into_iter().chain([result]).collect(), foot: maud::html! {} }
}

/// `?why=INC-7`: why a ticket of the page stands where it does.
pub fn of(request: &Request, asked: &Asked, found: &Page, reference: &str) -> Option<Steps> {
    let at = found.records.iter().position(|it| it.reference == reference)?;
    let step = |words: &str, record: &Record| Step::new(format!("{words}: {}", record.reference), key(request, asked, record), "");
    let above = at.checked_sub(1).and_then(|above| found.records.get(above)).map(|it| step("Above it", it));
    let below = found.records.get(at + 1).map(|it| step("Below it", it));
    let own = &found.records[at];
    let place = Step::new("Its place on this page", format!("{} of {}", at + 1, found.records.len()), name(&asked.order())).result();
    let steps = above.into_iter().chain([step("This ticket", own)]).chain(below).chain([place]).collect();
    Some(Steps { title: format!("Why does {reference} stand here?"), steps, foot: maud::html! {} })
}

/// What a ticket is ordered by, in words.
fn key(request: &Request, asked: &Asked, record: &Record) -> String {
    let moment = |at: i64| local(request, at, "%a %-d %b, %H:%M");
    match asked.query.sort.key.as_str() {
        "due_at" => match record.int("due_at") {
            Some(due) if due < request.now => format!("broken {}", moment(due)),
            Some(due) => format!("breaks {}", moment(due)),
            None => "no clock runs".into(),
        },
        "priority" => format!("P{}", record.int("priority").unwrap_or_default()),
        "updated_at" => format!("changed {}", moment(record.updated_at)),
        "created_at" => format!("made {}", moment(record.created_at)),
        "state" => record.state.clone(),
        "reference" => record.reference.clone(),
        key => match record.shape.field(key).map(|field| field.kind) {
            Some(kernel::describe::Kind::Time) => record.int(key).map_or_else(|| "none".into(), moment),
            _ => record.int(key).map_or_else(|| record.text(key).to_owned(), |number| number.to_string()),
        },
    }
}

fn label(key: &str) -> String {
    let common = [("updated_at", "Last change"), ("created_at", "Made"), ("state", "Status"), ("reference", "Number")];
    let common = common.iter().find(|(name, _)| *name == key).map(|(_, label)| *label);
    common.or_else(|| TICKETS.field(key).map(|field| field.label)).unwrap_or(key).to_owned()
}
