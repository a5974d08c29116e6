//! Somebody else saved first: only fields that truly clash are asked about, the rest is merged and shown.

use maud::{Markup, Render, html};

use crate::icon;
use crate::text::t;
use crate::verb::Verb;

/// A field that one side or both changed. Values are shown as given and posted as `value_mine` and `value_theirs`.
#[derive(Debug, Clone, Default)]
pub struct Clash {
    /// Name of the field; the choice is posted under it.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What it was when one began.
    pub was: String,
    /// What the other saved.
    pub theirs: String,
    /// What one typed oneself.
    pub mine: String,
    /// What is posted for the other's value.
    pub value_theirs: String,
    /// What is posted for one's own.
    pub value_mine: String,
    /// Whether both changed it; otherwise the changed side is taken.
    pub both_changed: bool,
    /// For long texts: both, one after the other, may be kept. What is posted then.
    pub value_both: Option<String>,
}

/// The form that merges.
#[derive(Debug, Clone, Default)]
pub struct Merge {
    /// Where it posts.
    pub action: String,
    /// The session's token.
    pub csrf: String,
    /// The version to save on.
    pub version: String,
    /// Who saved first: "Dana Okafor saved 08:23".
    pub other: String,
    /// Their short name: "Dana’s".
    pub theirs_label: String,
    /// The fields.
    pub clashes: Vec<Clash>,
    /// The verbs; the first submits.
    pub verbs: Vec<Verb>,
}

impl Render for Merge {
    fn render(&self) -> Markup {
        html! {
            form method="post" action=(self.action) {
                input type="hidden" name="csrf" value=(self.csrf);
                input type="hidden" name="version" value=(self.version);
                div.over-x tabindex="0" role="group" aria-label=(t("What both sides changed")) {
                    table.list.merge {
                        caption.vh { (t("What both sides changed")) }
                        thead { tr { th scope="col" { (t("Field")) } th scope="col" { (t("Was")) } th scope="col" { (self.other) } th scope="col" { (t("You typed")) } th scope="col" { (t("Keep")) } } }
                        tbody { @for clash in &self.clashes {
                            tr { th scope="row" { (clash.label) } td.ink3 { (clash.was) } td.ink3[clash.theirs == clash.was] { (clash.theirs) } td.ink3[clash.mine == clash.was] { (clash.mine) } td { (self.keep(clash)) } }
                        } }
                    }
                }
                div.form-foot { @for verb in &self.verbs { (verb) } }
            }
        }
    }
}

impl Merge {
    fn keep(&self, clash: &Clash) -> Markup {
        if !clash.both_changed {
            let mine = clash.mine != clash.was;
            return html! {
                input type="hidden" name=(clash.name) value=(if mine { &clash.value_mine } else { &clash.value_theirs });
                span.good { (icon::small("check")) " " (if mine { t("yours, no clash") } else { t("theirs, no clash") }) }
            };
        }
        html! {
            span.line {
                (radio(&clash.name, &clash.value_theirs, &self.theirs_label, true))
                (radio(&clash.name, &clash.value_mine, t("mine"), false))
                @if let Some(both) = &clash.value_both { (radio(&clash.name, both, t("both"), false)) }
            }
        }
    }
}

fn radio(name: &str, value: &str, label: &str, on: bool) -> Markup {
    html! { label.line.tight { input.radio type="radio" name=(name) value=(value) checked[on]; (label) } }
}
