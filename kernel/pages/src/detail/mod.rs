//! The page of one record: head with verbs, what it says, what others say about it, its last changes.

pub mod facts;
pub mod files;
pub mod links;
pub mod share;
pub mod why;

use db::Tx;
use kernel::describe::{PanelRequest, Register};
use kernel::journal;
use kernel::register::{self, Record, names_of};
use kernel::web::{Layout, Reply, Request};
use kernel::{Error, Result, time};
use maud::{Markup, Render, html};
use ui::head::{Head, block, reference as number};
use ui::marks::{Tone, pill};
use ui::menu::{Item, Menu};
use ui::states::notice;
use ui::verb::Verb;

use crate::address::{Address, encode};
use crate::form::crumbs;
use crate::live;
use crate::shown::{Shown, exact, record_href, state};
use crate::{history, verb};

/// Entries of the history shown on the record's page.
const LAST: usize = 5;

/// `GET /{kind}/{REF}`, with `as_of=` as it was then and `why=` an explanation instead.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, reference: &str) -> Result<Reply> {
    let now = register::load(tx, &request.house, &request.view, register, reference)?;
    if !now.reference.eq_ignore_ascii_case(reference) {
        return Ok(Reply::redirect(record_href(&request.house, &now), format!("{} leads here", reference.to_ascii_uppercase())));
    }
    let asked = request.asked("as_of");
    let wrong = || Error::malformed("as_of", "This must be a day, or a time like 2026-11-24T08:00:00Z.");
    let at = asked.map(|text| time::parse_as_of(text, &request.view.zone).ok_or_else(wrong)).transpose()?;
    let record = match at {
        None => now,
        Some(at) => match journal::rewind(tx, now.clone(), at)? {
            Some(then) => then,
            None => return Ok(not_yet(request, &now, at)),
        },
    };
    if let Some(asked) = request.asked("why").filter(|asked| !asked.is_empty()) {
        return why::page(tx, request, &record, asked);
    }
    let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(&record), &[])?;
    let shown = Shown { request, names: &names };
    let head = head(tx, request, &record, at)?;
    let main = main(tx, request, &shown, &record, at)?;
    let margin = facts::margin(tx, &shown, &record, at.is_none())?;
    let body = html! {
        (head)
        @if let Some(at) = at { (as_of_notice(request, &record, at)) }
        @if record.retired_at.is_some() { (notice(Tone::Info, &html! { "Retired: it no longer appears in lists and choices." })) }
        (ui::facts::columns(&main, &margin, "Facts"))
    };
    let live = if at.is_none() { live::stream(request) } else { None };
    let reply = Reply::page(format!("{} {}", record.reference, record.title()), register.key, body);
    Ok(reply.held(Layout { live, ..Layout::default() }))
}

/// Head and margin of a record as it is now: what changes in place while the page is open.
pub fn parts(tx: &mut Tx, request: &Request, record: &Record) -> Result<(Markup, Markup)> {
    let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(record), &[])?;
    let shown = Shown { request, names: &names };
    let head = head(tx, request, record, None)?;
    Ok((head, ui::facts::margin(&facts::margin(tx, &shown, record, true)?, "Facts")))
}

fn not_yet(request: &Request, record: &Record, at: i64) -> Reply {
    let here = record_href(&request.house, record);
    let head = Head {
        crumbs: crumbs(record.shape.register, Some((record, request))),
        title: format!("{} did not exist on {}", record.reference, exact(request, at)),
        lead: Some(format!("It came to be on {}.", exact(request, record.created_at))),
        verbs: vec![Verb::link("As it is now", here).first().render()],
        ..Head::default()
    };
    Reply::page(format!("{} did not exist", record.reference), record.shape.register.key, head.render()).status(404)
}

fn as_of_notice(request: &Request, record: &Record, at: i64) -> Markup {
    let now = Address::of(request).without("as_of").href();
    notice(Tone::Warn, &html! { (record.reference) " as it was on " (exact(request, at)) ". " a href=(now) { "As it is now" } })
}

fn head(tx: &mut Tx, request: &Request, record: &Record, at: Option<i64>) -> Result<Markup> {
    let register = record.shape.register;
    let here = record_href(&request.house, record);
    let mut meta = vec![number(&record.reference, &here)];
    meta.extend(state(register, &record.state).map(|status| status.render()));
    if record.retired_at.is_some() {
        meta.push(pill(Tone::Plain, None, "retired"));
    }
    meta.push(html! { span.ink3 { "changed " (crate::shown::when(request, record.updated_at)) } });
    let head = Head {
        lang: None,
        crumbs: crumbs(register, None),
        place: None,
        title: if record.title().is_empty() { record.reference.clone() } else { record.title().to_owned() },
        lead: None,
        live: at.is_none(),
        meta,
        verbs: if at.is_none() { verbs(tx, request, record)? } else { Vec::new() },
    };
    Ok(head.render())
}

/// Verbs shown as buttons; the others are behind the dots.
const BUTTONS: usize = 4;

fn verbs(tx: &mut Tx, request: &Request, record: &Record) -> Result<Vec<Markup>> {
    let mut shown = possible(tx, request, record)?;
    if let Some(first) = shown.first_mut() {
        *first = first.clone().first();
    }
    let rest = shown.split_off(shown.len().min(BUTTONS));
    let mut all: Vec<Markup> = shown.iter().map(Render::render).collect();
    all.push(behind(tx, request, record, rest)?);
    Ok(all)
}

/// Everything that can be done to a record, behind the dots: for pages that put other verbs first.
pub fn more(tx: &mut Tx, request: &Request, record: &Record) -> Result<Markup> {
    let all = possible(tx, request, record)?;
    behind(tx, request, record, all)
}

/// The register's own verbs that are possible now, and "Change" among the first of them.
fn possible(tx: &mut Tx, request: &Request, record: &Record) -> Result<Vec<Verb>> {
    let mut shown: Vec<Verb> = verb::possible(tx, request, record)?.into_iter().map(|it| verb::button(request, record, it, "")).collect();
    if verb::may(tx, request, record, "edit")? {
        shown.insert(shown.len().min(BUTTONS - 1), Verb::link("Change", format!("{}/edit", record_href(&request.house, record))));
    }
    Ok(shown)
}

fn behind(tx: &mut Tx, request: &Request, record: &Record, rest: Vec<Verb>) -> Result<Markup> {
    let mut more: Vec<Item> = rest.into_iter().map(Item::Verb).collect();
    if !more.is_empty() {
        more.push(Item::Rule);
    }
    more.extend(others(tx, request, record)?.into_iter().map(Item::Verb));
    if may_retire(tx, request, record)?
        && let Some(Item::Verb(retire)) = more.pop()
    {
        more.extend([Item::Rule, Item::Danger(retire)]);
    }
    Ok(Menu::more(more).render())
}

/// What the engine offers on every record besides changing it; retiring stands last.
pub fn others(tx: &mut Tx, request: &Request, record: &Record) -> Result<Vec<Verb>> {
    let here = record_href(&request.house, record);
    let page = |label: &str, rest: &str, icon| Verb::link(label, format!("{here}{rest}")).icon(icon);
    let mut all = vec![
        page("History", "/history", "history"),
        page("Where it is used", "/links", "network"),
        page("Why can I see this?", "?why=access", "key-round"),
    ];
    if verb::may(tx, request, record, "share")? {
        all.push(page("Share…", "/share", "users"));
    }
    if may_retire(tx, request, record)? {
        all.push(page("Retire…", "/retire", "x"));
    }
    Ok(all)
}

fn may_retire(tx: &mut Tx, request: &Request, record: &Record) -> Result<bool> {
    Ok(record.retired_at.is_none() && verb::may(tx, request, record, "retire")?)
}

fn main(tx: &mut Tx, request: &Request, shown: &Shown, record: &Record, at: Option<i64>) -> Result<Markup> {
    let panels = if at.is_none() { panels(tx, request, record)? } else { Vec::new() };
    let files = if at.is_none() { files::section(tx, request, record, &record_href(&request.house, record))? } else { None };
    let related = links::inline(tx, shown, record)?;
    let last = if at.is_none() {
        last(tx, request, record)?
    } else {
        html! {}
    };
    Ok(html! {
        (facts::texts(shown, record))
        @for (title, panel) in panels { (block(title, "", &html! {}, &panel)) }
        @if let Some(files) = files { (files) }
        @if let Some(related) = related { (related) }
        (last)
    })
}

/// The boxes that practices contribute to the page of a record: heading and content.
pub fn panels(tx: &mut Tx, request: &Request, record: &Record) -> Result<Vec<(&'static str, Markup)>> {
    let register = record.shape.register;
    let asked = PanelRequest { house: &request.house, view: &request.view, record, register, now: request.now };
    let mut shown = Vec::new();
    for panel in request.house.practices.iter().flat_map(|practice| practice.panels).filter(|panel| panel.on == register.key) {
        if !permitted(request, panel.may) {
            continue;
        }
        if let Some(body) = (panel.show)(tx, &asked)? {
            shown.push((panel.title, body));
        }
    }
    Ok(shown)
}

/// Whether the viewer has a permission `register.verb`; the empty one everybody has.
pub fn permitted(request: &Request, may: &str) -> bool {
    let Some((register, verb)) = may.split_once('.') else { return may.is_empty() };
    request.house.register(register).is_some_and(|register| request.view.may(register, verb))
}

fn last(tx: &mut Tx, request: &Request, record: &Record) -> Result<Markup> {
    let entries = history::entries(tx, request, record, None, LAST)?;
    let all = Verb::link("Whole history", format!("{}/history", record_href(&request.house, record))).small().bare();
    Ok(block("Last changes", "", &all.render(), &ui::history::history(&entries)))
}

/// The address of a record as it was at a time.
pub fn as_of_href(request: &Request, record: &Record, at: i64) -> String {
    format!("{}?as_of={}", record_href(&request.house, record), encode(&time::rfc3339(at)))
}
