//! All of somebody's things, and those of others that they follow.

use super::stands;
use crate::portal::face::HOME;
use crate::ticket::TICKETS;
use db::{Tx, Value};
use kernel::Result;
use kernel::register::{Count, Cursor, Filter, Op, Page, Query, list};
use kernel::web::{Reply, Request};
use maud::{Markup, Render, html};
use pages::Address;
use ui::pager::Pager;
use ui::portal::{big_seek, things};
use ui::states::Empty;
use ui::tabs::{Tab, tabs};
use ui::verb::Verb;

/// Things on a page.
const SOME: usize = 20;

/// States in which somebody still waits for something: also for whoever asked to say whether it works.
const OPEN: &[&str] = &["new", "assigned", "in_progress", "pending", "resolved"];

/// Which things.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// One's own that are not over.
    Open,
    /// All one's own.
    All,
    /// Those of others that one follows.
    Followed,
}

impl Which {
    const WORDS: [(Which, &'static str, &'static str); 3] =
        [(Which::Open, "", "Open"), (Which::All, "all", "All"), (Which::Followed, "followed", "Of others")];

    fn asked(request: &Request) -> Which {
        let wanted = request.asked("which").unwrap_or_default();
        Self::WORDS.iter().find(|(_, word, _)| *word == wanted).map_or(Which::Open, |(which, ..)| *which)
    }
}

/// The things of a reader, the last moved first.
pub fn of(tx: &mut Tx, request: &Request, which: Which, limit: usize, cursor: Option<Cursor>) -> Result<Page> {
    let filter = |key: &str, op: Op, values: Vec<Value>| Filter { key: key.into(), op, values, written: String::new() };
    let me = Value::Int(request.view.person);
    let mut query = Query { limit, cursor, count: Count::Rough, ..Query::plain(&TICKETS) };
    query.filters = match which {
        Which::Open => {
            let states = OPEN.iter().map(|state| Value::from(*state)).collect();
            vec![filter("requester", Op::Is, vec![me]), filter("state", Op::Is, states)]
        }
        Which::All => vec![filter("requester", Op::Is, vec![me])],
        Which::Followed => vec![filter("requester", Op::Not, vec![me.clone()]), filter("watchers", Op::Is, vec![me])],
    };
    list(tx, &request.house, &request.view, &TICKETS, &query)
}

/// `GET /portal/things?which=`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let which = Which::asked(request);
    let cursor = request.asked("cursor").and_then(Cursor::decode);
    let found = of(tx, request, which, SOME, cursor)?;
    let all = stands::of(tx, request, &found.records)?;
    let shown: Vec<_> = all.iter().map(|it| it.thing(request)).collect();
    let body = html! {
        section.portal-top.portal-page { h1 { "My things" } (big_seek("/portal/search", "Find among your things", "", &html! {})) }
        (tab_line(which))
        @if shown.is_empty() { (empty(which)) } @else { (things(&shown)) (pager(request, &found)) }
    };
    Ok(Reply::page("My things", "/portal/things", body))
}

fn tab_line(current: Which) -> Markup {
    let tab = |(which, word, label): &(Which, &str, &str)| Tab {
        label: (*label).into(),
        href: if word.is_empty() { format!("{HOME}/things") } else { format!("{HOME}/things?which={word}") },
        current: *which == current,
        count: None,
    };
    tabs("Which things", &Which::WORDS.iter().map(tab).collect::<Vec<_>>(), &html! {})
}

fn empty(which: Which) -> Markup {
    let (title, text) = match which {
        Which::Open => ("Nothing is open", "What you report or ask for stands here until it is done."),
        Which::All => ("You have not asked for anything yet", "What you report or ask for stands here, and stays."),
        Which::Followed => ("You follow nothing of others", "When somebody lets you follow something of theirs, it stands here."),
    };
    let verbs = if which == Which::Followed { Vec::new() } else { starts() };
    Empty { title: title.into(), text: html! { (text) }, verbs }.render()
}

/// The two ways to begin.
pub fn starts() -> Vec<Verb> {
    vec![
        Verb::link("Something is broken", "/portal/report").icon("triangle-alert"),
        Verb::link("I need something", "/portal/ask").icon("plus"),
    ]
}

fn pager(request: &Request, found: &Page) -> Markup {
    let here = Address::of(request);
    let to = |cursor: &Cursor| here.with("cursor", &cursor.encode()).href();
    let text = format!("{} shown", found.records.len());
    Pager { text, previous: found.previous.as_ref().map(to), next: found.next.as_ref().map(to), count: None }.render()
}
