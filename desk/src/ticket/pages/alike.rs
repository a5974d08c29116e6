//! While somebody writes down a new incident, the open ones that are like it: so that one trouble is reported once.

use super::address::{ago, href};
use super::head::{mark, status};
use super::sheet::BUNDLES;
use super::similar::{like, likeness};
use db::Tx;
use kernel::Result;
use kernel::register::Record;
use kernel::web::{Layout, Reply, Request};
use maud::{Markup, html};
use ui::facts::columns;

/// Most tickets shown, and looked at.
const SHOWN: usize = 5;
const LOOKED_AT: usize = 30;
/// Less likeness than this is chance.
const LEAST: usize = 25;

/// `GET /incidents/new`: the engine's form, and beside it a place for what is like it.
pub fn new_incident(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let beside = html! {
        section #alike aria-live="polite" hx-get="/incidents/alike" hx-trigger="input changed delay:300ms from:[name=summary], load" hx-include="[name=summary]" {
            h2.cap { "Reported already?" }
            p.small.ink3 { "Open tickets with the same words appear here while you type." }
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

/// `GET /incidents/alike?summary=`
pub fn alike(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let summary = request.asked("summary").unwrap_or_default();
    let mut found = like(tx, request, summary, LOOKED_AT)?;
    found.retain(|it| it.int("active") == Some(1) && likeness(summary, it.title()) >= LEAST);
    found.truncate(SHOWN);
    Ok(Reply::Fragment(drawn(request, summary, &found)))
}

fn drawn(request: &Request, summary: &str, found: &[Record]) -> Markup {
    html! {
        h2.cap { "Reported already?" }
        @if found.is_empty() {
            p.small.ink3 { @if summary.trim().is_empty() { "Open tickets with the same words appear here while you type." } @else { "No open ticket is like it." } }
        } @else {
            ul.alike { @for it in found {
                li {
                    a href=(href(&request.house, it)) { (it.title()) }
                    div.line.small.ink3 { (mark(it)) span.ref { (it.reference) } (status(it)) (ago(request, it.updated_at)) span.push { (likeness(summary, it.title())) "\u{a0}%" } }
                }
            } }
            p.small.ink3 { "If it is one of these, write there instead: then both are told." }
        }
    }
}
