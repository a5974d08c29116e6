//! The bulk bar: verbs on the ticked rows. It shows as soon as a row is ticked, with or without script.

use maud::{Markup, html};

use crate::icon;
use crate::list::List;
use crate::text::t;
use crate::verb::Verb;

/// A list in a form whose bulk verbs act on the ticked rows. Verbs come from [`Verb::submit_to`]; `all` offers every matching record
/// ("Select all 34", a submitting verb or link).
pub struct Bulk {
    /// Where the form posts when no verb says otherwise.
    pub action: String,
    /// The session's token.
    pub csrf: String,
    /// The verbs in the bar.
    pub verbs: Vec<Verb>,
    /// Further verbs, behind "More".
    pub more: Vec<Verb>,
    /// Takes all records that match, not only those shown.
    pub all: Option<Verb>,
    /// How many match, if that is known: "34".
    pub total: String,
    /// The query the list was made from, so that "all matching" can be found again.
    pub query: String,
}

/// The list inside its form, with the bar under it.
pub fn form(list: &List, bulk: &Bulk) -> Markup {
    html! {
        form.bulk-form method="post" action=(bulk.action) data-bulk=(bulk.total) {
            input type="hidden" name="csrf" value=(bulk.csrf);
            input type="hidden" name="query" value=(bulk.query);
            (list)
            div.bulk-dock {
                div.bulk role="toolbar" aria-label=(t("Act on the selection")) {
                    b { span data-bulk-count aria-live="polite" {} " " (t("selected")) }
                    @if let Some(all) = &bulk.all { (all.draw("verb under")) }
                    @for verb in &bulk.verbs { (verb.draw("verb")) }
                    @if !bulk.more.is_empty() {
                        details.pop-menu.up data-menu {
                            summary.verb { (t("More")) (icon::small("chevron-down")) }
                            div.menu { @for verb in &bulk.more { (verb.draw("")) } }
                        }
                    }
                    button.verb.push type="reset" aria-label=(t("Clear selection")) { (icon::small("x")) }
                }
            }
        }
    }
}
