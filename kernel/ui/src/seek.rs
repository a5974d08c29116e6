//! The search box of the top bar: a plain form, and as-you-type results where script runs.

use maud::{Markup, PreEscaped, Render, html};

use crate::icon;
use crate::text::t;

/// The search box.
#[derive(Debug, Clone, Default)]
pub struct Seek {
    /// Page that shows all results (GET, parameter `q`).
    pub action: String,
    /// Address that answers with [`results`] as one types (GET, parameter `q`); none for a plain box.
    pub suggest: Option<String>,
    /// What has been searched for.
    pub value: String,
}

impl Render for Seek {
    fn render(&self) -> Markup {
        html! {
            form.seek role="search" aria-label=(t("Everything")) action=(self.action) data-seek {
                (icon::small("search"))
                input type="search" name="q" value=(self.value) placeholder=(t("Search, go to, or do something")) aria-label=(t("Search, go to, or do something"))
                    autocomplete="off" maxlength="200" aria-controls=[self.suggest.as_ref().map(|_| "seek-list")]
                    hx-get=[&self.suggest] hx-target=[self.suggest.as_ref().map(|_| "#seek-list")] hx-sync=[self.suggest.as_ref().map(|_| "this:replace")]
                    hx-trigger=[self.suggest.as_ref().map(|_| "input changed delay:80ms")];
                kbd { "Ctrl K" }
                @if self.suggest.is_some() { div.seek-list #seek-list {} }
            }
        }
    }
}

/// One result as it is shown while typing.
#[derive(Debug, Clone, Default)]
pub struct Hit {
    /// Where it leads.
    pub href: String,
    /// An icon of the sprite.
    pub icon: &'static str,
    /// What it is; `marked` gives it with the found words marked.
    pub label: String,
    /// A word about it at the right: kind, state, number.
    pub hint: String,
}

/// The answer to a keystroke: groups of hits, or the sentence that says there are none. `query` is marked where it occurs.
pub fn results(query: &str, groups: &[(String, Vec<Hit>)], none: &str) -> Markup {
    html! {
        @if groups.iter().all(|(_, hits)| hits.is_empty()) { p.cap { (none) } }
        @for (label, hits) in groups.iter().filter(|(_, hits)| !hits.is_empty()) {
            p.cap { (label) }
            ul { @for hit in hits {
                li { a.opt href=(hit.href) data-hit { (icon::small(hit.icon)) span.clip { (marked(&hit.label, query)) } span.hint { (hit.hint) } } }
            } }
        }
    }
}

/// The text with every occurrence of the query's words marked, case ignored.
pub fn marked(text: &str, query: &str) -> Markup {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return html! { (text) };
    }
    let mut spans: Vec<(usize, usize)> = query
        .to_lowercase()
        .split_whitespace()
        .flat_map(|word| lower.match_indices(word).map(|(at, found)| (at, at + found.len())).collect::<Vec<_>>())
        .filter(|(from, to)| text.is_char_boundary(*from) && text.is_char_boundary(*to))
        .collect();
    spans.sort_unstable_by_key(|(from, to)| (*from, std::cmp::Reverse(*to)));
    let mut out = String::new();
    let mut at = 0;
    for (from, to) in spans.into_iter() {
        if from < at {
            continue;
        }
        let (before, found) = (&text[at..from], &text[from..to]);
        out.push_str(&html! { (before) mark { (found) } }.into_string());
        at = to;
    }
    let rest = &text[at..];
    out.push_str(&html! { (rest) }.into_string());
    PreEscaped(out)
}
