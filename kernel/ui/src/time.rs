//! A moment on a page.

use maud::{Markup, Render, html};

/// A moment, formatted by the caller (see [`crate::format::when`]).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct When {
    /// ISO 8601, for machines.
    pub iso: String,
    /// What one reads: "08:05", "Mon", "2 Oct".
    pub shown: String,
    /// Hover text: the exact moment with its zone.
    pub exact: String,
}

impl Render for When {
    fn render(&self) -> Markup {
        html! { time.when datetime=(self.iso) title=(self.exact) { (self.shown) } }
    }
}
