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
    /// The record began with it: what its fields were is not said, only what they became.
    pub begins: bool,
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
                            a.ref.small href={ "#entry-" (self.number) } title={ (t("Entry")) " " (self.number) " " (t("of the journal")) } { (t("entry")) " " (self.number) }
                        }
                    }
                    @if !self.changes.is_empty() {
                        dl.changes { @for change in &self.changes { dt { (change.field) } dd { (self.said(change)) } } }
                    }
                    @if !self.reason.is_empty() { p.ink2 { "“" (self.reason) "”" } }
                }
            }
        }
    }
}

impl Entry {
    fn said(&self, change: &Change) -> Markup {
        match self.begins {
            true => html! { (change.to) },
            false => html! { del { (nothing(&change.from)) } " → " ins { (nothing(&change.to)) } },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_record_began_with_is_not_said_to_have_been_nothing() {
        let change = Change { field: "State".into(), from: String::new(), to: "Open".into() };
        let entry = Entry { number: "195".into(), begins: true, changes: vec![change], ..Entry::default() };
        let began = entry.render().into_string();
        assert!(began.contains("<dd>Open</dd>") && !began.contains("nothing"), "{began}");
        assert!(began.contains("title=\"Entry 195 of the journal\">entry 195<"), "{began}");
        let later = Entry { begins: false, ..entry }.render().into_string();
        assert!(later.contains("nothing") && later.contains("→"), "{later}");
    }
}
