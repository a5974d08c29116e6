//! Empty, loading, stale, failed and under way.

use maud::{Markup, Render, html};

use crate::icon;
use crate::marks::Tone;
use crate::text::t;
use crate::verb::{Verb, verbs};

/// An empty list says which kind it is: nothing exists yet (how to begin), nothing left (good), or filters hide some (which to drop).
#[derive(Debug, Clone, Default)]
pub struct Empty {
    /// "No breaches today".
    pub title: String,
    /// The sentence under it.
    pub text: Markup,
    /// The next step.
    pub verbs: Vec<Verb>,
}

impl Render for Empty {
    fn render(&self) -> Markup {
        html! { div.empty { h2 { (self.title) } p { (self.text) } @if !self.verbs.is_empty() { div.line { (verbs(&self.verbs)) } } } }
    }
}

/// Something did not happen: what, what is kept, what to do next.
#[derive(Debug, Clone, Default)]
pub struct Failure {
    /// "Not saved: the server did not answer."
    pub what: String,
    /// "Your text is kept on this device."
    pub kept: String,
    /// What to do next.
    pub next: Markup,
}

impl Render for Failure {
    fn render(&self) -> Markup {
        html! { p.note.bad role="alert" { b { (self.what) } " " (self.kept) " " (self.next) } }
    }
}

/// Grey bars in the shape of what comes; shown only after 300 ms.
pub fn skeleton(lines: usize) -> Markup {
    html! { div.skels role="status" aria-label=(t("Loading")) { @for _ in 0..lines { div.skel {} } } }
}

/// Work under way: a bar and a sentence with rate and rest.
pub fn progress(done: u64, of: u64, label: &str, text: &str) -> Markup {
    html! { div.progress { progress.prog value=(done) max=(of.max(1)) aria-label=(label) {} span.small.ink3 { (text) } } }
}

/// A notice that the page has been overtaken; it stays still until pressed. `key` is usually "u".
pub fn stale(text: &str, href: &str, key: &str) -> Markup {
    html! { a.stale href=(href) data-key=(key) { (icon::small("arrow-up")) span { (text) } " " (crate::keys::hint(key)) } }
}

/// Where a live notice appears: hidden until the stream says how many newer rows there are.
pub fn newer(href: &str) -> Markup {
    html! { a.stale href=(href) data-key="u" data-newer hidden { (icon::small("arrow-up")) span { span data-newer-count {} " " (t("newer. The list stays still until you press")) } " " (crate::keys::hint("u")) } }
}

/// The same over a list that is swapped alone: what is selected by `part` comes in, the rest of the page stays.
pub fn newer_in(href: &str, part: &str) -> Markup {
    html! {
        a.stale href=(href) data-key="u" data-newer hidden hx-get=(href) hx-select=(part) hx-target=(part) hx-swap="outerHTML" {
            (icon::small("arrow-up")) span { span data-newer-count {} " " (t("newer. The list stays still until you press")) } " " kbd { "u" }
        }
    }
}

/// A notice in a tone, with an icon and a sentence.
pub fn notice(tone: Tone, text: &Markup) -> Markup {
    let name = match tone {
        Tone::Bad | Tone::Warn => "triangle-alert",
        Tone::Good => "check",
        _ => "circle-dot",
    };
    html! { div class={ "note notice " (tone.class()) } role="status" { (icon::small(name)) div { (text) } } }
}
