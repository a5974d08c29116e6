//! The search box of the top bar: a plain form, which script turns into the door of the palette.

use maud::{Markup, Render, html};

use crate::assets;
use crate::icon;
use crate::text::t;

/// The search box.
#[derive(Debug, Clone, Default)]
pub struct Seek {
    /// Page that shows all results (GET, parameter `q`).
    pub action: String,
    /// Address that answers with the groups of the palette (GET, parameter `on`: the page one is on); none for a plain box.
    pub palette: Option<String>,
    /// Address that answers with what is found as one types (GET, parameters `q`, `on`).
    pub suggest: String,
    /// What has been searched for.
    pub value: String,
}

impl Render for Seek {
    fn render(&self) -> Markup {
        let script = self.palette.as_ref().map(|_| assets::url("palette.js"));
        html! {
            form.seek role="search" aria-label=(t("Everything")) action=(self.action) data-seek=[&self.palette] data-script=[script]
                data-suggest=[self.palette.as_ref().map(|_| &self.suggest)]
                data-result=(t("result")) data-results=(t("results")) data-none=(t("Nothing found here. Enter searches everything.")) {
                (icon::small("search"))
                input type="search" name="q" value=(self.value) placeholder=(t("Search, go to, or do something")) aria-label=(t("Search, go to, or do something"))
                    autocomplete="off" maxlength="200";
                kbd { "Ctrl K" }
            }
        }
    }
}
