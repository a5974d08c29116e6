//! Marks that say how a record stands: priority, status, pill. Each has a shape and a word besides its colour.

use maud::{Markup, PreEscaped, Render, html};

use crate::icon;

/// The four tones of status and the neutral ones; a tone never stands without a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// No colour.
    #[default]
    Plain,
    /// Ours, current.
    Accent,
    /// Well.
    Good,
    /// Soon not well.
    Warn,
    /// Not well.
    Bad,
    /// New, to know.
    Info,
    /// Only for colleagues.
    Inner,
}

impl Tone {
    /// The class that carries the tone; empty for [`Tone::Plain`].
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Accent => "accent",
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Info => "info",
            Tone::Inner => "inner",
        }
    }
}

/// Priority 1 (critical) to 4 (low) as a tally; higher numbers draw as 4.
#[derive(Debug, Clone, Copy)]
pub struct Priority(pub u8);

impl Render for Priority {
    fn render(&self) -> Markup {
        let path = match self.0 {
            0 | 1 => "M1.5 1v10M5 1v10M8.6 1v10M12.2 1v10M.2 9.2 14 2.6",
            2 => "M1.5 1v10M5 1v10M8.6 1v10",
            3 => "M1.5 1v10M5 1v10",
            _ => "M1.5 1v10",
        };
        html! {
            span.prio data-p=(self.0.clamp(1, 4)) { svg viewBox="0 0 15 12" aria-hidden="true" { path d=(path) {} } "P" (self.0) }
        }
    }
}

/// Where work stands; the glyph fills as it proceeds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has begun.
    #[default]
    New,
    /// Somebody works on it.
    Active,
    /// Waits for somebody or something.
    Waiting,
    /// Done, may come back.
    Done,
    /// Done for good.
    Closed,
    /// Broken.
    Bad,
}

impl Stage {
    /// The word used in `data-s`, and how a caller's configuration may spell it; unknown words are `Active`.
    pub fn named(word: &str) -> Self {
        match word {
            "new" => Self::New,
            "waiting" => Self::Waiting,
            "done" => Self::Done,
            "closed" => Self::Closed,
            "bad" => Self::Bad,
            _ => Self::Active,
        }
    }
    fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Active => "active",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Closed => "closed",
            Self::Bad => "bad",
        }
    }
    fn glyph(self) -> &'static str {
        match self {
            Self::New => r#"<circle cx="6.5" cy="6.5" r="5" stroke-dasharray="2.2 2"/>"#,
            Self::Active => r#"<circle cx="6.5" cy="6.5" r="5"/><path d="M6.5 1.5a5 5 0 0 1 0 10z" fill="currentColor" stroke="none"/>"#,
            Self::Waiting => r#"<circle cx="6.5" cy="6.5" r="5"/><path d="M5.2 4.6v3.8M7.8 4.6v3.8"/>"#,
            Self::Done => r#"<circle cx="6.5" cy="6.5" r="5" fill="currentColor"/><path class="cut" d="m4.3 6.7 1.6 1.6 3-3.3"/>"#,
            Self::Closed => r#"<circle cx="6.5" cy="6.5" r="5"/><path d="M4.2 6.5h4.6"/>"#,
            Self::Bad => r#"<path d="M6.5 1 12 6.5 6.5 12 1 6.5z"/><path d="M6.5 4v3M6.5 8.9v.1"/>"#,
        }
    }
}

/// A workflow state: glyph and the organisation's own word for it.
#[derive(Debug, Clone, Default)]
pub struct Status {
    /// Which glyph.
    pub stage: Stage,
    /// The word, such as "With requester".
    pub label: String,
}

impl Status {
    /// A status of a stage with its word.
    pub fn new(stage: Stage, label: impl Into<String>) -> Self {
        Self { stage, label: label.into() }
    }
}

impl Render for Status {
    fn render(&self) -> Markup {
        html! {
            span.status data-s=(self.stage.word()) { svg viewBox="0 0 13 13" aria-hidden="true" { (PreEscaped(self.stage.glyph())) } (self.label) }
        }
    }
}

/// An attribute in a small box; never a workflow state.
pub fn pill(tone: Tone, icon_name: Option<&str>, label: &str) -> Markup {
    html! { span class={ "pill " (tone.class()) } { @if let Some(name) = icon_name { (icon::icon(name)) } (label) } }
}
