//! While somebody writes down a new incident, the open ones that are like it: so that one trouble is reported once.

use super::address::{ago, href};
use super::head::{mark, status};
use super::sheet::BUNDLES;
use super::similar::{like, likeness};
use crate::ticket::{TICKETS, language};
use db::Tx;
use kernel::Result;
use kernel::register::{Query, Record, list};
use kernel::web::{Layout, Reply, Request};
use maud::{Markup, html};
use ui::facts::columns;

/// Most tickets shown, and looked at.
const SHOWN: usize = 5;
const LOOKED_AT: usize = 30;
/// Less likeness than this is chance.
const LEAST: usize = 25;
/// What the same requester and the same service count, in percent of likeness.
const SAME_REQUESTER: usize = 30;
const SAME_SERVICE: usize = 15;
/// Fields that say which tickets are alike.
const ASKED: &str = "[name=summary],[name=requester],[name=service]";

/// `GET /incidents/new`: the engine's form, and beside it a place for what is like it.
pub fn new_incident(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let beside = html! {
        section #alike aria-live="polite" hx-get="/incidents/alike" hx-trigger={ "input changed delay:300ms from:(" (ASKED) "), load" } hx-include=(ASKED) {
            h2.cap { "Reported already?" }
            p.small.ink3 { "Open tickets with the same words, or of the same person, appear here while you type." }
        }
    };
    Ok(match pages::handle_get(tx, request)? {
        Reply::Page { title, here, body, .. } => {
            let body = html! { div.ticket { (columns(&body, &beside, "Reported already?")) } };
            Reply::page(title, here, body).held(Layout { extra: BUNDLES, ..Layout::default() })
        }
        other => other,
    })
}

/// An open ticket that may be the same: how much it is like it, and in what.
struct Alike {
    record: Record,
    likeness: usize,
    requester: bool,
    service: bool,
}

/// `GET /incidents/alike?summary=&requester=&service=`
pub fn alike(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let summary = request.asked("summary").unwrap_or_default();
    let mut found = like(tx, request, summary, LOOKED_AT)?;
    found.retain(|it| it.int("active") == Some(1));
    let (requester, service) = (named(tx, request, "requester")?, named(tx, request, "service")?);
    for it in requester.iter().chain(&service) {
        if found.iter().all(|other| other.id != it.id) {
            found.push(it.clone());
        }
    }
    let among = |of: &[Record], it: &Record| of.iter().any(|other| other.id == it.id);
    let one = |record: Record| {
        let (requester, service) = (among(&requester, &record), among(&service, &record));
        let likeness = likeness(summary, record.title());
        Alike { record, likeness, requester, service }
    };
    let mut found: Vec<Alike> = found.into_iter().map(one).collect();
    found.retain(|it| it.weight() >= LEAST);
    found.sort_by_key(|it| std::cmp::Reverse(it.weight()));
    found.truncate(SHOWN);
    Ok(Reply::Fragment(drawn(request, summary, &found)))
}

impl Alike {
    fn weight(&self) -> usize {
        self.likeness + usize::from(self.requester) * SAME_REQUESTER + usize::from(self.service) * SAME_SERVICE
    }
}

/// Open tickets, the latest first, that name the same as a field of the form does; none while it names nothing.
fn named(tx: &mut Tx, request: &Request, key: &str) -> Result<Vec<Record>> {
    let text = request.asked(key).unwrap_or_default().trim();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let reference = pages::reference_in(&request.house, text).to_owned();
    let pairs = [(key.to_owned(), reference), ("active".to_owned(), "true".to_owned())];
    // What is half typed names nothing yet.
    let Ok(mut query) = Query::parse(tx, &request.house, &request.view, &TICKETS, &pairs) else { return Ok(Vec::new()) };
    (query.lean, query.limit) = (true, LOOKED_AT);
    Ok(list(tx, &request.house, &request.view, &TICKETS, &query)?.records)
}

fn drawn(request: &Request, summary: &str, found: &[Alike]) -> Markup {
    let same = |it: &Alike| match (it.requester, it.service) {
        (true, true) => Some("same requester, same service"),
        (true, false) => Some("same requester"),
        (false, true) => Some("same service"),
        (false, false) => None,
    };
    html! {
        h2.cap { "Reported already?" }
        @if found.is_empty() {
            p.small.ink3 { @if summary.trim().is_empty() { "Open tickets with the same words, or of the same person, appear here while you type." } @else { "No open ticket is like it." } }
        } @else {
            ul.alike { @for it in found {
                @let record = &it.record;
                li {
                    a href=(href(&request.house, record)) lang=[language::of(record.title())] { (record.title()) }
                    div.line.small.ink3 { (mark(record)) span.ref { (record.reference) } (status(record)) (ago(request, record.updated_at)) @if it.likeness > 0 { span.push { (it.likeness) "\u{a0}%" } } }
                    @if let Some(same) = same(it) { div.small.ink3 { (same) } }
                }
            } }
            p.small.ink3 { "If it is one of these, write there instead: then both are told." }
        }
    }
}
