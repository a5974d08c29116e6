//! The palette: what one can do on this, where one can go, what is found, what can be begun. The script ranks and marks what stands here
//! as one types; without it the same groups are a page of links and buttons.

use maud::{Markup, Render, html};

use crate::icon;
use crate::text::t;
use crate::verb::{Act, Verb};

/// One thing that can be chosen.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What it does or where it leads, its icon and its key.
    pub verb: Verb,
    /// A word about it at the right: kind, state, number.
    pub hint: String,
    /// Other words by which it is found, parted by spaces.
    pub words: String,
}

impl Choice {
    /// A verb, found by its label alone.
    pub fn new(verb: Verb) -> Choice {
        Choice { verb, hint: String::new(), words: String::new() }
    }
    /// With a word at the right.
    pub fn hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = hint.into();
        self
    }
    /// With other words by which it is found.
    pub fn words(mut self, words: impl Into<String>) -> Choice {
        self.words = words.into();
        self
    }

    fn option(&self) -> Markup {
        let words = (!self.words.is_empty()).then_some(&self.words);
        let inside = html! {
            (icon::small(self.verb.icon.unwrap_or("chevron-right"))) span { (self.verb.label) }
            @if !self.hint.is_empty() || self.verb.key.is_some() {
                span.hint { (self.hint) @if let Some(key) = &self.verb.key { @for part in key.split(' ') { (crate::keys::hint(part)) } } }
            }
        };
        match &self.verb.act {
            Act::Post { url, .. } => {
                html! { button.opt type="button" role="option" tabindex="-1" data-post=(url) data-words=[words] { (inside) } }
            }
            Act::Link(href) | Act::Open { href, .. } => {
                html! { a.opt role="option" tabindex="-1" href=(href) data-words=[words] { (inside) } }
            }
            Act::Submit(_) => html! {},
        }
    }
}

/// Choices under a heading.
#[derive(Debug, Clone)]
pub struct Group {
    /// `on`, `go`, `found` or `do`: their order, and which of them `>` keeps.
    pub kind: &'static str,
    /// The heading: "On INC-4124".
    pub label: String,
    /// The choices, those first that most people want.
    pub choices: Vec<Choice>,
}

/// The groups as options of the palette's list, for the script to put in.
pub fn options(groups: &[Group]) -> Markup {
    html! { @for group in groups.iter().filter(|group| !group.choices.is_empty()) {
        div role="group" aria-label=(group.label) data-group=(group.kind) {
            div.cap aria-hidden="true" { (group.label) }
            @for choice in &group.choices { (choice.option()) }
        }
    } }
}

/// The same as a page: links to follow and buttons to press.
pub fn page(groups: &[Group]) -> Markup {
    html! { @for group in groups.iter().filter(|group| !group.choices.is_empty()) {
        section.block {
            h2 { (group.label) }
            ul.stack { @for choice in &group.choices {
                li.line { (choice.verb.clone().bare().render()) @if !choice.hint.is_empty() { span.small.ink3 { (choice.hint) } } }
            } }
        }
    } }
}

/// What stands at the foot of the palette: how to choose, and the signs that narrow.
pub fn foot() -> Markup {
    html! {
        div.foot aria-hidden="true" {
            span { kbd { "↑" } " " kbd { "↓" } " " (t("choose")) } span { kbd { "↵" } " " (t("open")) } span { kbd { "Ctrl ↵" } " " (t("in a new tab")) }
            span.push { "> " (t("verbs only")) " \u{a0} # " (t("number")) " \u{a0} @ " (t("person")) }
        }
    }
}
