//! The ranked list: what, because, what is at stake, and the verbs right there.

use maud::{Markup, Render, html};

use crate::verb::{Verb, verbs};

/// One line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// The sentence that says what.
    pub what: String,
    /// Where it leads.
    pub href: String,
    /// The reason.
    pub because: Markup,
    /// What is at stake: the figure.
    pub stake: String,
    /// What the figure means.
    pub basis: String,
    /// At most one of them `first`.
    pub verbs: Vec<Verb>,
    /// Cannot wait.
    pub hot: bool,
}

/// The list, most at stake first; the callers order it.
#[derive(Debug, Clone, Default)]
pub struct Ranked(pub Vec<Line>);

impl Render for Ranked {
    fn render(&self) -> Markup {
        html! {
            ol.rank data-rows {
                @for (i, line) in self.0.iter().enumerate() {
                    li.hot[line.hot] data-row=(i + 1) {
                        span.no { (i + 1) }
                        div { a.what.subject href=(line.href) { (line.what) } p.because { (line.because) } }
                        div.stake { (line.stake) small { (line.basis) } }
                        div.act { (verbs(&line.verbs)) }
                    }
                }
            }
        }
    }
}
