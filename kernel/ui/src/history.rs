//! The history list: every journal entry of a record with what changed from what to what.

use maud::{Markup, Render, html};

use crate::people::{Size, Who};
use crate::text::t;
use crate::time::When;

/// One field's change. Both sides are text that the caller formatted; empty reads as "nothing".
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The field's label.
    pub field: String,
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
}

/// One journal entry.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// Its number in the journal.
    pub number: String,
    /// Who did it.
    pub who: Who,
    /// By what means: page, API token, mail, import, rule.
    pub means: String,
    /// When.
    pub when: When,
    /// The verb: "Resolved", "Created".
    pub verb: String,
    /// The changes.
    pub changes: Vec<Change>,
    /// Why, in the actor's words.
    pub reason: String,
    /// Address of the record as it was then.
    pub as_of: Option<String>,
    /// Address that takes it back, as a verb.
    pub undo: Option<crate::verb::Verb>,
    /// Leads to where its content can be erased for good.
    pub erase: Option<crate::verb::Verb>,
}

impl Render for Entry {
    fn render(&self) -> Markup {
        html! {
            li id={ "entry-" (self.number) } {
                (self.who.face(Size::Small))
                div {
                    div.line.base {
                        span { b { (self.who.name) } " " (self.verb) } (self.when)
                        @if !self.means.is_empty() { span.small.ink3 { (self.means) } }
                        span.push.line.tight {
                            @if let Some(href) = &self.as_of { a.small href=(href) { (t("As it was then")) } }
                            @if let Some(undo) = &self.undo { (undo) }
                            @if let Some(erase) = &self.erase { (erase) }
                            a.ref.small href={ "#entry-" (self.number) } { (self.number) }
                        }
                    }
                    @if !self.changes.is_empty() {
                        dl.changes { @for change in &self.changes { dt { (change.field) } dd { del { (nothing(&change.from)) } " → " ins { (nothing(&change.to)) } } } }
                    }
                    @if !self.reason.is_empty() { p.ink2 { "“" (self.reason) "”" } }
                }
            }
        }
    }
}

fn nothing(text: &str) -> Markup {
    html! { @if text.is_empty() { span.ink3 { (t("nothing")) } } @else { (text) } }
}

/// The whole list.
pub fn history(entries: &[Entry]) -> Markup {
    html! { ol.history { @for entry in entries { (entry) } } }
}
