//! Finding: on a page, and while one types what is wrong.

use super::stands;
use crate::ticket::TICKETS;
use db::Tx;
use estate::service::REGISTER as SERVICES;
use kernel::Result;
use kernel::register::Record;
use kernel::search;
use kernel::web::{Reply, Request};
use maud::{Markup, Render, html};
use pages::Address;
use ui::portal::{big_seek, things};
use ui::states::Empty;
use ui::verb::Verb;

/// Most things found on the page, and while typing.
const MOST: usize = 20;
const SOME: usize = 3;
/// Words looked for while typing, the longest first; they are given up one by one until something is found.
const WORDS: usize = 5;

/// `GET /portal/search?q=`: the page, and as one types what was found alone.
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let words = request.asked("q").unwrap_or_default().trim().to_owned();
    let found = if words.is_empty() { Vec::new() } else { hits(tx, request, &words, MOST)? };
    let services = if words.is_empty() { Vec::new() } else { services(tx, request, &words)? };
    let all = stands::of(tx, request, &found)?;
    let shown: Vec<_> = all.iter().map(|it| it.thing(request)).collect();
    let found = html! {
        @if !services.is_empty() { (about(&services)) }
        @if !shown.is_empty() { section { header.block-head { h2 { "Found among your things" } } (things(&shown)) } }
        @if shown.is_empty() && services.is_empty() && !words.is_empty() { (nothing()) }
        @if !words.is_empty() { (go_on(&words)) }
    };
    if request.fragment {
        return Ok(Reply::Fragment(found));
    }
    let body = html! {
        section.portal-top.portal-page { h1 { (title(&words)) } (big_seek("/portal/search", "Say it in your words", &words, &found)) }
    };
    Ok(Reply::page(title(&words), "/portal", body))
}

fn title(words: &str) -> String {
    if words.is_empty() { "What are you looking for?".into() } else { format!("Found for “{words}”") }
}

fn hits(tx: &mut Tx, request: &Request, words: &str, most: usize) -> Result<Vec<Record>> {
    let found = search::find(tx, &request.house, &request.view, words, Some(&TICKETS), most)?;
    Ok(found.into_iter().map(|hit| hit.record).collect())
}

fn services(tx: &mut Tx, request: &Request, words: &str) -> Result<Vec<Record>> {
    if !request.view.may(&SERVICES, "read") {
        return Ok(Vec::new());
    }
    let found = search::find(tx, &request.house, &request.view, words, Some(&SERVICES), SOME)?;
    Ok(found.into_iter().map(|hit| hit.record).filter(|it| it.state == "live").collect())
}

fn about(services: &[Record]) -> Markup {
    html! {
        section {
            header.block-head { h2 { "What it may be about" } }
            ul.things { @for service in services {
                li {
                    div.line.between.base { span.strong { (service.title()) } }
                    @if !service.text("about").is_empty() { p.ink2 { (service.text("about")) } }
                    div.line {
                        (Verb::link("It does not work", format!("/portal/report?service={}", service.reference)).small())
                        (Verb::link("I need something of it", format!("/portal/ask?service={}", service.reference)).small())
                    }
                }
            } }
        }
    }
}

fn nothing() -> Markup {
    let text = html! { "None of your things has these words. Report it or ask, and the words come along." };
    Empty { title: "Nothing found".into(), text, verbs: Vec::new() }.render()
}

/// From the words to a report or a request with them.
fn go_on(words: &str) -> Markup {
    let to = |path: &str| Address { path: path.into(), pairs: Vec::new() }.with("summary", words).href();
    html! {
        div.line.portal-go {
            (Verb::link("Report this", to("/portal/report")).icon("triangle-alert"))
            (Verb::link("Ask for this", to("/portal/ask")).icon("plus"))
        }
    }
}

/// `GET /portal/similar?summary=`: what the reader may see that sounds like what they type.
pub fn similar(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let mut words = telling(request.asked("summary").unwrap_or_default());
    let mut found = Vec::new();
    while !words.is_empty() && found.is_empty() {
        found = hits(tx, request, &words.join(" "), SOME)?;
        words.pop();
    }
    let all = stands::of(tx, request, &found)?;
    Ok(Reply::Fragment(html! {
        @if !all.is_empty() {
            p.small.ink2 { "Is it one of these? Then write there." }
            ul.stack { @for it in &all { (stands::line(it.record, &it.sentence(request))) } }
        }
    }))
}

/// The longest words, which say most, longest first.
fn telling(text: &str) -> Vec<String> {
    let mut words = search::terms(text);
    words.retain(|word| word.chars().count() > 3);
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    words.truncate(WORDS);
    words
}
