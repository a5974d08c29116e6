//! The page itself: head, figures, graph, promises, tickets, and the boxes that others bring.

use super::super::rules::health as stands;
use super::super::store::{self, Past};
use super::{DAY, DAYS, chart, graph, health, tab_line};
use crate::address::tickets;
use crate::attainment::{Counted, Scope, counted};
use db::Tx;
use estate::graph::{Drawing, Map, Way, picture};
use kernel::register::{Name, Names, Record, names_of};
use kernel::time::rfc3339;
use kernel::web::{Layout, Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use promises::calendars::Calendars;
use promises::level::{About, Level, Measure, book};
use ui::figure::{Figure, figures};
use ui::format::{number, percent, working};
use ui::head::{Head, block};
use ui::marks::{Priority, Tone};
use ui::people::Who;
use ui::verb::Verb;

/// Open tickets shown; the list has all.
const MOST_OPEN: usize = 8;

/// The page.
pub fn page(tx: &mut Tx, request: &Request, record: &Record) -> Result<Reply> {
    let (view, house) = (&request.view, &request.house);
    let tickets = house.register("tickets").ok_or(Error::NotFound)?;
    let map = graph::read(tx, request, record, None)?;
    let troubles = graph::troubles(tx, request)?;
    let last = store::last_change(tx, view, tickets, record.id)?.unwrap_or(request.now).min(request.now);
    let past = store::since(tx, view, tickets, record.id, chart::first(request, last))?;
    let open = store::open(tx, view, tickets, record.id)?;
    let attained = counted(tx, view, tickets, Scope::Service(record.id), request.now - DAYS * DAY, request.now)?;
    let level = promised(tx, request, record)?;
    let mut wanted: Vec<(&'static str, i64)> = level.iter().map(|level| ("levels", level.id)).collect();
    wanted.extend(record.int("owner").map(|id| ("people", id)));
    wanted.extend(record.int("team").map(|id| ("teams", id)));
    let names = names_of(tx, house, view, std::slice::from_ref(record), &wanted)?;
    let about = troubles.iter().filter(|it| it.service == Some(record.id));
    let mut verbs = Vec::new();
    if house.register("incidents").is_some_and(|incidents| view.may(incidents, "create")) {
        verbs.push(Verb::link("Report an incident", format!("/incidents/new?service={}", record.reference)).icon("zap").render());
    }
    verbs.push(pages::more(tx, request, record)?);
    let others: Vec<_> = pages::panels(tx, request, record)?.into_iter().filter(|(title, _)| *title != "Impact").collect();
    let whole_days = level.as_ref().map_or(Ok(false), |level| around_the_clock(tx, request, level))?;
    let body = html! {
        (head(request, record, &names, level.as_ref(), health::mark(request, record, stands(about)), verbs))
        (tab_line(request, record, "Overview", map.as_ref().map(|map| map.things.len() - 1), open))
        (key_figures(request, record, &attained, open, &past, map.as_ref()))
        @if let Some(map) = &map { (graph_block(request, record, map, &troubles)) }
        div.cols-2.after {
            (block("Promises kept", "by month", &html! {}, &chart::kept(request, &record.reference, &chart::months(request, last, &past))))
            (block("What is promised", "", &html! {}, &promises_table(level.as_ref(), whole_days, &names)))
        }
        (incidents(request, record, &past))
        (block("Open now", "", &Verb::link("All of them", format!("/tickets?service={}&active=true", record.reference)).small().bare().render(), &open_table(request, tx, record)?))
        @if !others.is_empty() {
            div.cols-3.below { @for (title, panel) in &others { section { h2.small { (title) } (panel) } } }
        }
    };
    let title = format!("{} {}", record.reference, record.title());
    Ok(Reply::page(title, "services", body).held(Layout { extra: graph::EXTRA, ..Layout::default() }))
}

/// The level that a critical incident about the service would get.
fn promised(tx: &mut Tx, request: &Request, record: &Record) -> Result<Option<Level>> {
    let about = About { ticket: 0, organisation: record.organisation, service: Some(record.id), item: None, request: false, priority: 1 };
    Ok(book(tx, &request.house)?.choose(&about).cloned())
}

fn said(name: &Name) -> &str {
    if name.title.is_empty() { &name.reference } else { &name.title }
}

fn head(request: &Request, record: &Record, names: &Names, level: Option<&Level>, health: Markup, verbs: Vec<Markup>) -> Markup {
    let mut meta = vec![health];
    meta.extend(pages::state(record.shape.register, &record.state).map(|status| status.render()));
    if let Some(name) = level.and_then(|level| names.get(&level.id)) {
        meta.push(html! { a href={ "/levels/" (name.reference) } { (said(name)) } });
    }
    let who = |key: &str, face: fn(String) -> Who, does: &str| {
        let name = record.int(key).and_then(|id| names.get(&id))?;
        Some(html! { span.line.tight { (face(said(name).to_owned()).at(pages::href(&request.house, name))) span.ink3 { (does) } } })
    };
    meta.extend(who("owner", Who::person, "answers for it"));
    meta.extend(who("team", Who::team, "restores it"));
    let about: String = record.text("about").lines().next().unwrap_or_default().chars().take(240).collect();
    Head {
        crumbs: vec![("Services".into(), "/services".into()), (record.reference.clone(), String::new())],
        title: record.title().to_owned(),
        lead: Some(about).filter(|about| !about.is_empty()),
        meta,
        verbs,
        ..Head::default()
    }
    .render()
}

fn key_figures(request: &Request, record: &Record, attained: &Counted, open: i64, past: &[Past], map: Option<&Map>) -> Markup {
    let here = pages::record_href(&request.house, record);
    let reference = &record.reference;
    let from = request.now - DAYS * DAY;
    let opened = past.iter().filter(|it| it.opened_at >= from).count() as i64;
    let figure = |value: String, unit: &str, label: String, href: String, definition: &str| Figure {
        value,
        unit: unit.into(),
        label,
        definition: definition.into(),
        href: Some(href),
        tone: Tone::Plain,
    };
    let mut all = Vec::new();
    if let Some(share) = attained.share() {
        let label = format!("{} of {} promises kept, {DAYS} days", number(attained.kept), number(attained.promised()));
        let definition =
            "Of the tickets about it resolved in the last 30 days with a promise, the share whose resolution promise was kept.";
        all.push(figure(percent(share, 1), "", label, format!("{here}?why=attainment"), definition));
    }
    all.push(figure(
        number(open),
        "",
        "open tickets".into(),
        format!("/tickets?service={reference}&active=true"),
        "Tickets about it of which something is still owed.",
    ));
    let list = tickets(&format!("service={reference}&opened_at__gte={}", rfc3339(from)));
    all.push(figure(number(opened), "", format!("opened, {DAYS} days"), list, "Tickets about it opened in the last 30 days."));
    if let Some(map) = map {
        let more = if map.cut { "+" } else { "" };
        all.push(figure(
            format!("{}{more}", map.count(Way::Upon)),
            "",
            "stand on it".into(),
            format!("{here}/impact?direction=up"),
            "Everything that fails with it, by any number of steps.",
        ));
        all.push(figure(
            format!("{}{more}", map.count(Way::Under)),
            "",
            "it stands on".into(),
            format!("{here}/impact?direction=down"),
            "Everything it fails with, by any number of steps.",
        ));
    }
    if let (Some(field), kernel::register::Cell::Money(minor, currency)) =
        (record.shape.field("value_per_hour"), record.get("value_per_hour"))
        && request.view.reads(record.shape.register, field)
    {
        all.push(figure(
            pages::money(*minor, currency),
            "an hour",
            "without it".into(),
            format!("{here}?why=value_per_hour"),
            "What an hour without it costs, as its owner put it.",
        ));
    }
    figures(&all)
}

fn graph_block(request: &Request, record: &Record, map: &Map, troubles: &[super::super::rules::Trouble]) -> Markup {
    let marks = health::marks(request, map, troubles);
    let full = format!("{}/graph", pages::record_href(&request.house, record));
    let drawing = Drawing { map, marks: &marks, here: full.clone(), request };
    let verbs = html! { (Verb::link("Full graph and table", full).small()) };
    block("What it needs, and who needs it", "red has stopped, amber suffers; dashed lies outside the house", &verbs, &picture(&drawing))
}

/// Whether the working time of a level has no closed hour.
fn around_the_clock(tx: &mut Tx, request: &Request, level: &Level) -> Result<bool> {
    let Some(version) = book(tx, &request.house)?.version(level.calendar, request.now) else { return Ok(false) };
    Ok(Calendars::of(&request.house).get(tx, version)?.around_the_clock())
}

fn promises_table(level: Option<&Level>, whole_days: bool, names: &Names) -> Markup {
    let Some(level) = level else { return html! { p.ink3 { "No service level covers it." } } };
    let Some(name) = names.get(&level.id) else { return html! { p.ink3 { "It is promised by a level that you may not see." } } };
    let word = |measure: Measure| match measure {
        Measure::FirstResponse => "First response",
        Measure::NextUpdate => "Next update",
        Measure::Resolution => "Resolution",
    };
    let mut targets = level.targets.clone();
    targets.sort_by_key(|target| (target.measure, target.priority.unwrap_or(9)));
    html! {
        p.small { "By " a href={ "/levels/" (name.reference) } { (said(name)) } ", in its working time." }
        table.list.plain {
            caption.vh { "What is promised" }
            thead { tr { th scope="col" { "Promise" } th scope="col" { "For" } th.num scope="col" { "Within" } } }
            tbody { @for target in &targets {
                tr { td { (word(target.measure)) } td { @match target.priority { Some(priority) => { (Priority(u8::try_from(priority).unwrap_or(4))) } None => { span.ink3 { (others(level, target.measure)) } } } } td.num { (working(target.seconds, whole_days)) } }
            } }
        }
    }
}

/// Whom a target without a priority is for.
fn others(level: &Level, measure: Measure) -> &'static str {
    let some = level.targets.iter().any(|it| it.measure == measure && it.priority.is_some());
    if some { "any other priority" } else { "any priority" }
}

fn incidents(request: &Request, record: &Record, past: &[Past]) -> Markup {
    let Some(lanes) = chart::lanes(request, past) else { return html! {} };
    let from = rfc3339(request.now - chart::LANES * DAY);
    let list = tickets(&format!("service={}&kind=incident&opened_at__gte={from}", record.reference));
    let all = Verb::link("Their list", list).small().bare().render();
    block("Incidents, 90 days", "from opening to end, by priority", &all, &lanes)
}

fn open_table(request: &Request, tx: &mut Tx, record: &Record) -> Result<Markup> {
    let tickets = request.house.register("tickets").ok_or(Error::NotFound)?;
    let pairs = [("service", record.reference.as_str()), ("active", "true"), ("sort", "priority"), ("limit", "8")];
    let pairs: Vec<(String, String)> = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let query = kernel::register::Query::parse(tx, &request.house, &request.view, tickets, &pairs)?;
    let page = kernel::register::list(tx, &request.house, &request.view, tickets, &query)?;
    if page.records.is_empty() {
        return Ok(html! { p.ink3 { "Nothing is open about it." } });
    }
    let row = |ticket: &Record| {
        let href = pages::record_href(&request.house, ticket);
        let state = pages::state(ticket.shape.register, &ticket.state);
        html! { tr {
            td { (Priority(ticket.int("priority").and_then(|it| u8::try_from(it).ok()).unwrap_or(4))) }
            td { a.ref href=(href) { (ticket.reference) } " " a href=(href) { (ticket.title()) } }
            td { @if let Some(state) = state { (state) } }
            td.num { (pages::when(request, ticket.int("opened_at").unwrap_or(ticket.created_at))) }
        } }
    };
    Ok(html! {
        table.list.plain {
            caption.vh { "Open tickets about it" }
            thead { tr { th scope="col" { "Priority" } th scope="col" { "Ticket" } th scope="col" { "State" } th.num scope="col" { "Opened" } } }
            tbody { @for ticket in page.records.iter().take(MOST_OPEN) { (row(ticket)) } }
        }
    })
}
