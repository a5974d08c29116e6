//! What colleagues who are at a ticket now are writing there, before they have sent it: so that two do not answer the same.

use super::address::href;
use crate::ticket::{INCIDENTS, REQUESTS, place_of_draft, store};
use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::live::{Doing, Presence};
use kernel::register::{self, Record};
use kernel::web::{Reply, Request};
use maud::{Markup, html};
use serde_json::Value as Json;
use ui::head::Head;
use ui::journal::paragraphs;
use ui::people::{Size, Who};

/// `GET /incidents/{reference}/drafts`
pub fn incident(tx: &mut Tx, request: &Request) -> Result<Reply> {
    page(tx, request, &INCIDENTS)
}

/// `GET /requests/{reference}/drafts`
pub fn request(tx: &mut Tx, request: &Request) -> Result<Reply> {
    page(tx, request, &REQUESTS)
}

/// Most colleagues whose drafts are shown.
const MOST: usize = 5;

fn page(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    let shown = drafts(tx, request, &record)?;
    if request.fragment {
        return Ok(Reply::Fragment(shown));
    }
    let head = Head {
        crumbs: vec![(register.many.into(), format!("/{}", register.key)), (record.reference.clone(), href(&request.house, &record))],
        title: format!("What colleagues are writing on {}", record.reference),
        lead: Some(record.title().to_owned()),
        ..Head::default()
    };
    Ok(Reply::page("Being written", register.key, html! { (head) (shown) }))
}

/// The drafts of those who write now; whoever only looks may have an old one, which is nobody's business.
fn drafts(tx: &mut Tx, request: &Request, record: &Record) -> Result<Markup> {
    let here = request.house.memory.shared::<Presence>().at(std::slice::from_ref(&record.reference));
    let mut all = Vec::new();
    for it in here.iter().filter(|it| it.person != request.view.person && it.doing != Doing::Looks).take(MOST) {
        let Some((content, _)) = store::draft::read(tx, it.person, place_of_draft(record))? else { continue };
        let typed: Json = serde_json::from_str(&content).unwrap_or_default();
        let text = typed["text"].as_str().unwrap_or_default().trim().to_owned();
        if !text.is_empty() {
            all.push((it.name.clone(), typed["mode"] == "internal", text));
        }
    }
    Ok(html! {
        @if all.is_empty() { p.small.ink3 { "Nobody else is writing here now." } }
        @for (name, internal, text) in &all {
            div.theirs {
                (Who::person(name).here().face(Size::Small))
                div { p.small.ink3 { b { (name) } @if *internal { ", an internal note, not kept yet" } @else { ", a reply, not sent yet" } } (paragraphs(text)) }
            }
        }
    })
}
