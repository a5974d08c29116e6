//! Paging by key: there is a page before and a page after, never a page number.

use maud::{Markup, Render, html};

use crate::icon;
use crate::text::t;

/// Where in a list one is.
#[derive(Debug, Clone, Default)]
pub struct Pager {
    /// "50 shown" or "1–50 of 24,918".
    pub text: String,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// Address that counts all, when the count is not known.
    pub count: Option<String>,
}

impl Render for Pager {
    fn render(&self) -> Markup {
        html! {
            nav.pager aria-label=(t("Pages")) {
                span { (self.text) @if let Some(href) = &self.count { " " a href=(href) { (t("Count all")) } } }
                span.push {}
                (step(self.previous.as_deref(), t("Before"), "prev", "chevron-left"))
                (step(self.next.as_deref(), t("Next"), "next", "chevron-right"))
            }
        }
    }
}

fn step(href: Option<&str>, label: &str, rel: &str, name: &str) -> Markup {
    let inside = html! { @if rel == "prev" { (icon::small(name)) (label) } @else { (label) (icon::small(name)) } };
    match href {
        Some(href) => html! { a.verb.small href=(href) rel=(rel) { (inside) } },
        None => html! { span.verb.small aria-disabled="true" { (inside) } },
    }
}
