//! A form: sections of fields, a summary of what is wrong, verbs, a draft that is kept while one types.

use maud::{Markup, Render, html};

use crate::composer::Draft;
use crate::control::Kind;
use crate::field::Field;
use crate::icon;
use crate::text::{noun, t};
use crate::verb::{Act, Verb};

/// A group of fields under a heading; an empty heading shows none.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Heading.
    pub title: String,
    /// A sentence under it.
    pub lead: String,
    /// The fields.
    pub fields: Vec<Field>,
    /// Its fields come when the heading is pressed.
    pub folded: bool,
}

/// A form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Where it posts.
    pub action: String,
    /// The session's token.
    pub csrf: String,
    /// The version of the record the form was made from; posted as `version`, so that a later save by somebody else is noticed.
    pub version: Option<String>,
    /// What went wrong with the form as a whole.
    pub error: Option<String>,
    /// The groups of fields.
    pub parts: Vec<Part>,
    /// Verbs at the foot; the first should be a submitting one.
    pub verbs: Vec<Verb>,
    /// Where the draft goes while one types.
    pub draft: Option<Draft>,
    /// Fields in two columns on wide screens.
    pub two_columns: bool,
    /// Carries files.
    pub files: bool,
    /// Its fields show a record as it stands: saved in another window, they stay as they are.
    pub shows_record: bool,
    /// Waits for the line instead of getting lost when there is none.
    pub waits: bool,
}

impl Render for Form {
    fn render(&self) -> Markup {
        html! {
            form.form.two[self.two_columns] method="post" action=(self.action) enctype=[self.files.then_some("multipart/form-data")] novalidate data-waits[self.waits] data-shows-record[self.shows_record]
                data-draft=[self.draft.as_ref().map(|draft| &draft.url)] data-draft-at=[self.draft.as_ref().map(|draft| draft.at)] {
                input type="hidden" name="csrf" value=(self.csrf);
                @if let Some(draft) = &self.draft { input type="hidden" name="draft_at" value=(draft.at); }
                @if let Some(draft) = self.draft.as_ref().filter(|draft| self.version.is_none() && !draft.once.is_empty()) {
                    input type="hidden" name="once" value=(draft.once);
                }
                @if let Some(version) = &self.version { input type="hidden" name="version" value=(version); }
                (self.wrong())
                @for part in &self.parts { (part) }
                @if self.waits { p.note.warn role="status" data-waiting hidden { (t("No connection. This waits here and is sent as soon as there is one; leave the page open.")) } }
                div.form-foot {
                    @for verb in &self.verbs { @if matches!(verb.act, Act::Submit(_) | Act::Link(_)) { (verb) } }
                    @if let Some(draft) = &self.draft { span.saved role="status" data-draft-state { (draft.state) } (keeps_drafts()) }
                }
            }
        }
    }
}

impl Part {
    fn open(&self, titled: bool) -> Markup {
        html! {
            div.form-part {
                @if titled && !self.title.is_empty() { h2 { (self.title) } }
                @if !self.lead.is_empty() { p.ink2 { (self.lead) } }
                @for field in &self.fields { (field) }
            }
        }
    }

    /// Whether there is nothing of it to see: it only carries hidden fields, if anything.
    fn unseen(&self) -> bool {
        self.title.is_empty() && self.lead.is_empty() && self.fields.iter().all(|field| matches!(field.kind, Kind::Hidden))
    }
}

impl Render for Part {
    fn render(&self) -> Markup {
        html! {
            @if self.unseen() { @for field in &self.fields { (field) } }
            @else if self.folded {
                details.form-more {
                    summary { h2 { (self.title) } }
                    (self.open(false))
                }
            } @else { (self.open(true)) }
        }
    }
}

impl Form {
    /// The summary at the top: what is wrong, with a link to each field.
    fn wrong(&self) -> Markup {
        let fields: Vec<&Field> = self.parts.iter().flat_map(|part| &part.fields).filter(|field| field.error.is_some()).collect();
        if fields.is_empty() && self.error.is_none() {
            return html! {};
        }
        let count = fields.len() as i64;
        html! {
            div.note.bad.form-wrong role="alert" tabindex="-1" data-focus {
                p { b { (icon::small("triangle-alert")) " " (t("Not saved.")) }
                    @if let Some(error) = &self.error { " " (error) }
                    @else { " " (count) " " (noun(count, "field needs another look:", "fields need another look:")) } }
                @if !fields.is_empty() { ul { @for field in fields { li { a href={ "#" (field.id()) } { (field.label) } ": " (field.error.as_deref().unwrap_or_default()) } } } }
            }
        }
    }
}

/// One field alone in a form, as editing in place shows it: Enter saves, Escape leaves. `back` is where the value stands.
pub fn in_place(action: &str, csrf: &str, version: &str, field: &Field, cancel: &str, back: &str) -> Markup {
    html! {
        form.in-place method="post" action=(action) hx-post=(action) hx-target="this" hx-swap="outerHTML" {
            input type="hidden" name="csrf" value=(csrf);
            input type="hidden" name="version" value=(version);
            @if !back.is_empty() { input type="hidden" name="back" value=(back); }
            label.vh for=(field.id()) { (field.label) }
            (crate::control::draw(field))
            button.verb.small.first type="submit" { (t("Save")) }
            a.verb.small.bare href=(cancel) hx-get=(cancel) hx-target="closest form" hx-swap="outerHTML" data-escape { (t("Leave")) }
            @if let Some(error) = &field.error { p.error id={ (field.id()) "-error" } { (icon::small("triangle-alert")) (error) } }
        }
    }
}

/// The script behind `data-draft`, with the words it needs; forms that have the attribute bring it along.
pub(crate) fn keeps_drafts() -> Markup {
    html! {
        span hidden data-draft-words data-saved=(t("Draft saved")) data-kept=(t("Kept on this device"))
            data-large=(t("Too long for a draft, kept on this device"))
            data-full=(t("This device has no room left to keep what you type. Send it before you leave this page."))
            data-out=(t("You are signed out. What you typed is kept on this device; sign in in another window and send it here."))
            data-waits=(t("Not sent: there is no connection. It is sent as soon as there is one; leave this page open."))
            data-typed-on=(t("Not sent, as you went on writing. Send it when you are done."))
            data-other=(t("You wrote something else here elsewhere:")) data-put-in=(t("Put it in"))
            data-choose=(t("Two texts: choose one. Kept on this device")) data-keep-mine=(t("Keep what stands here")) {}
        script type="module" src=(crate::assets::url("draft.js")) {}
    }
}

/// The notice that a kept draft has been put back into the form, with the verb that drops it.
pub fn draft_notice(text: &str, discard: &Verb) -> Markup {
    html! { div.stale { (icon::small("history")) span { (text) } span.push { (discard) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_only_carries_what_is_hidden_takes_no_room() {
        let hidden = Part { fields: vec![Field::new("whole", "", Kind::Hidden).value("true")], ..Part::default() };
        let html = hidden.render().into_string();
        assert!(html.contains("name=\"whole\"") && !html.contains("form-part"), "{html}");
        let seen = Part { fields: vec![Field::new("name", "Name", Kind::Text)], ..Part::default() };
        assert!(seen.render().into_string().contains("form-part"));
    }
}
