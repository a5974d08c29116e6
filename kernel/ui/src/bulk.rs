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
    /// The verbs.
    pub verbs: Vec<Verb>,
    /// Takes all records that match, not only those shown.
    pub all: Option<Verb>,
    /// The query the list was made from, so that "all matching" can be found again.
    pub query: String,
}

/// The list inside its form, with the bar under it.
pub fn form(list: &List, bulk: &Bulk) -> Markup {
    html! {
        form.bulk-form method="post" action=(bulk.action) data-bulk {
            input type="hidden" name="csrf" value=(bulk.csrf);
            input type="hidden" name="query" value=(bulk.query);
            (list)
            div.bulk-dock {
                div.bulk role="toolbar" aria-label=(t("Act on the selection")) {
                    b { span data-bulk-count {} " " (t("selected")) }
                    @if let Some(all) = &bulk.all { (all.draw("verb under")) }
                    @for verb in &bulk.verbs { (verb.draw("verb")) }
                    button.verb.push type="reset" aria-label=(t("Clear selection")) { (icon::small("x")) }
                }
            }
        }
    }
}
