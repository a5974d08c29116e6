//! The templates one may choose from, as lines of a menu.

use super::Offered;
use maud::{Markup, html};

/// Names of the groups, by audience.
const GROUPS: [(&str, &str); 3] = [("personal", "Mine"), ("team", "My teams"), ("everyone", "Everyone")];

/// The lines of the menu. Each leads to `to` with its reference at the end, which opens the composer with the text in it; a script
/// puts the filled text (`text`) in at the caret instead.
pub fn menu(all: &[Offered], to: &str, text: impl Fn(&Offered) -> String) -> Markup {
    html! {
        @for (audience, name) in GROUPS {
            @let group: Vec<&Offered> = all.iter().filter(|it| it.audience == audience).collect();
            @if !group.is_empty() { p.cap { (name) } }
            @for it in group {
                a href={ (to) (it.reference) "#composer" } data-template=(it.reference) data-text=(text(it)) data-mode=(if it.internal { "internal" } else { "public" }) {
                    (it.name) @if let Some(does) = does(it) { span.push.small.ink3 { (does) } }
                }
            }
        }
        @if all.is_empty() { p.cap { "No templates yet" } }
        hr;
        a href="/templates/new" { "New template" }
        a href="/templates" { "All templates" }
    }
}

/// What is done along with it, in two words.
fn does(it: &Offered) -> Option<&'static str> {
    match it.next.as_str() {
        "pend" => Some("then waits"),
        "resolve" => Some("then resolves"),
        _ if it.to_team.is_some() || it.to_person.is_some() => Some("and assigns"),
        _ => None,
    }
}
