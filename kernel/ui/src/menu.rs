//! A menu of verbs: opens without script (`details`), closes with Escape or a press elsewhere.

use maud::{Markup, Render, html};

use crate::icon;
use crate::verb::Verb;

/// One line of a menu.
#[derive(Debug, Clone)]
pub enum Item {
    /// Something to do or a place to go.
    Verb(Verb),
    /// The same, shown as dangerous.
    Danger(Verb),
    /// A small heading.
    Heading(String),
    /// A rule between groups.
    Rule,
}

/// A button that opens a list of verbs.
#[derive(Debug, Clone, Default)]
pub struct Menu {
    /// Read out when the button is only an icon, else shown.
    pub label: String,
    /// The button's icon; with `label_shown` false it stands alone.
    pub icon: Option<&'static str>,
    /// Whether the label is shown.
    pub label_shown: bool,
    /// Classes of the button besides `verb`: "small", "bare", "first".
    pub class: &'static str,
    /// The lines.
    pub items: Vec<Item>,
    /// Opens towards the start of the line instead of the end.
    pub at_end: bool,
}

impl Menu {
    /// The three dots behind which further verbs stand.
    pub fn more(items: Vec<Item>) -> Self {
        Self { label: crate::text::t("More verbs").into(), icon: Some("ellipsis"), items, at_end: true, ..Self::default() }
    }
}

impl Render for Menu {
    fn render(&self) -> Markup {
        let class = format!("verb {} {}", self.class, if self.label_shown { "" } else { "icon" });
        let label = (!self.label_shown).then_some(&self.label);
        html! {
            details.pop-menu data-menu {
                summary class=(class) aria-label=[label] title=[label] {
                    @if let Some(name) = self.icon { (icon::small(name)) }
                    @if self.label_shown { (self.label) (icon::small("chevron-down")) }
                }
                (sheet(&self.items, self.at_end))
            }
        }
    }
}

/// A menu whose lines come when it is first opened, since mostly it is not. Without script its one line leads to a page of them.
#[derive(Debug, Clone, Default)]
pub struct Later {
    /// What the button says.
    pub label: String,
    /// The button's icon.
    pub icon: &'static str,
    /// The key that opens it.
    pub key: Option<&'static str>,
    /// Where the lines are: as a fragment, and as a page.
    pub href: String,
    /// Only the icon is shown, as a button of its own.
    pub alone: bool,
    /// Opens towards the start of the line instead of the end.
    pub at_end: bool,
}

impl Render for Later {
    fn render(&self) -> Markup {
        html! {
            details.pop-menu data-menu hx-get=(self.href) hx-trigger="toggle once" hx-target="find .menu" hx-swap="innerHTML" {
                @if self.alone { summary.verb.icon aria-label=(self.label) title=(self.label) { (icon::small(self.icon)) } }
                @else { summary.verb.small.bare data-key=[self.key] { (icon::small(self.icon)) (self.label) @if let Some(key) = self.key { " " (crate::keys::hint(key)) } } }
                div.menu.at-end[self.at_end] { a href=(self.href) { (self.label) } }
            }
        }
    }
}

/// The open list alone.
pub fn sheet(items: &[Item], at_end: bool) -> Markup {
    html! { div.menu.at-end[at_end] { (lines(items)) } }
}

/// The lines of a menu, as [`Later`] puts them into it.
pub fn lines(items: &[Item]) -> Markup {
    html! {
        @for item in items {
            @match item {
                Item::Verb(verb) => { (verb.draw("")) }
                Item::Danger(verb) => { (verb.draw("danger")) }
                Item::Heading(text) => { p.cap { (text) } }
                Item::Rule => { hr; }
            }
        }
    }
}

/// A verb and, joined to it, a menu of its variants.
pub fn split(first: &Verb, others: &Menu) -> Markup {
    html! { span.split { (first) (others) } }
}
