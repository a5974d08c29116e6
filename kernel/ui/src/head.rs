//! The record header: where one is, the title that states the finding, what marks the record, and its verbs.

use maud::{Markup, Render, html};

use crate::icon;
use crate::text::t;

/// The place among its neighbours, with keys j and k.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// "1 of 34".
    pub text: String,
    /// Address that gives the text later, to a script.
    pub ask: Option<String>,
    /// The record before.
    pub previous: Option<String>,
    /// The record after.
    pub next: Option<String>,
}

/// A page head.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// Pages above this one: name and address; an empty address is plain text.
    pub crumbs: Vec<(String, String)>,
    /// The place among neighbours.
    pub place: Option<Place>,
    /// The page's one h1.
    pub title: String,
    /// Language of the title when it is not the page's.
    pub lang: Option<&'static str>,
    /// A sentence under the title.
    pub lead: Option<String>,
    /// Live updates replace it where it stands: the page's own head, not that of a preview.
    pub live: bool,
    /// Reference, priority, status, clocks, people: each an element of the meta line.
    pub meta: Vec<Markup>,
    /// Who is here, verbs, menu: at the right, in order.
    pub verbs: Vec<Markup>,
}

impl Render for Head {
    fn render(&self) -> Markup {
        html! {
            header.head id=[self.live.then_some("head")] {
                @if !self.crumbs.is_empty() || self.place.is_some() { (self.crumbs()) }
                div.top {
                    div {
                        h1 lang=[self.lang] dir=[self.lang.map(|_| "auto")] { (self.title) }
                        @if let Some(lead) = &self.lead { p.lead { (lead) } }
                        @if !self.meta.is_empty() { div.meta { @for part in &self.meta { (part) } } }
                    }
                    @if !self.verbs.is_empty() { div.verbs { @for verb in &self.verbs { (verb) } } }
                }
            }
        }
    }
}

impl Head {
    fn crumbs(&self) -> Markup {
        html! {
            div.crumbs {
                @for (i, (label, href)) in self.crumbs.iter().enumerate() {
                    @if i > 0 { (icon::small("chevron-right")) }
                    @if href.is_empty() { span { (label) } } @else { a href=(href) { (label) } }
                }
                @if let Some(place) = &self.place {
                    (icon::small("chevron-right")) span.place hx-get=[&place.ask] hx-trigger=[place.ask.as_ref().map(|_| "load")] { (place.text) }
                    @if let Some(href) = &place.previous { (step(href, "chevron-up", t("Previous"), "k")) }
                    @if let Some(href) = &place.next { (step(href, "chevron-down", t("Next"), "j")) }
                }
            }
        }
    }
}

fn step(href: &str, name: &str, label: &str, key: &str) -> Markup {
    html! { a.verb.bare.icon.small href=(href) aria-label={ (label) ", " (key) } data-key=(key) { (icon::small(name)) } }
}

/// The record's number, grey; a press on the copy verb beside it copies its address.
pub fn reference(number: &str, href: &str) -> Markup {
    html! { a.ref href=(href) data-key="." data-copy=(href) title=(t("Copy the link with .")) { (number) } }
}

/// A section of a page with a heading, a grey remark and verbs at the end of the line.
pub fn block(title: &str, remark: &str, verbs: &Markup, body: &Markup) -> Markup {
    html! {
        section.block {
            header { h2 { (title) } @if !remark.is_empty() { span.small.ink3 { (remark) } } span.push { (verbs) } }
            (body)
        }
    }
}
