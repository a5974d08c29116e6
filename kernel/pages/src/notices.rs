//! `/notifications`: what happened to what one works on, follows or is named in; and what one did lately, with its undo.

use db::Tx;
use kernel::notice::{self, Notice, Recent};
use kernel::register::{self, Record, names_of};
use kernel::web::{Layout, Reply, Request};
use kernel::{Act, Error, Result};
use maud::{Markup, Render, html};
use std::collections::HashMap;
use ui::format::{upper, words};
use ui::head::{Head, block};
use ui::people::{Size, Who};
use ui::states::Empty;
use ui::verb::Verb;

use crate::shown::{Shown, record_href, when};

/// Notices on a page.
const ON_PAGE: usize = 50;

/// What the page needs beyond the core.
const EXTRA: &[&str] = &["notices.css", "notices.js"];

/// `GET /notifications`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let before = request.asked("before").and_then(|text| text.parse().ok());
    let all = notice::latest(tx, request.view.person, before, ON_PAGE)?;
    let last = all.last().filter(|_| all.len() == ON_PAGE).map(|notice| notice.id);
    let shown = seen(tx, request, all)?;
    let unread = notice::unread(tx, &request.house, &request.view)?;
    let title = match unread {
        0 => "Nothing new for you".to_owned(),
        1 => "One thing is new for you".to_owned(),
        count => format!("{} things are new for you", upper(&words(count))),
    };
    let verbs =
        if unread > 0 { vec![Verb::post("Mark all as read", "/notifications/read", request.csrf.clone()).render()] } else { Vec::new() };
    let head = Head { title, verbs, ..Head::default() };
    let which = Verb::link("Which you get", "/me#notifications").small().bare();
    let list = list(tx, request, &shown)?;
    let recent = notice::recent(tx, request.view.person)?;
    let body = html! {
        (head)
        (block("For you", "", &which.render(), &html! {
            (list)
            @if let Some(last) = last { p { (Verb::link("Earlier", format!("/notifications?before={last}")).small()) } }
        }))
        (block("Recent", "what you did, and what can still be taken back", &html! {}, &done(request, &recent)))
    };
    Ok(Reply::page("Notifications", "/notifications", body).held(Layout { extra: EXTRA, ..Layout::default() }))
}

/// Those whose record the viewer may see, with it; records are read once a register.
fn seen(tx: &mut Tx, request: &Request, all: Vec<Notice>) -> Result<Vec<(Notice, Record)>> {
    let (house, view) = (&request.house, &request.view);
    let mut wanted: HashMap<&'static str, Vec<i64>> = HashMap::new();
    let mut told = Vec::new();
    for notice in all {
        let Some(register) = house.register(&notice.register) else { continue };
        if !notice.internal || view.may(register, "internal") {
            wanted.entry(register.key).or_default().push(notice.record);
            told.push(notice);
        }
    }
    let mut records = HashMap::new();
    for (key, ids) in wanted {
        let Some(register) = house.register(key) else { continue };
        records.extend(register::by_ids(tx, house, view, register, &ids)?.into_iter().map(|it| (it.id, it)));
    }
    let with_record = |notice: Notice| records.get(&notice.record).cloned().map(|record| (notice, record));
    let mut shown: Vec<(Notice, Record)> = told.into_iter().filter_map(with_record).collect();
    // What was told later may have happened before.
    shown.sort_by_key(|(notice, _)| std::cmp::Reverse(notice.at));
    Ok(shown)
}

fn list(tx: &mut Tx, request: &Request, shown: &[(Notice, Record)]) -> Result<Markup> {
    if shown.is_empty() {
        let text = html! { "You are told here when something is given to you, when somebody names you, and when something happens to what you follow." };
        return Ok(Empty { title: "Nothing has happened yet".into(), text, verbs: Vec::new() }.render());
    }
    let actors: Vec<(&'static str, i64)> = shown.iter().filter_map(|(notice, _)| notice.actor).map(|id| ("people", id)).collect();
    let names = names_of(tx, &request.house, &request.view, &[], &actors)?;
    let names = Shown { request, names: &names };
    Ok(html! { ol.notices data-rows { @for (notice, record) in shown { (line(request, &names, notice, record)) } } })
}

fn line(request: &Request, names: &Shown, notice: &Notice, record: &Record) -> Markup {
    let read = format!("/notifications/{}/read", notice.id);
    let who = notice.actor.map_or_else(|| Who::machine("Reeve"), |id| Who::person(names.name(id)));
    html! {
        li.unread[!notice.read] id={ "n" (notice.id) } data-row=(record.reference) {
            @if notice.read { span {} } @else { span.new-mark title="New" { span.vh { "New" } } }
            (who.face(Size::Small))
            div {
                (who.name) " " (notice.words) " "
                a.subject href=(record_href(&request.house, record)) data-reads=[(!notice.read).then_some(&read)] { (record.title()) }
                " " span.ref { (record.reference) }
            }
            (when(request, notice.at))
            @if !notice.read { (Verb::post("Mark as read", read, request.csrf.clone()).only_icon("check").small().bare()) }
        }
    }
}

fn done(request: &Request, recent: &[Recent]) -> Markup {
    if recent.is_empty() {
        return html! { p.ink3 { "Nothing yet. Whatever you do is listed here, and most of it can be taken back." } };
    }
    html! { ol.notices { @for it in recent {
        li {
            span {} span {} div { (it.words) } (when(request, it.at))
            @if !it.undo.is_empty() { (Verb::post("Undo", it.undo.clone(), request.csrf.clone()).with("back", "/notifications").small()) }
        }
    } } }
}

/// `POST /notifications/read`
pub fn read_all(act: &mut Act, request: &Request) -> Result<Reply> {
    notice::read_all(act.tx, request.view.person, act.recorded_at)?;
    Ok(Reply::redirect("/notifications", ""))
}

/// `POST /notifications/{id}/read`
pub fn read(act: &mut Act, request: &Request, id: &str) -> Result<Reply> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    notice::read(act.tx, request.view.person, id, act.recorded_at)?;
    Ok(Reply::redirect(format!("/notifications#n{id}"), ""))
}
