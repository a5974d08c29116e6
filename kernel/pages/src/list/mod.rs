//! The list of a register: what was asked is the address, and everything that changes it is a link or a form that leads
//! to another address.

pub mod asked;
mod bar;
mod column;
mod drawer;
mod empty;
mod figure;
pub mod kept;
pub mod menu;
mod overview;
mod side;
mod table;

use db::Tx;
use kernel::describe::Register;
use kernel::register::{Count, Page, Query, Record, list};
use kernel::web::{Layout, Reply, Request};
use kernel::{Error, FieldError, Result};
use maud::{Markup, Render, html};
use ui::format::number;
use ui::head::Head;
use ui::marks::Tone;
use ui::menu::Later;
use ui::pager::Pager;
use ui::states::{newer, notice};
use ui::verb::Verb;

use crate::address::Address;
use crate::bulk;
use crate::form::crumbs;
use crate::live;
use crate::shown::{exact, in_sentence};
use crate::view;
use asked::Asked;
pub use asked::canonical;
pub use bar::label as filter_label;
pub use menu::adding as adding_filter;
pub use table::table as rows;

/// What a list needs beyond the core.
const BUNDLES: &[&str] = &["register.css", "register.js"];

/// `GET /{kind}`; a script that asks for the drawer gets that alone.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    request.view.demand(register, "read")?;
    if let Some(canonical) = asked::canonical(request) {
        return Ok(Reply::redirect(canonical.href(), ""));
    }
    let mut asked = asked::read(tx, request, register)?;
    let page = fetch(tx, request, register, &mut asked)?;
    let drawer = drawer::asked(tx, request, register, &asked, &page.records)?;
    if request.fragment && asked.open.is_some() {
        return drawer.map(Reply::Fragment).ok_or(Error::NotFound);
    }
    let folded = drawer.is_some();
    let count = count(tx, request, register, &asked, &page)?;
    let body = body(tx, request, register, (&asked, &page), count, drawer)?;
    let live = if asked.query.as_of.is_none() { live::stream(request) } else { None };
    let reply =
        Reply::page(register.many, register.key, body).held(Layout { live, flush: true, folded, extra: BUNDLES, ..Layout::default() });
    Ok(if asked.wrong.is_empty() { reply } else { reply.status(400) })
}

/// The records that the list would have now, for whoever follows it; none for one of the past, which stands still.
pub fn now(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Option<(Vec<Record>, Vec<column::Col>, Asked)>> {
    request.view.demand(register, "read")?;
    let mut asked = asked::read(tx, request, register)?;
    if asked.query.as_of.is_some() {
        return Ok(None);
    }
    let page = fetch(tx, request, register, &mut asked)?;
    let columns = column::chosen(request, register, &asked.address);
    Ok(Some((page.records, columns, asked)))
}

/// The records; what cannot be combined is left out and said.
fn fetch(tx: &mut Tx, request: &Request, register: &'static Register, asked: &mut Asked) -> Result<Page> {
    for _ in 0..3 {
        match list(tx, &request.house, &request.view, register, &asked.query) {
            Err(Error::Malformed(wrong)) => leave_out(asked, wrong),
            found => return found,
        }
    }
    list(tx, &request.house, &request.view, register, &Query::plain(register))
}

fn leave_out(asked: &mut Asked, wrong: Vec<FieldError>) {
    for it in wrong {
        match it.field.as_str() {
            "q" => asked.query.q.clear(),
            _ => asked.query.as_of = None,
        }
        asked.wrong.push(it);
    }
}

/// How many match, and whether there are more than that.
fn count(tx: &mut Tx, request: &Request, register: &'static Register, asked: &Asked, page: &Page) -> Result<(i64, bool)> {
    let alone = page.next.is_none() && page.previous.is_none() && asked.query.cursor.is_none();
    match (alone, asked.query.as_of) {
        (true, _) => Ok((page.records.len() as i64, page.hits.is_some())),
        (false, Some(_)) => Ok((page.count.unwrap_or(page.records.len() as i64), page.more)),
        (false, None) => kept::count(tx, request, register, &asked.query, &asked.question()),
    }
}

fn body(
    tx: &mut Tx,
    request: &Request,
    register: &'static Register,
    (asked, page): (&Asked, &Page),
    count: (i64, bool),
    drawer: Option<Markup>,
) -> Result<Markup> {
    let columns = column::chosen(request, register, &asked.address);
    let total = total(count);
    let head = head(request, register, asked, &columns, count);
    let views = view::tabs(tx, request, register, &asked.address)?;
    let side = side::facets(tx, request, register, asked, count, &total)?;
    let overview = overview::all(tx, request, register, asked)?;
    let bar = bar::bar(tx, request, register, asked)?;
    let mut table = rows(tx, request, register, asked, &page.records, &columns)?;
    table.sums = figure::sums(&page.records, &columns);
    // Columns that somebody chose may be more than a window holds.
    table.wide = asked.address.pairs.iter().any(|(key, _)| key == "columns");
    let body = match page.records.is_empty() {
        true => empty::say(tx, request, register, asked)?,
        false => match bulk::bar(request, register, asked) {
            Some(bulk) => ui::bulk::form(&table, &bulk),
            None => table.render(),
        },
    };
    let list = html! {
        @if let (Some(reference), None) = (&asked.open, &drawer) { (notice(Tone::Warn, &html! { (reference) " is not here, or you may not see it." })) }
        @for it in &asked.wrong { (notice(Tone::Bad, &html! { "Left out: " (bar::label(request, register, &it.field)) ". " (it.message) })) }
        @if let Some(at) = asked.query.as_of { (as_of(request, register, asked, at)) }
        @if let Some(most) = page.newest { (notice(Tone::Warn, &html! {
            "More than " (number(most as i64)) " existed then: this list is made from the newest of them. Narrow it by “Created” to reach older ones."
        })) }
        @if let Some(most) = page.hits { (notice(Tone::Warn, &html! {
            "These words have more than " (number(most as i64)) " hits: this list is made from the newest of them. "
            a href=(asked.address.first_page().with("count", "exact").href()) { "Look at all of them" }
        })) }
        (overview) (bar) (newer(&asked.address.href())) (body)
        @if page.next.is_some() || page.previous.is_some() { (pager(asked, page, count, &total)) }
        @if edits(request, register, asked) && !page.records.is_empty() {
            p.small.ink3.not-small { "Press a value to change it: " kbd { "Enter" } " saves, " kbd { "Esc" } " leaves it as it was." }
        }
    };
    Ok(ui::split::Register { head: html! { (head) (views) }, facets: side, list, drawer }.render())
}

/// Whether values can be changed in the list.
pub fn edits(request: &Request, register: &Register, asked: &Asked) -> bool {
    request.view.may(register, "edit") && asked.query.as_of.is_none()
}

/// "41", or "10,000+" where counting stopped.
pub fn total((count, more): (i64, bool)) -> String {
    format!("{}{}", number(count), if more { "+" } else { "" })
}

/// "41 risks", "1 risk", "No risks".
fn title(register: &Register, count: (i64, bool)) -> String {
    match count {
        (0, _) => format!("No {}", in_sentence(register.many)),
        (1, false) => format!("1 {}", in_sentence(register.one)),
        _ => format!("{} {}", total(count), in_sentence(register.many)),
    }
}

fn head(request: &Request, register: &'static Register, asked: &Asked, columns: &[column::Col], count: (i64, bool)) -> Markup {
    let view = &request.view;
    let mut verbs: Vec<Markup> = Vec::new();
    if view.may(register, "import") && !register.closed {
        verbs.push(Verb::link("Import", format!("/{}/import", register.key)).icon("upload").render());
    }
    if view.may(register, "export") && count.0 > 0 {
        verbs.push(export(register, asked, columns, count));
    }
    if view.may(register, "create") && !register.closed {
        let new = Verb::link(format!("New {}", in_sentence(register.one)), format!("/{}/new", register.key));
        verbs.push(new.first().icon("plus").key("n").render());
    }
    let mut crumbs = crumbs(register, None);
    crumbs.pop();
    Head { crumbs, title: title(register, count), verbs, ..Head::default() }.render()
}

/// What one sees as a file; behind it the other forms, and the same records with every field.
fn export(register: &Register, asked: &Asked, columns: &[column::Col], count: (i64, bool)) -> Markup {
    let question = menu::exported(&asked.address);
    let keys: Vec<&str> = columns.iter().map(column::Col::key).collect();
    let seen = question.with("columns", &keys.join(",")).at(format!("/{}/export.csv", register.key));
    let first = Verb::link(format!("Export {}", total(count)), seen.href()).icon("download");
    html! { span.split { (first) (Later { label: "Export this list".into(), icon: "chevron-down", alone: true, ..export_menu(register, &question) }) } }
}

/// The forms in which a list goes out as a file, as an address asks for it.
pub fn export_menu(register: &Register, address: &Address) -> Later {
    let href = menu::exported(address).at(format!("/{}/exports", register.key)).href();
    Later { label: "Export".into(), icon: "download", at_end: true, href, ..Later::default() }
}

fn as_of(request: &Request, register: &Register, asked: &Asked, at: i64) -> Markup {
    let now = asked.address.first_page().without("as_of").href();
    notice(Tone::Warn, &html! { (register.many) " as they were on " (exact(request, at)) ". " a href=(now) { "As they are now" } })
}

fn pager(asked: &Asked, page: &Page, count: (i64, bool), total: &str) -> Markup {
    let to = |cursor: &kernel::register::Cursor| asked.address.with("cursor", &cursor.encode()).href();
    let exact = (count.1 && asked.query.count != Count::Exact).then(|| asked.address.with("count", "exact").href());
    Pager {
        text: format!("{} of {total} shown", page.records.len()),
        previous: page.previous.as_ref().map(to),
        next: page.next.as_ref().map(to),
        count: exact,
    }
    .render()
}

/// The drawer as it is now, if the address asks for one that something happened to.
pub fn open_now(
    tx: &mut Tx,
    request: &Request,
    register: &'static Register,
    asked: &Asked,
    (page, touched): (&[Record], &dyn Fn(&Record) -> bool),
) -> Result<Option<Markup>> {
    let open = page.iter().find(|record| asked.open.as_deref() == Some(record.reference.as_str()));
    if open.is_some_and(touched) { drawer::asked(tx, request, register, asked, page) } else { Ok(None) }
}

/// The address of a list with what a request asks of it.
pub fn address(register: &Register, question: &str) -> Address {
    Address { path: format!("/{}", register.key), pairs: crate::address::read(question) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_states_the_count() {
        let register = Register { key: "risks", one: "Risk", many: "Risks", ..Register::PLAIN };
        assert_eq!(title(&register, (0, false)), "No risks");
        assert_eq!(title(&register, (1, false)), "1 risk");
        assert_eq!(title(&register, (10_000, true)), "10,000+ risks");
    }
}
