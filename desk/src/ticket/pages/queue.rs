//! The queue: incidents and requests in one list, with views, filters and the clock that comes next.

use super::address::{ago, href};
use super::chip::{Timed, most_urgent};
use super::head::{mark, status};
use super::views;
use crate::ticket::TICKETS;
use crate::ticket::breaching;
use db::Tx;
use kernel::describe::{Field, Kind};
use kernel::register::{Cursor, Filter, OPS, Op, Page, Query, Record, list, names_of};
use kernel::web::{Reply, Request};
use kernel::{Error, FieldError, Result};
use maud::{Markup, Render, html};
use pages::{Address, Shown};
use promises::clock::{self, Clock};
use std::collections::HashMap;
use ui::filter::{Add, Bar, Chip, Find};
use ui::head::Head;
use ui::list::{Column, Fold, List, Order, Row, Width, subject};
use ui::marks::Tone;
use ui::pager::Pager;
use ui::people::{Who, owner};
use ui::states::{Empty, notice};
use ui::verb::Verb;

/// `GET /queue?view=&…`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    if let Some(to) = added(request) {
        return Ok(Reply::redirect(to.href(), ""));
    }
    let view = views::asked(request);
    let (mut query, wrong) = question(tx, request)?;
    let written = query.filters.clone();
    let found = if view == "breaching" {
        breaching::page(tx, request, &query)?
    } else {
        query.filters.extend(views::filters(view, &request.view));
        list(tx, &request.house, &request.view, &TICKETS, &query)?
    };
    let rows = rows(tx, request, &found)?;
    let body = html! {
        (head(request, view))
        (views::line(request, &TICKETS, view))
        @for it in &wrong { (notice(Tone::Bad, &html! { "Left out: " (it.field) ". " (it.message) })) }
        (bar(request, &written, &query))
        @if found.records.is_empty() { (empty(request, !written.is_empty() || !query.q.is_empty())) }
        @else { (table(request, view, &query, rows)) (pager(request, &found)) }
    };
    let reply = Reply::page(format!("Queue: {}", views::name(view).to_lowercase()), "/queue", body);
    Ok(if wrong.is_empty() { reply } else { reply.status(400) })
}

/// Parameters that only this page knows.
const OWN: &[&str] = &["view", "field", "op", "value"];

/// What the address asks for; what cannot be asked is left out and said.
fn question(tx: &mut Tx, request: &Request) -> Result<(Query, Vec<FieldError>)> {
    let mut pairs: Vec<(String, String)> = Address::of(request).pairs;
    pairs.retain(|(key, _)| !OWN.contains(&key.as_str()));
    let mut wrong = Vec::new();
    let mut query = match Query::parse(tx, &request.house, &request.view, &TICKETS, &pairs) {
        Err(Error::Malformed(fields)) => {
            pairs.retain(|(key, _)| !fields.iter().any(|it| it.field == *key));
            wrong = fields;
            Query::parse(tx, &request.house, &request.view, &TICKETS, &pairs)?
        }
        parsed => parsed?,
    };
    query.lean = true;
    query.as_of = None;
    Ok((query, wrong))
}

/// Where the form behind "Add filter" leads: the address with the filter in it.
fn added(request: &Request) -> Option<Address> {
    let (field, op) = (request.asked("field")?, request.asked("op")?);
    let rest = Address::of(request).without("field").without("op").without("value").first_page();
    let value = request.asked("value").unwrap_or_default().trim();
    let value = if op == "empty" && value.is_empty() { "true" } else { value };
    if field.is_empty() || value.is_empty() {
        return Some(rest);
    }
    Some(rest.with(&if op == "is" { field.to_owned() } else { format!("{field}__{op}") }, value))
}

fn head(request: &Request, view: &str) -> Markup {
    let mut verbs = Vec::new();
    for (register, label) in [(&crate::ticket::INCIDENTS, "New incident"), (&crate::ticket::REQUESTS, "New request")] {
        if request.view.may(register, "create") {
            let verb = Verb::link(label, format!("/{}/new", register.key)).icon("plus");
            verbs.push(if verbs.is_empty() { verb.first() } else { verb }.render());
        }
    }
    Head { title: format!("{} tickets", views::name(view)), verbs, ..Head::default() }.render()
}

fn bar(request: &Request, written: &[Filter], query: &Query) -> Markup {
    let here = Address::of(request).first_page();
    let label = |key: &str| TICKETS.field(key).map_or(key.replace('_', " "), |field| field.label.to_owned());
    let mut chips: Vec<Chip> = written
        .iter()
        .map(|filter| {
            let word = OPS.iter().find(|(_, op)| *op == filter.op).map_or("", |(word, _)| *word);
            let key = if word.is_empty() { filter.key.clone() } else { format!("{}__{word}", filter.key) };
            Chip {
                field: label(&filter.key),
                operator: said(filter.op).into(),
                value: value(filter),
                remove: Some(here.without(&key).href()),
                change: None,
            }
        })
        .collect();
    if !query.q.is_empty() {
        chips.insert(0, Chip { field: "Words".into(), value: query.q.clone(), remove: Some(here.without("q").href()), ..Chip::default() });
    }
    let reads = |field: &&Field| field.filtered && request.view.reads(&TICKETS, field) && !matches!(field.kind, Kind::Text { .. });
    let fields = TICKETS.fields.iter().filter(reads).map(|field| (field.key.to_owned(), field.label.to_owned()));
    let keep = here.pairs.clone();
    let operators = OPS.iter().map(|(word, op)| (if word.is_empty() { "is" } else { word }.to_owned(), said(*op).to_owned())).collect();
    Bar {
        chips,
        add: Some(Add {
            action: "/queue".into(),
            fields: [("state".into(), "State".into())].into_iter().chain(fields).collect(),
            operators,
            keep,
        }),
        find: Some(Find {
            action: "/queue".into(),
            name: "q".into(),
            value: query.q.clone(),
            placeholder: "Find in tickets".into(),
            keep: here.without("q").pairs,
        }),
    }
    .render()
}

fn said(op: Op) -> &'static str {
    match op {
        Op::Is => "is",
        Op::Not => "is not",
        Op::Over => "over",
        Op::From => "from",
        Op::Under => "under",
        Op::To => "up to",
        Op::Contains => "contains",
        Op::Empty => "is empty",
    }
}

/// A filter's value in words: the labels of choices, else as it was written.
fn value(filter: &Filter) -> String {
    let choices = TICKETS.field(&filter.key).map_or(&[][..], |field| field.choices());
    let word = |part: &str| choices.iter().find(|it| it.key == part).map_or(part.replace('_', " "), |it| it.label.to_owned());
    filter.written.split(',').map(word).collect::<Vec<_>>().join(" or ")
}

fn empty(request: &Request, narrowed: bool) -> Markup {
    let (title, text) = match narrowed {
        true => ("Nothing matches", html! { "No ticket matches these filters. " a href="/queue" { "Show all open tickets" } "." }),
        false if request.view.may(&TICKETS, "internal") => ("Nothing here", html! { "There is no ticket in this view." }),
        false => ("You have no tickets here", html! { "What you ask for or report appears here until it is done." }),
    };
    Empty { title: title.into(), text, verbs: Vec::new() }.render()
}

/// The columns with an order: key, header, place on narrow screens, width.
fn columns(request: &Request, view: &str, query: &Query) -> Vec<Column> {
    let here = Address::of(request).first_page();
    let sorted = |key: &str, down: bool, column: Column| {
        if view == "breaching" {
            return column;
        }
        let now = (query.sort.key == key).then_some(if query.sort.descending { Order::Down } else { Order::Up });
        let descends = now.map_or(down, |order| order == Order::Up);
        let sort = format!("{}{key}", if descends { "-" } else { "" });
        column.sort(here.with("sort", &sort).href(), now)
    };
    vec![
        sorted("priority", false, Column::new("Prio.", Fold::First).wide(Width::Tiny)),
        Column::new("Subject", Fold::Main),
        Column::new("Status", Fold::Gone).wide(Width::Large),
        Column::new("Team", Fold::Gone).wide(Width::Medium),
        Column::new("Owner", Fold::Gone).wide(Width::Tiny),
        Column::new("Next promise", Fold::Second).wide(Width::Large),
        sorted("opened_at", true, Column::new("Opened", Fold::Gone).wide(Width::Small)).figures(),
        sorted("updated_at", true, Column::new("Changed", Fold::Gone).wide(Width::Small)).figures(),
    ]
}

fn table(request: &Request, view: &str, query: &Query, rows: Vec<Row>) -> Markup {
    let label = format!("{} tickets", views::name(view));
    List { label, columns: columns(request, view, query), rows, sticky: true, ..List::default() }.render()
}

fn rows(tx: &mut Tx, request: &Request, found: &Page) -> Result<Vec<Row>> {
    let mut wanted = Vec::new();
    for record in &found.records {
        for (key, register) in [("requester", "people"), ("assignee", "people"), ("team", "teams"), ("service", "services")] {
            wanted.extend(record.int(key).map(|id| (register, id)));
        }
    }
    let names = names_of(tx, &request.house, &request.view, &[], &wanted)?;
    let shown = Shown { request, names: &names };
    let ids: Vec<i64> = found.records.iter().map(|record| record.id).collect();
    let mut clocks: HashMap<i64, Vec<Clock>> = HashMap::new();
    for clock in clock::of_tickets(tx, &ids)? {
        clocks.entry(clock.ticket).or_default().push(clock);
    }
    let none = Vec::new();
    found.records.iter().map(|record| row(tx, &shown, record, clocks.get(&record.id).unwrap_or(&none))).collect()
}

fn row(tx: &mut Tx, shown: &Shown, record: &Record, clocks: &[Clock]) -> Result<Row> {
    let request = shown.request;
    let here = href(&request.house, record);
    let mut facts = vec![html! { span.ref { (record.reference) } }];
    for key in ["service", "requester"] {
        if let Some(id) = record.int(key) {
            facts.push(html! { (shown.name(id)) });
        }
    }
    let next = match most_urgent(clocks.iter(), request.now) {
        Some(clock) => Timed::load(tx, request, record, clock.clone())?.chip(request, &here),
        None => None,
    };
    let assignee = record.int("assignee").map(|id| Who::person(shown.name(id)));
    let team = record.int("team").map(|id| shown.name(id)).unwrap_or_default();
    let cells = vec![
        mark(record).render(),
        subject(&here, record.title(), &facts),
        status(record).render(),
        html! { span.clip { (team) } },
        owner(assignee.as_ref()),
        next.map_or_else(|| html! {}, |chip| chip.render()),
        ago(request, record.int("opened_at").unwrap_or(record.created_at)).render(),
        ago(request, record.updated_at).render(),
    ];
    Ok(Row { id: record.reference.clone(), name: format!("{} {}", record.reference, record.title()), cells, ..Row::default() })
}

fn pager(request: &Request, found: &Page) -> Markup {
    let here = Address::of(request);
    let to = |cursor: &Cursor| here.with("cursor", &cursor.encode()).href();
    let text = format!("{} shown", found.records.len());
    Pager { text, previous: found.previous.as_ref().map(to), next: found.next.as_ref().map(to), count: None }.render()
}
