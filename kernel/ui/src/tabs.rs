//! Tabs: links that change the address.

use maud::{Markup, html};

/// One tab.
#[derive(Debug, Clone, Default)]
pub struct Tab {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether it is open.
    pub current: bool,
    /// A count or other short figure.
    pub count: Option<String>,
}

/// A row of tabs named `label` for screen readers; `extra` stands at the end of the line (verbs, switches).
pub fn tabs(label: &str, list: &[Tab], extra: &Markup) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in list {
                a href=(tab.href) aria-current=[tab.current.then_some("page")] { (tab.label) @if let Some(count) = &tab.count { span.n { (count) } } }
            }
            @if !extra.0.is_empty() { span.push.line.tight { (extra) } }
        }
    }
}
