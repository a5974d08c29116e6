//! The composer: a public reply or an internal note, which cannot be taken for each other.

use maud::{Markup, Render, html};

use crate::form::keeps_drafts;
use crate::icon;
use crate::text::t;
use crate::verb::Verb;

/// Where a draft is kept.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Address that takes the form's fields as they are typed (POST, answers 204).
    pub url: String,
    /// What is known now: "Draft saved 08:24" or empty.
    pub state: String,
    /// The draft that stands in the form, by the time it was kept at in milliseconds; 0: there was none.
    pub at: i64,
    /// A name for this one sending of what is new, so that a form sent twice is done once; empty: none.
    pub once: String,
}

/// What files may go along with what is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits {
    /// Most files at once.
    pub count: usize,
    /// Largest file, in MiB.
    pub mebibytes: usize,
}

impl Limits {
    fn words(self) -> String {
        format!("{} {} {}, {}\u{a0}MiB {}", t("At most"), self.count, t("files"), self.mebibytes, t("each"))
    }
}

/// A file that goes along with what is written: sent before, and kept.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size.
    pub note: String,
}

/// The composer. Fields it posts: `csrf`, `mode` (`public` or `internal`), `text`, `cc`, `files`, `kept`, and those of its verbs.
#[derive(Debug, Clone, Default)]
pub struct Composer {
    /// Where it posts.
    pub action: String,
    /// The session's token.
    pub csrf: String,
    /// Opens as an internal note.
    pub internal: bool,
    /// Whether both modes are offered; a requester has only the reply.
    pub both: bool,
    /// Whom a reply reaches.
    pub to: Vec<String>,
    /// What is said instead where a reply reaches nobody.
    pub nobody: &'static str,
    /// Who reads along.
    pub cc: Vec<String>,
    /// The field in which further readers are named; none: they cannot be.
    pub add_cc: Option<Markup>,
    /// Who sees a note, a sentence that also says who never does.
    pub seen_by: String,
    /// The text so far.
    pub text: String,
    /// What was wrong with it.
    pub error: Option<String>,
    /// What must be confirmed before it is sent: name of the field, and what one confirms.
    pub confirm: Option<(String, String)>,
    /// Where the draft goes.
    pub draft: Option<Draft>,
    /// Whether files may be attached, and how many and how large.
    pub files: Option<Limits>,
    /// Files that are kept from before.
    pub kept: Vec<Kept>,
    /// Bare verbs and menus at the start of the foot: macro, mention.
    pub tools: Markup,
    /// What a script reads: further `data-` attributes and hidden fields.
    pub hidden: Vec<(String, String)>,
    /// Submitting verbs for a reply, the first last.
    pub send: Markup,
    /// Submitting verbs for a note.
    pub keep: Vec<Verb>,
    /// Waits for the line instead of getting lost when there is none.
    pub waits: bool,
    /// A remark in the foot, with script and without: "sends in 10 s, undo until then".
    pub remark: (String, String),
}

impl Render for Composer {
    fn render(&self) -> Markup {
        let id = "composer-text";
        html! {
            form.composer #composer method="post" action=(self.action) aria-label=(if self.internal { t("Write an internal note") } else { t("Write a reply") }) data-composer enctype=[self.files.as_ref().map(|_| "multipart/form-data")]
                data-waits[self.waits] data-draft=[self.draft.as_ref().map(|draft| &draft.url)] data-draft-at=[self.draft.as_ref().map(|draft| draft.at)] {
                input type="hidden" name="csrf" value=(self.csrf);
                @if let Some(draft) = &self.draft { input type="hidden" name="draft_at" value=(draft.at); }
                @for (name, value) in &self.hidden { input type="hidden" name=(name) value=(value); }
                div.mode {
                    @if self.both {
                        (mode("public", !self.internal, "reply", t("Reply to requester"), "r"))
                        (mode("internal", self.internal, "lock", t("Internal note"), "c"))
                    } @else { input type="hidden" name="mode" value="public"; }
                    span.push.saved role="status" { (icon::small("check")) span data-draft-state { @if let Some(draft) = &self.draft { (draft.state) } } }
                    @if self.draft.is_some() { (keeps_drafts()) }
                }
                (self.readers())
                label.vh for=(id) { (t("Text")) }
                textarea.text #(id) name="text" required rows="3" dir="auto" aria-invalid=[self.error.as_ref().map(|_| "true")] aria-describedby=[self.error.as_ref().map(|_| "composer-error")] { (self.text) }
                @if let Some(error) = &self.error { p.error #composer-error { (icon::small("triangle-alert")) (error) } }
                @if self.waits { p.note.warn role="status" data-waiting hidden { (t("No connection. This waits here and is sent as soon as there is one; leave the page open.")) } }
                @if let Some((name, words)) = &self.confirm { label.confirm { input.tick type="checkbox" name=(name) value="true"; (words) } }
                (self.attached())
                div.foot {
                    @if let Some(limits) = self.files { label.verb.bare.small.attach title=(limits.words()) { (icon::small("paperclip")) (t("Attach"))
                        input.vh type="file" name="files" multiple data-file-names data-most=(limits.count) data-largest=(limits.mebibytes << 20) data-left-out=(format!("{} {}.", t("Left out:"), limits.words())); } }
                    (self.tools)
                    @if !self.remark.0.is_empty() { span.small.ink3.for-public { span.with-script { (self.remark.0) } span.without-script { (self.remark.1) } } }
                    span.push.line.for-public { (self.send) }
                    span.push.line.for-inner { @for verb in &self.keep { (verb) } }
                }
            }
        }
    }
}

impl Composer {
    /// Whom it reaches.
    fn readers(&self) -> Markup {
        html! {
            div.to {
                span.for-public {
                    @if !self.to.is_empty() { span { (t("To")) } @for name in &self.to { span.chip { span.v { (name) } } } }
                    @if self.to.is_empty() && self.cc.is_empty() && !self.nobody.is_empty() { span { (t(self.nobody)) } }
                    @if !self.cc.is_empty() { span { (t("Cc")) } @for name in &self.cc { span.chip { span.v { (name) } } } }
                    @if let Some(field) = &self.add_cc { details.cc { summary.verb.bare.small { (t("Cc")) } (field) } }
                }
                span.for-inner { (self.seen_by) }
            }
        }
    }

    /// Files that go along; one that is no longer ticked does not.
    fn attached(&self) -> Markup {
        html! {
            div.line.going data-names {
                @for file in &self.kept { label.file { input.tick type="checkbox" name="kept" value=(file.id) checked; (file.name) " " span.ink3 { (file.note) } } }
            }
        }
    }
}

fn mode(value: &str, on: bool, icon_name: &str, label: &str, key: &str) -> Markup {
    html! { label data-key=(key) { input.vh type="radio" name="mode" value=(value) checked[on]; (icon::small(icon_name)) (label) " " (crate::keys::hint(key)) } }
}

/// The composer fixed at the foot of the page while a draft is open, with who is typing above it.
pub fn dock(above: &Markup, composer: &Composer) -> Markup {
    html! { div.dock { (above) (composer) } }
}
