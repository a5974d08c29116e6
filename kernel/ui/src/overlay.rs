//! What lies above the page: toasts, dialogs, the drawer, the list of keys.

use maud::{Markup, Render, html};

use crate::icon;
use crate::text::t;
use crate::verb::{Verb, verbs};

/// A verb's effect, with its undo.
#[derive(Debug, Clone, Default)]
pub struct Toast {
    /// "INC-4124 resolved, Kaisa is told in 10 s".
    pub text: String,
    /// Takes it back: a posting verb labelled "Undo".
    pub undo: Option<Verb>,
    /// How long it stays, seconds; 0 until dismissed. It stays while hovered or focused.
    pub seconds: u32,
    /// The effect was a failure.
    pub bad: bool,
}

impl Render for Toast {
    fn render(&self) -> Markup {
        html! {
            div.toast data-toast=(self.seconds) {
                (icon::small(if self.bad { "triangle-alert" } else { "check" }))
                span { (self.text) }
                @if let Some(undo) = &self.undo { span data-undo { (undo.draw("")) kbd { (crate::keys::UNDO) } } }
                @if self.seconds > 0 { span.left aria-hidden="true" data-left-seconds { (self.seconds) " s" } }
                button type="button" data-dismiss aria-label=(t("Dismiss")) { (icon::small("x")) }
            }
        }
    }
}

/// Where toasts appear; the frames hold one. Its attributes are the words of failures that only the script notices.
pub(crate) fn toasts(shown: &[Toast]) -> Markup {
    html! {
        div.toasts #toasts role="status" data-toasts data-close=(t("Dismiss"))
            data-copied=(t("Copied"))
            data-uncopied=(t("The browser does not let this page copy. It is selected here: copy it with Ctrl C or ⌘ C."))
            data-offline=(t("Not done: the server did not answer. Everything on this page is kept; try again."))
            data-out=(t("You are signed out, so this was not done. Sign in in another window, then try again here: everything on this page is kept."))
            data-refused=(t("Not done: the server refused.")) { @for toast in shown { (toast) } }
    }
}

/// A toast as part of the answer to a swap: htmx puts it among the toasts, wherever the rest goes.
pub fn toast_swap(toast: &Toast) -> Markup {
    html! { div hx-swap-oob="beforeend:#toasts" { (toast) } }
}

/// A dialog; opened by a verb made with [`Verb::open`]. Name what happens in its verbs, never "OK".
#[derive(Debug, Clone, Default)]
pub struct Dialog {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it says or asks.
    pub body: Markup,
    /// Verbs at the foot, the first one last.
    pub verbs: Vec<Verb>,
}

impl Render for Dialog {
    fn render(&self) -> Markup {
        html! {
            dialog.dialog #(self.id) aria-labelledby={ (self.id) "-title" } {
                h2 id={ (self.id) "-title" } { (self.title) }
                (self.body)
                div.foot {
                    form method="dialog" { button.verb { (t("Leave")) } }
                    @for verb in &self.verbs { (verb) }
                }
            }
        }
    }
}

/// The drawer: a record beside its list, closed by a link back to the list.
#[derive(Debug, Clone, Default)]
pub struct Drawer {
    /// The record's reference; the row with this id is the one that is open.
    pub of: String,
    /// What the record is called.
    pub title: String,
    /// Reference, status: small, above the title.
    pub marks: Vec<Markup>,
    /// The list with the record before in the drawer.
    pub previous: Option<String>,
    /// The list with the record after in the drawer.
    pub next: Option<String>,
    /// The list alone.
    pub close: String,
    /// The record's own page.
    pub page: String,
    /// What can be done to it.
    pub verbs: Vec<Verb>,
    /// Facts and whatever else it says.
    pub body: Markup,
}

impl Render for Drawer {
    fn render(&self) -> Markup {
        html! {
            aside.drawer #drawer aria-label=(self.of) data-of=(self.of) {
                div.line.small.ink3 {
                    @for mark in &self.marks { (mark) }
                    span.push.line.tight {
                        @if let Some(href) = &self.previous { (step(href, "chevron-up", t("Previous"), false)) }
                        @if let Some(href) = &self.next { (step(href, "chevron-down", t("Next"), false)) }
                        (step(&self.close, "x", t("Close, Esc"), true))
                    }
                }
                h2 tabindex="-1" { (self.title) }
                div.verbs { (verbs(&self.verbs)) (Verb::link(t("Open"), self.page.clone()).small().bare().key("o").at_end()) }
                (self.body)
            }
        }
    }
}

fn step(href: &str, name: &str, label: &str, closes: bool) -> Markup {
    html! { a.verb.bare.icon.small href=(href) aria-label=(label) data-step[!closes] data-escape[closes] { (icon::small(name)) } }
}

/// A group of keys: heading, and pairs of keys (parted by spaces) and what they do.
pub type KeyGroup = (String, Vec<(String, String)>);

/// The list of keys, which `?` asks for and opens; `change` leads to where one changes them.
pub fn keys(change: &str, groups: &[KeyGroup]) -> Markup {
    html! {
        dialog.dialog.wide #keys-help aria-labelledby="keys-title" {
            h2 #keys-title tabindex="-1" autofocus { (t("Keys")) }
            (key_table(groups))
            form.foot method="dialog" { a.verb.bare href="/help" { (t("The guide")) } a.verb.bare href=(change) { (t("Change keys")) } button.verb.first { (t("Close")) } }
        }
    }
}

/// The groups of keys alone, as the page of keys and the guide show them.
pub fn key_table(groups: &[KeyGroup]) -> Markup {
    html! {
        div.keys { @for (title, pairs) in groups {
            div { h3 { (title) } dl { @for (keys, does) in pairs { dt { @for (i, key) in keys.split(' ').enumerate() { @if i > 0 { " " } kbd { (key) } } } dd { (does) } } } }
        } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toasts_have_the_words_for_what_only_the_script_notices() {
        let html = toasts(&[]).into_string();
        for word in ["data-copied=", "data-uncopied=", "data-offline=", "data-out=", "data-refused="] {
            assert!(html.contains(word), "{word} {html}");
        }
    }
}
