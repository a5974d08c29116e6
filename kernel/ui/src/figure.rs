//! Figures: a number with its unit, its definition and the records behind it.

use maud::{Markup, Render, html};

use crate::marks::Tone;

/// One figure.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    /// The number, formatted.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// What it is: "incidents opened, 7 days".
    pub label: String,
    /// How it is computed; hover text.
    pub definition: String,
    /// The records or the explanation behind it.
    pub href: Option<String>,
    /// How it stands.
    pub tone: Tone,
}

impl Render for Figure {
    fn render(&self) -> Markup {
        let shown = html! { (self.value) @if !self.unit.is_empty() { " " small { (self.unit) } } };
        let definition = (!self.definition.is_empty()).then_some(&self.definition);
        html! {
            div {
                div class={ "v " (self.tone.class()) } title=[definition] {
                    @match &self.href { Some(href) => { a.def href=(href) { (shown) } } None => { (shown) } }
                }
                div.k { (self.label) }
            }
        }
    }
}

/// Figures side by side.
pub fn figures(list: &[Figure]) -> Markup {
    html! { div.figs { @for figure in list { (figure) } } }
}

/// A bar of a share between 0 and 1, with a mark at the goal. The share must also stand beside it as text.
pub fn meter(share: f64, goal: Option<f64>, tone: Tone) -> Markup {
    let x = |value: f64| format!("{:.1}", value.clamp(0.0, 1.0) * 84.0);
    html! {
        svg class={ "meter " (tone.class()) } viewBox="0 0 84 12" aria-hidden="true" {
            rect.ground y="2" width="84" height="8" {}
            rect.fill y="2" width=(x(share)) height="8" {}
            @if let Some(goal) = goal { path.mark d={ "M" (x(goal)) " 0v12" } {} }
        }
    }
}
