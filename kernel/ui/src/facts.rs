//! Facts beside a record: sections with a small heading, label and value, no boxes.

use maud::{Markup, Render, html};

use crate::marks::Tone;

/// One section.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// At the end of the heading's line: "very likely", a why.
    pub aside: Option<Markup>,
    /// What it holds.
    pub body: Markup,
}

impl Section {
    /// A section.
    pub fn new(title: impl Into<String>, body: Markup) -> Self {
        Self { title: title.into(), aside: None, body }
    }
    fn heading(&self) -> Markup {
        html! { (self.title) @if let Some(aside) = &self.aside { span.push { (aside) } } }
    }
    /// With something at the end of the heading's line.
    pub fn aside(mut self, aside: Markup) -> Self {
        self.aside = Some(aside);
        self
    }
}

/// The sections of the margin.
#[derive(Debug, Clone, Default)]
pub struct Facts(pub Vec<Section>);

impl Render for Facts {
    fn render(&self) -> Markup {
        html! { div.facts { @for section in &self.0 { section { h2 { (section.heading()) } (section.body) } } } }
    }
}

impl Facts {
    /// The same where a heading of the second level stands above it, as in a drawer.
    pub fn under(&self) -> Markup {
        html! { div.facts { @for section in &self.0 { section { @if !section.title.is_empty() { h3 { (section.heading()) } } (section.body) } } } }
    }
}

/// Labels and values; `wide` gives long labels room.
pub fn kv(pairs: &[(String, Markup)], wide: bool) -> Markup {
    html! { dl.kv.wide[wide] { @for (label, value) in pairs { dt { (label) } dd { (value) } } } }
}

/// Two columns: the page's main column and its margin of facts.
pub fn columns(main: &Markup, margin: &Markup, label: &str) -> Markup {
    html! { div.cols { section { (main) } (self::margin(margin, label)) } }
}

/// The margin alone; a live update replaces what it holds.
pub fn margin(margin: &Markup, label: &str) -> Markup {
    html! { aside.margin #facts aria-label=(label) { (margin) } }
}

/// A remark with a coloured edge: a suspicion, a warning, good news.
pub fn note(tone: Tone, body: &Markup) -> Markup {
    html! { div class={ "note " (tone.class()) } { (body) } }
}

/// A step of an impact chain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Link {
    /// Only on the way.
    #[default]
    Through,
    /// Hit.
    Hit,
    /// A business process at the end.
    End,
}

/// What a failure reaches, from cause to business, optionally closed by a sum.
pub fn chain(steps: &[(Link, Markup)], sum: Option<(&str, &str)>) -> Markup {
    html! {
        ul.chain { @for (link, body) in steps { li.hit[*link == Link::Hit].end[*link == Link::End] { (body) } } }
        @if let Some((label, value)) = sum { div.line.between.chain-sum { span { (label) } b { (value) } } }
    }
}

/// A figure that answers "Why?": dotted, and the reason is one press away.
pub fn figure(shown: &str, href: &str, definition: &str) -> Markup {
    html! { a.def href=(href) title=(definition) { (shown) } }
}

/// The word "why?" beside a mark.
pub fn why(href: &str, text: &str) -> Markup {
    html! { a.why href=(href) data-key="w" { (text) } }
}
