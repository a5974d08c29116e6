//! The portal's first page.

use super::stands;
use super::things::{Which, of, starts};
use db::Tx;
use kernel::Result;
use kernel::web::{Reply, Request};
use maud::{Markup, html};
use ui::control::Choice;
use ui::portal::{big_seek, offers, things};
use ui::verb::verbs;

/// Most things shown here.
const SOME: usize = 6;
/// Most services offered to ask something of.
const OFFERED: usize = 5;

/// `GET /portal`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let own = of(tx, request, Which::Open, SOME, None)?;
    let followed = of(tx, request, Which::Followed, SOME, None)?;
    let mine = stands::of(tx, request, &own.records)?;
    let others = stands::of(tx, request, &followed.records)?;
    let first = request.view.name.split_whitespace().next().unwrap_or_default();
    let services = super::report::services(tx, request)?;
    let shown: Vec<_> = mine.iter().map(|it| it.thing(request)).collect();
    let main = html! {
        header.block-head { h2 { "Your things" } a.small.push href="/portal/things?which=all" { "All of them" } }
        @if shown.is_empty() { p.ink2 { "Nothing is open. What you report or ask for stands here until it is done. " a href="/help/requester" { "How to ask for help" } } } @else { (things(&shown)) }
        @if own.next.is_some() { p.small { a href="/portal/things" { "More that is open" } } }
    };
    let body = html! {
        section.portal-top {
            h1 { "How can we help, " (first) "?" }
            (big_seek("/portal/search", "Say it in your words: “the scanner in lane 3 beeps twice”", "", &html! {}))
            div.line { (verbs(&starts())) }
        }
        @if others.is_empty() { div.portal-main { (main) } }
        @else { div.portal-main { (ui::facts::columns(&main, &of_others(request, &others), "Things of others")) } }
        @if !services.is_empty() { (asks(&services)) }
    };
    Ok(Reply::page("How can we help?", "/portal", body))
}

/// Services that somebody may ask something of, those they know first.
fn asks(services: &[Choice]) -> Markup {
    let offer =
        |it: &Choice| ("layers", it.label.clone(), "ask for something of it".to_owned(), format!("/portal/ask?service={}", it.value));
    let rest = ("layout-list", "Something else".to_owned(), "in your own words".to_owned(), "/portal/ask".to_owned());
    let all: Vec<_> = services.iter().take(OFFERED).map(offer).chain([rest]).collect();
    html! {
        section.portal-asks {
            header.block-head { h2 { "Ask for something" } span.small.ink3 { "what the desk looks after" } }
            (offers(&all))
        }
    }
}

fn of_others(request: &Request, all: &[stands::Stands]) -> Markup {
    html! {
        section {
            h2 { "You follow" }
            ul.stack { @for it in all { (stands::line(it.record, &it.sentence(request))) } }
        }
    }
}
