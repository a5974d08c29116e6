//! The only way to explain a figure: numbered steps that lead to it, or intervals that add up to it.

mod scale;

pub use scale::{Band, Day, Drawn, Stretch};

use maud::{Markup, Render, html};

use crate::text::t;

/// What a step did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Effect {
    /// It counted.
    #[default]
    Counted,
    /// It was looked at and did not count.
    Rejected,
    /// It is the result.
    Result,
}

/// One step.
#[derive(Debug, Clone, Default)]
pub struct Step {
    /// What was asked.
    pub text: String,
    /// The answer.
    pub value: String,
    /// Where it comes from.
    pub note: String,
    /// What it did.
    pub effect: Effect,
    /// The records behind the answer; empty: none.
    pub href: String,
}

impl Step {
    /// A step that counted.
    pub fn new(text: impl Into<String>, value: impl Into<String>, note: impl Into<String>) -> Self {
        Self { text: text.into(), value: value.into(), note: note.into(), ..Self::default() }
    }
    /// As a step that did not count.
    pub fn rejected(mut self) -> Self {
        self.effect = Effect::Rejected;
        self
    }
    /// With the records behind its answer.
    pub fn leads_to(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }
    /// As the result.
    pub fn result(mut self) -> Self {
        self.effect = Effect::Result;
        self
    }
}

/// An explanation in steps.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    /// The question: "Why is INC-4127 P1?".
    pub title: String,
    /// The steps, the result last.
    pub steps: Vec<Step>,
    /// What one can do about it.
    pub foot: Markup,
}

impl Render for Steps {
    fn render(&self) -> Markup {
        html! {
            section.whybox {
                h2 { (self.title) }
                ol.steps {
                    @for step in &self.steps {
                        li.out[step.effect == Effect::Rejected].end[step.effect == Effect::Result] {
                            span { (step.text) }
                            span.v { @if step.href.is_empty() { (step.value) } @else { a.def href=(step.href) { (step.value) } } }
                            @if !step.note.is_empty() { small { (step.note) } }
                        }
                    }
                }
                @if !self.foot.0.is_empty() { p.small.ink3 { (self.foot) } }
            }
        }
    }
}

/// One interval of a sum.
#[derive(Debug, Clone, Default)]
pub struct Interval {
    /// The day.
    pub day: String,
    /// From and to.
    pub span: String,
    /// What the clock did, as a [`crate::marks::Status`].
    pub was: Markup,
    /// Because.
    pub because: String,
    /// What recorded it.
    pub by: Markup,
    /// What it counted: "2:40"; "–" for nothing.
    pub counted: String,
    /// The sum so far.
    pub sum: String,
    /// It did not count.
    pub off: bool,
}

/// A ledger of intervals that adds up to the figure shown.
#[derive(Debug, Clone, Default)]
pub struct Sum {
    /// What the table is, for screen readers.
    pub caption: String,
    /// The intervals.
    pub intervals: Vec<Interval>,
    /// "Used of 16:00".
    pub total_label: String,
    /// The figure.
    pub total: String,
    /// A sentence on how and from what it was computed.
    pub basis: Markup,
}

impl Render for Sum {
    fn render(&self) -> Markup {
        html! {
            div.over-x tabindex="0" role="group" aria-label=(self.caption) {
                table.list.plain.sum {
                    caption.vh { (self.caption) }
                    thead { tr {
                        th scope="col" { (t("Day")) } th scope="col" { (t("From, to")) } th scope="col" { (t("The clock was")) } th scope="col" { (t("Because")) }
                        th scope="col" { (t("Recorded by")) } th.num scope="col" { (t("Counted")) } th.num scope="col" { (t("Sum")) }
                    } }
                    tbody { @for i in &self.intervals {
                        tr.off[i.off] { td { (i.day) } td { (i.span) } td { (i.was) } td { (i.because) } td.ink3 { (i.by) } td.num { (i.counted) } td.num { (i.sum) } }
                    } }
                    tfoot { tr.total { td colspan="5" { (self.total_label) } td.num { (self.total) } td {} } }
                }
            }
            p.small.ink3.basis { (self.basis) }
        }
    }
}
