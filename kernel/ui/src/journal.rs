//! The conversation: messages, internal notes and events in one column, oldest first.

use maud::{Markup, Render, html};

use crate::icon;
use crate::marks::{Tone, pill};
use crate::people::{Size, Who};
use crate::text::t;
use crate::time::When;

/// An attached file.
#[derive(Debug, Clone, Default)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Where it is served.
    pub href: String,
    /// Size and what is known about it: "184 KB, checked".
    pub note: String,
}

impl Render for Attached {
    fn render(&self) -> Markup {
        html! { a.file href=(self.href) { (icon::small("paperclip")) (self.name) " " span.ink3 { (self.note) } } }
    }
}

/// Something somebody wrote.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Anchor of the entry, so that it can be linked.
    pub id: String,
    /// Who.
    pub who: Who,
    /// When.
    pub when: When,
    /// How and to whom: "in the portal", "to Bao Tran", "reply by mail".
    pub via: String,
    /// The text; see [`paragraphs`].
    pub body: Markup,
    /// Files.
    pub files: Vec<Attached>,
    /// Language of the text when it is not the page's.
    pub lang: Option<String>,
    /// What can be done with this entry, at the end of its first line.
    pub verbs: Markup,
}

/// What stands before an event.
#[derive(Debug, Clone)]
pub enum Glyph {
    /// An icon of the sprite.
    Icon(&'static str),
    /// A face.
    Who(Who),
}

/// One entry.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A public message.
    Message(Said),
    /// An internal note: another paper, a lock and the words.
    Note(Said),
    /// Something that happened, in one line.
    Event(Glyph, Markup, When),
    /// The same with an id, so that a live update does not put it there twice.
    Happened(String, Glyph, Markup, When),
    /// A message that has not left yet; the markup says when it will, and takes it back.
    Held(Said, Markup),
    /// Entries left out here: how many in words, and the address of the page with them.
    Fold(String, String),
    /// The line between what one has seen and what is new: "New since you looked, 08:19".
    NewLine(String),
}

impl Render for Entry {
    fn render(&self) -> Markup {
        match self {
            Entry::Message(said) => said.draw("", &html! {}),
            Entry::Note(said) => said.draw("inner", &html! {}),
            Entry::Held(said, undo) => said.draw("held", undo),
            Entry::Fold(text, href) => html! { li.fold { a href=(href) { (icon::small("history")) (text) } } },
            Entry::NewLine(text) => html! { li.newline #new { (text) } },
            Entry::Event(glyph, text, when) => event(None, glyph, text, when),
            Entry::Happened(id, glyph, text, when) => event(Some(id), glyph, text, when),
        }
    }
}

fn event(id: Option<&str>, glyph: &Glyph, text: &Markup, when: &When) -> Markup {
    html! {
        li.event id=[id] {
            span.glyph { @match glyph { Glyph::Icon(name) => { (icon::small(name)) } Glyph::Who(who) => { (who.face(Size::Small)) } } }
            div { (text) " " (when) }
        }
    }
}

impl Said {
    fn draw(&self, class: &str, foot: &Markup) -> Markup {
        html! {
            li class=[(!class.is_empty()).then_some(class)] id=[(!self.id.is_empty()).then_some(&self.id)] {
                (self.who.face(Size::Large))
                div {
                    div.by {
                        b { (self.who.name) } (self.when)
                        @if !self.via.is_empty() { span.small.ink3 { (self.via) } }
                        @if class == "inner" { (pill(Tone::Inner, Some("lock"), t("Internal, the requester never sees this"))) }
                        @if !self.verbs.0.is_empty() { span.push.own { (self.verbs) } }
                    }
                    div.said lang=[&self.lang] dir="auto" { (self.body) }
                    @if !self.files.is_empty() { div.line.files { @for file in &self.files { (file) } } }
                    (foot)
                }
            }
        }
    }
}

/// The whole conversation. New entries may be appended by a live update to the element with id `journal`.
pub fn journal(entries: &[Entry]) -> Markup {
    html! { ol.journal #journal { @for entry in entries { (entry) } } }
}

/// Plain text as paragraphs: an empty line parts them, a single line break stays one, lines that start with ">" are quoted.
/// Everything is escaped.
pub fn paragraphs(text: &str) -> Markup {
    let text = text.replace("\r\n", "\n");
    html! {
        @for block in text.split("\n\n").map(|block| block.trim_matches('\n')).filter(|block| !block.trim().is_empty()) {
            @if block.lines().all(|line| line.starts_with('>')) { blockquote.quote { (lines(block.lines().map(|line| line.trim_start_matches('>').trim_start()))) } }
            @else { p { (lines(block.lines())) } }
        }
    }
}

fn lines<'a>(all: impl Iterator<Item = &'a str>) -> Markup {
    html! { @for (i, line) in all.enumerate() { @if i > 0 { br; } (line) } }
}

/// The line that says somebody is writing; `text` names them.
pub fn typing(who: &Who, text: &Markup) -> Markup {
    html! { div.typing { (who.face(Size::Small)) span { (text) } span.dots aria-hidden="true" { i {} i {} i {} } } }
}
