//! The composer: a public reply or an internal note, which cannot be taken for each other.

use maud::{Markup, Render, html};

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
}

/// The composer. Fields it posts: `csrf`, `mode` (`public` or `internal`), `text`, `files`, and those of its verbs.
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
    /// Who sees a note, a sentence that also says who never does.
    pub seen_by: String,
    /// The text so far.
    pub text: String,
    /// What was wrong with it.
    pub error: Option<String>,
    /// Where the draft goes.
    pub draft: Option<Draft>,
    /// Whether files may be attached.
    pub files: bool,
    /// Bare verbs at the start of the foot: macro, article, mention.
    pub tools: Vec<Verb>,
    /// Submitting verbs for a reply, the first last.
    pub send: Vec<Verb>,
    /// Submitting verbs for a note.
    pub keep: Vec<Verb>,
    /// Waits for the line instead of getting lost when there is none.
    pub waits: bool,
    /// A remark in the foot: "sends in 10 s, undo until then".
    pub remark: String,
}

impl Render for Composer {
    fn render(&self) -> Markup {
        let id = "composer-text";
        html! {
            form.composer #composer method="post" action=(self.action) aria-label=(if self.internal { t("Write an internal note") } else { t("Write a reply") }) data-composer enctype=[self.files.then_some("multipart/form-data")]
                data-waits[self.waits] data-draft=[self.draft.as_ref().map(|draft| &draft.url)] data-saved=(t("Draft saved")) data-kept=(t("Kept on this device")) {
                input type="hidden" name="csrf" value=(self.csrf);
                div.mode {
                    @if self.both {
                        (mode("public", !self.internal, "reply", t("Reply to requester"), "r"))
                        (mode("internal", self.internal, "lock", t("Internal note"), "c"))
                    } @else { input type="hidden" name="mode" value="public"; }
                    span.push.saved role="status" data-draft-state { @if let Some(draft) = &self.draft { (draft.state) } }
                }
                div.to {
                    span.for-public { @if !self.to.is_empty() { (t("To")) " " } @for name in &self.to { span.chip { span.v { (name) } } " " } }
                    span.for-inner { (self.seen_by) }
                }
                label.vh for=(id) { (t("Text")) }
                textarea.text #(id) name="text" required rows="4" dir="auto" aria-invalid=[self.error.as_ref().map(|_| "true")] aria-describedby=[self.error.as_ref().map(|_| "composer-error")] { (self.text) }
                @if let Some(error) = &self.error { p.error #composer-error { (icon::small("triangle-alert")) (error) } }
                @if self.waits { p.note.warn role="status" data-waiting hidden { (t("No connection. This waits here and is sent as soon as there is one; leave the page open.")) } }
                div.foot {
                    @if self.files { label.verb.bare.small.attach { (icon::small("paperclip")) (t("Attach")) input.vh type="file" name="files" multiple data-file-names; span.ink3 data-names {} } }
                    @for tool in &self.tools { (tool) }
                    @if !self.remark.is_empty() { span.small.ink3.for-public { (self.remark) } }
                    span.push.line.for-public { @for verb in &self.send { (verb) } }
                    span.push.line.for-inner { @for verb in &self.keep { (verb) } }
                }
            }
        }
    }
}

fn mode(value: &str, on: bool, icon_name: &str, label: &str, key: &str) -> Markup {
    html! { label data-key=(key) { input.vh type="radio" name="mode" value=(value) checked[on]; (icon::small(icon_name)) (label) " " kbd { (key) } } }
}

/// The composer fixed at the foot of the page while a draft is open, with who is typing above it.
pub fn dock(above: &Markup, composer: &Composer) -> Markup {
    html! { div.dock { (above) (composer) } }
}
