//! The rows of the queue.

use super::asked::Asked;
use super::bar;
use crate::ticket::looked::{self, Looks};
use crate::ticket::pages::address::{ago, href};
use crate::ticket::pages::chip::{Timed, most_urgent};
use crate::ticket::pages::head::mark;
use crate::ticket::{TICKETS, waits_for};
use db::Tx;
use kernel::Result;
use kernel::register::{Names, Record, names_of};
use kernel::web::Request;
use maud::{Markup, Render, html};
use pages::{Address, Shown};
use promises::clock::{self, Clock};
use std::collections::HashMap;
use ui::list::{Column, Fold, List, Order, Row, Width, subject};
use ui::marks::Status;
use ui::people::{Who, owner};

/// Columns that are shown when asked for: key and header.
pub const FURTHER: &[(&str, &str)] = &[("team", "Team"), ("category", "Category"), ("opened_at", "Opened")];

/// What rows are made of, read for all of them at once.
pub struct Read {
    /// Names of everything that the rows and the filters name.
    pub names: Names,
    clocks: HashMap<i64, Vec<Clock>>,
    looks: Option<Looks>,
}

/// Reads what the rows of some tickets are made of.
pub fn read(tx: &mut Tx, request: &Request, asked: &Asked, records: &[Record]) -> Result<Read> {
    let mut wanted = bar::linked(asked);
    for record in records {
        for (key, register) in [("requester", "people"), ("assignee", "people"), ("team", "teams"), ("service", "services")] {
            wanted.extend(record.int(key).map(|id| (register, id)));
        }
    }
    let names = names_of(tx, &request.house, &request.view, &[], &wanted)?;
    let ids: Vec<i64> = records.iter().map(|record| record.id).collect();
    let mut clocks: HashMap<i64, Vec<Clock>> = HashMap::new();
    for clock in clock::of_tickets(tx, &ids)? {
        clocks.entry(clock.ticket).or_default().push(clock);
    }
    let works = request.view.may(&TICKETS, "internal");
    let looks = if works { Some(looked::looks(tx, request, &ids)?) } else { None };
    Ok(Read { names, clocks, looks })
}

/// The further columns that are asked for.
pub fn further(asked: &Asked) -> Vec<(&'static str, &'static str)> {
    let wanted = asked.here.pairs.iter().filter(|(key, _)| key == "columns").flat_map(|(_, keys)| keys.split(','));
    wanted.filter_map(|wanted| FURTHER.iter().find(|(key, _)| *key == wanted).copied()).collect()
}

/// The table of a page. `ticks`: its rows can be chosen.
pub fn table(tx: &mut Tx, request: &Request, asked: &Asked, records: &[Record], read: &Read, ticks: bool) -> Result<List> {
    let rows = records.iter().map(|record| row(tx, request, asked, record, read)).collect::<Result<Vec<_>>>()?;
    let inside = Address::encode(&asked.here.href());
    Ok(List {
        label: format!("Tickets: {}", asked.view.label),
        columns: columns(asked),
        rows,
        ticks: ticks.then(|| "pick".to_owned()),
        marks_unread: read.looks.is_some(),
        sticky: true,
        preview: Some(format!("/queue/preview?in={inside}&at=")),
        ..List::default()
    })
}

fn columns(asked: &Asked) -> Vec<Column> {
    let sorted = |key: &str, down: bool, column: Column| {
        let now = (asked.query.sort.key == key).then_some(if asked.query.sort.descending { Order::Down } else { Order::Up });
        let descends = if key == "due_at" { false } else { now.map_or(down, |order| order == Order::Up) };
        column.sort(asked.here.with("sort", &format!("{}{key}", if descends { "-" } else { "" })).href(), now)
    };
    let mut all = vec![
        sorted("priority", false, Column::new("Prio.", Fold::First).wide(Width::Tiny)),
        Column::new("Subject", Fold::Main),
        Column::new("Status", Fold::Gone).wide(Width::Large),
        Column::new("Owner", Fold::Gone).wide(Width::Tiny),
    ];
    all.extend(further(asked).into_iter().map(|(_, label)| Column::new(label, Fold::Gone).wide(Width::Medium)));
    all.push(sorted("due_at", false, Column::new("Next breach", Fold::Second).wide(Width::Large)));
    all.push(sorted("updated_at", true, Column::new("Last", Fold::Gone).wide(Width::Small)).figures());
    all
}

fn row(tx: &mut Tx, request: &Request, asked: &Asked, record: &Record, read: &Read) -> Result<Row> {
    let shown = Shown { request, names: &read.names };
    let here = href(&request.house, record);
    let none = Vec::new();
    let next = match most_urgent(read.clocks.get(&record.id).unwrap_or(&none).iter(), request.now) {
        Some(clock) => Timed::load(tx, request, record, clock.clone())?.chip(request, &here),
        None => None,
    };
    let present = read.looks.is_some();
    let assignee = record.int("assignee").map(|id| Who::person(shown.name(id)));
    let mut cells = vec![
        mark(record).render(),
        subject(&here, record.title(), &facts(&shown, asked, record, present)),
        status(record).render(),
        html! { (owner(assignee.as_ref())) @if present { span data-presence={ "faces " (record.reference) } {} } },
    ];
    cells.extend(further(asked).into_iter().map(|(key, _)| match key {
        "team" => html! { span.clip { (record.int("team").map(|id| shown.name(id)).unwrap_or_default()) } },
        "opened_at" => ago(request, record.int("opened_at").unwrap_or(record.created_at)).render(),
        key => html! { span.clip { (record.text(key)) } },
    }));
    cells.push(next.map_or_else(|| html! {}, |chip| chip.render()));
    cells.push(html! { span.ink3 { (ago(request, record.updated_at)) } });
    Ok(Row {
        id: record.reference.clone(),
        name: record.reference.clone(),
        cells,
        unread: read.looks.as_ref().is_some_and(|looks| looks.unread(record)),
        cursor: request.asked("at") == Some(record.reference.as_str()),
        ..Row::default()
    })
}

/// The grey line under the subject: number, service, requester, and who looks at it now.
fn facts(shown: &Shown, asked: &Asked, record: &Record, present: bool) -> Vec<Markup> {
    let mut facts = vec![html! { a.ref href=(asked.at(&record.reference)) { (record.reference) } }];
    for key in ["service", "requester"] {
        facts.extend(record.int(key).map(|id| html! { (shown.name(id)) }));
    }
    if let (true, Some(last)) = (present, facts.last_mut()) {
        *last = html! { (last) span.ink2 data-presence={ "words " (record.reference) } {} };
    }
    facts
}

/// The status; of what waits, for whom.
pub fn status(record: &Record) -> Status {
    let status = crate::ticket::pages::head::status(record);
    match (record.state.as_str(), record.text("pending_reason")) {
        ("pending", "requester") => Status { label: "With requester".into(), ..status },
        ("pending", "vendor") => Status { label: "With vendor".into(), ..status },
        ("pending", reason) if !reason.is_empty() => Status { label: format!("Waits: {}", waits_for(reason).to_lowercase()), ..status },
        _ => status,
    }
}
