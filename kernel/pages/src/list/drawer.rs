//! The drawer: one record of the list beside it, so that one can read on in the list. Its address is the list's, with `open=`.

use db::Tx;
use kernel::describe::Register;
use kernel::register::{self, Record, names_of};
use kernel::web::{Method, Request};
use kernel::{Error, House, Result};
use maud::{Markup, Render, html};
use ui::facts::{Facts, Section};
use ui::history::Change;
use ui::journal::{Entry, Glyph, paragraphs};
use ui::overlay::Drawer;
use ui::verb::Verb;

use super::asked::Asked;
use crate::address::encode;
use crate::detail::{facts, links, panels};
use crate::shown::{Shown, in_sentence, record_href, state};
use crate::{history, verb};

/// Verbs shown as buttons; the record's own page has all.
const BUTTONS: usize = 3;
/// Entries of the history shown.
const LAST: usize = 3;

/// Whether records of a register open in the drawer. Where a practice draws the page of a record, the list leads to that page.
pub fn opens(house: &House, register: &Register) -> bool {
    let own = |path: &str| {
        let mut parts = path.trim_matches('/').split('/');
        parts.next() == Some(register.key) && parts.next().is_some_and(|part| part.starts_with('{')) && parts.next().is_none()
    };
    !house.practices.iter().flat_map(|practice| practice.routes).any(|route| route.method == Method::Get && own(route.path))
}

/// The drawer that the address asks for, between its neighbours on the page; none: it is not asked for, or may not be seen.
pub fn asked(tx: &mut Tx, request: &Request, register: &'static Register, asked: &Asked, page: &[Record]) -> Result<Option<Markup>> {
    let Some(reference) = asked.open.as_deref().filter(|_| asked.query.as_of.is_none()) else { return Ok(None) };
    match register::load(tx, &request.house, &request.view, register, reference) {
        Ok(record) => draw(tx, request, &record, asked, page).map(Some),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn draw(tx: &mut Tx, request: &Request, record: &Record, asked: &Asked, page: &[Record]) -> Result<Markup> {
    let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(record), &[])?;
    let shown = Shown { request, names: &names };
    let back = href(asked, &record.reference);
    let at = page.iter().position(|it| it.id == record.id);
    let beside = |step: Option<usize>| Some(href(asked, &page.get(step?)?.reference));
    let mut marks = vec![html! { span.ref { (record.reference) } }];
    marks.extend(state(record.shape.register, &record.state).map(|status| status.render()));
    let drawer = Drawer {
        of: record.reference.clone(),
        title: if record.title().is_empty() { record.reference.clone() } else { record.title().to_owned() },
        marks,
        previous: beside(at.and_then(|at| at.checked_sub(1))),
        next: beside(at.map(|at| at + 1)),
        close: asked.address.href(),
        page: record_href(&request.house, record),
        verbs: verbs(tx, request, record, &back)?,
        body: body(tx, &shown, record, &back)?,
    };
    Ok(drawer.render())
}

/// The address of the list with a record in the drawer.
pub fn href(asked: &Asked, reference: &str) -> String {
    asked.address.with("open", reference).href()
}

/// The first verbs; afterwards one is back at the list.
fn verbs(tx: &mut Tx, request: &Request, record: &Record, back: &str) -> Result<Vec<Verb>> {
    let possible = verb::possible(tx, request, record)?;
    let mut verbs: Vec<Verb> = possible.into_iter().take(BUTTONS).map(|it| verb::button(request, record, it, back).small()).collect();
    if let Some(first) = verbs.first_mut() {
        *first = first.clone().first();
    }
    if verbs.len() < BUTTONS && verb::may(tx, request, record, "edit")? {
        let form = format!("{}/edit?back={}", record_href(&request.house, record), encode(back));
        verbs.push(Verb::link("Change", form).small());
    }
    Ok(verbs)
}

fn body(tx: &mut Tx, shown: &Shown, record: &Record, back: &str) -> Result<Markup> {
    let mut sections = facts::sections(tx, shown, record, true, back)?;
    if let Some(first) = sections.first_mut().filter(|first| first.title == record.shape.register.one) {
        first.title.clear();
    }
    sections.extend(facts::said(shown, record).map(|(title, text)| Section::new(title, paragraphs(text))));
    for (title, panel) in panels(tx, shown.request, record)? {
        sections.push(Section::new(title, panel));
    }
    if let Some(related) = links::related(tx, shown, record)? {
        sections.push(Section::new("Related", related));
    }
    sections.push(Section::new("History", last(tx, shown.request, record)?));
    Ok(Facts(sections).under())
}

/// The last entries, a line each.
fn last(tx: &mut Tx, request: &Request, record: &Record) -> Result<Markup> {
    let entries = history::entries(tx, request, record, None, LAST)?;
    let line = |entry: ui::history::Entry| {
        let text = html! {
            b { (entry.who.name) } " "
            @match told(&entry.changes) {
                [] => { (entry.verb) }
                changes => { @for (at, one) in changes.iter().enumerate() {
                    @if at > 0 { ", " } (in_sentence(&one.field)) " " (or_nothing(&one.from)) " → " (or_nothing(&one.to))
                } }
            }
            @if !entry.reason.is_empty() { ", “" (entry.reason) "”" }
        };
        Entry::Event(Glyph::Who(entry.who), text, entry.when)
    };
    Ok(html! { ol.journal { @for entry in entries { (line(entry)) } } })
}

/// The changes of an entry if they are few and something was there before; else its verb says more.
fn told(changes: &[Change]) -> &[Change] {
    if changes.len() <= LAST && changes.iter().any(|one| !one.from.is_empty()) { changes } else { &[] }
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::describe::Practice;
    use kernel::time::Clock;
    use kernel::web::Route;

    const PAGE: Practice = Practice {
        routes: &[
            Route::get("/incidents/{reference}", "", |_, _| Err(Error::NotFound), ""),
            Route::get("/risks/{reference}/map", "", |_, _| Err(Error::NotFound), ""),
        ],
        ..Practice::PLAIN
    };

    #[test]
    fn a_record_with_a_page_of_a_practice_opens_as_that_page() {
        let house = House::new(&[&PAGE], Clock::set(0), 1);
        let opens = |key| opens(&house, &Register { key, ..Register::PLAIN });
        assert!(!opens("incidents") && opens("risks") && opens("vendors"));
    }
}
