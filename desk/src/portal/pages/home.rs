//! The portal's first page.

use super::stands;
use super::things::{Which, of, starts};
use db::Tx;
use kernel::Result;
use kernel::web::{Reply, Request};
use maud::{Markup, html};
use ui::portal::{big_seek, things};
use ui::verb::verbs;

/// Most things shown here.
const SOME: usize = 6;

/// `GET /portal`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let own = of(tx, request, Which::Open, SOME, None)?;
    let followed = of(tx, request, Which::Followed, SOME, None)?;
    let mine = stands::of(tx, request, &own.records)?;
    let others = stands::of(tx, request, &followed.records)?;
    let first = request.view.name.split_whitespace().next().unwrap_or_default();
    let shown: Vec<_> = mine.iter().map(|it| it.thing(request)).collect();
    let main = html! {
        header.block-head { h2 { "Your things" } a.small.push href="/portal/things?which=all" { "All of them" } }
        @if shown.is_empty() { p.ink2 { "Nothing is open. What you report or ask for stands here until it is done. " a href="/help/requester" { "How to ask for help" } } } @else { (things(&shown)) }
        @if own.next.is_some() { p.small { a href="/portal/things" { "More that is open" } } }
    };
    let body = html! {
        section.portal-top {
            h1 { "How can we help, " (first) "?" }
            (big_seek("/portal/search", "Say it in your words", ""))
            div.line { (verbs(&starts())) }
        }
        @if others.is_empty() { div.portal-main { (main) } }
        @else { div.portal-main { (ui::facts::columns(&main, &of_others(request, &others), "Things of others")) } }
    };
    Ok(Reply::page("How can we help?", "/portal", body))
}

fn of_others(request: &Request, all: &[stands::Stands]) -> Markup {
    html! {
        section {
            h2 { "You follow" }
            ul.stack { @for it in all { (stands::line(it.record, &it.sentence(request))) } }
        }
    }
}
