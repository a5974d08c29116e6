//! Filter bar and facets. Filters are part of the address, so every chip and facet is a link or a plain GET form.

use maud::{Markup, Render, html};

use crate::field::Field;
use crate::icon;
use crate::menu::Later;
use crate::text::t;

/// One filter as a chip.
#[derive(Debug, Clone, Default)]
pub struct Chip {
    /// The field's label.
    pub field: String,
    /// "is", "is not", "after".
    pub operator: String,
    /// What it is compared with.
    pub value: String,
    /// Address of the list without this filter; none when it cannot go (sort).
    pub remove: Option<String>,
    /// Address where the value can be changed.
    pub change: Option<String>,
}

/// The bar above a list.
#[derive(Debug, Clone, Default)]
pub struct Bar {
    /// The filters that hold.
    pub chips: Vec<Chip>,
    /// How another filter is added.
    pub add: Option<Later>,
    /// Find in this list.
    pub find: Option<Find>,
}

/// The menu of a filter more, whose form ([`Add`]) is at an address.
pub fn adding(href: String) -> Later {
    Later { label: t("Add filter").into(), icon: "list-filter", key: Some("f"), href, ..Later::default() }
}

/// The form behind "Add filter": field, operator and value as GET parameters `field`, `op`, `value`, or `field` and `empty` for records
/// that have no value. What can be compared with follows from the field, so the form comes anew when another is chosen.
#[derive(Debug, Clone, Default)]
pub struct Add {
    /// Where it leads.
    pub action: String,
    /// Where the form itself comes from, with the present query.
    pub here: String,
    /// Filterable fields: name and label.
    pub fields: Vec<(String, String)>,
    /// The field that is chosen.
    pub field: String,
    /// Operators that fit it: name and label.
    pub operators: Vec<(String, String)>,
    /// What it is compared with; its name is `value`.
    pub value: Field,
    /// The present query, kept as hidden fields.
    pub keep: Vec<(String, String)>,
}

/// How a list is ordered, as the last chip: a menu of the orders there are, and of why this one puts rows where they stand.
#[derive(Debug, Clone, Default)]
pub struct Sort {
    /// "next breach first".
    pub now: String,
    /// Orders that can be chosen: label and address.
    pub orders: Vec<(String, String)>,
    /// Where the order is explained.
    pub why: Option<String>,
}

impl Render for Sort {
    fn render(&self) -> Markup {
        html! {
            span.chip.sort {
                span { (t("Sort")) }
                details.pop-menu data-menu {
                    summary.v { (self.now) }
                    div.menu {
                        @for (label, href) in &self.orders { a href=(href) aria-current=[(*label == self.now).then_some("true")] { (label) } }
                    }
                }
                @if let Some(why) = &self.why { a href=(why) data-key="w" title=(t("Why this order?")) { (t("why?")) } }
            }
        }
    }
}

/// The box that finds in this list (key `/`).
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// Where it leads.
    pub action: String,
    /// Name of the parameter.
    pub name: String,
    /// What has been looked for.
    pub value: String,
    /// "Find in 41 risks".
    pub placeholder: String,
    /// The present query, kept as hidden fields.
    pub keep: Vec<(String, String)>,
}

impl Render for Bar {
    fn render(&self) -> Markup {
        html! {
            div.filters {
                @if let Some(find) = &self.find { (find) }
                @for chip in &self.chips { (chip) }
                @if let Some(add) = &self.add { (add) }
            }
        }
    }
}

impl Render for Chip {
    fn render(&self) -> Markup {
        html! {
            span.chip {
                span { (self.field) }
                @if !self.operator.is_empty() { span { (self.operator) } }
                @match &self.change {
                    _ if self.value.is_empty() => {}
                    Some(href) => { a.v href=(href) { (self.value) } }
                    None => { span.v { (self.value) } }
                }
                @if let Some(href) = &self.remove { a href=(href) aria-label={ (t("Remove filter")) " " (self.field) } { (icon::small("x")) } }
            }
        }
    }
}

impl Render for Find {
    fn render(&self) -> Markup {
        html! {
            form.find role="search" aria-label=(self.placeholder) action=(self.action) {
                (kept(&self.keep))
                input.in.small type="search" name=(self.name) value=(self.value) placeholder=(self.placeholder) aria-label=(self.placeholder) maxlength="200" data-key="/";
            }
        }
    }
}

impl Render for Add {
    fn render(&self) -> Markup {
        html! {
            form.add-filter action=(self.action) {
                (kept(&self.keep))
                select.in.small #add-field name="field" aria-label=(t("Field")) hx-get=(self.here) hx-trigger="change" hx-target="closest form" hx-swap="outerHTML" {
                    @for (value, label) in &self.fields { option value=(value) selected[*value == self.field] { (label) } }
                }
                button.verb.small.without-script type="submit" formnovalidate formaction=(self.here.split('?').next().unwrap_or_default()) { (t("Choose this field")) }
                select.in.small name="op" aria-label=(t("Compare")) {
                    @for (value, label) in &self.operators { option value=(value) { (label) } }
                }
                (self.value)
                div.line.tight {
                    button.verb.small.first type="submit" { (t("Add")) }
                    button.verb.small.bare type="submit" name="empty" value="true" formnovalidate { (t("Has none")) }
                }
            }
        }
    }
}

/// Parameters of the present address as hidden fields, so that a GET form keeps them.
pub fn kept(pairs: &[(String, String)]) -> Markup {
    html! { @for (name, value) in pairs { input type="hidden" name=(name) value=(value); } }
}

/// One value of a facet.
#[derive(Debug, Clone, Default)]
pub struct Facet {
    /// The value's label.
    pub label: String,
    /// How many records have it.
    pub count: String,
    /// Whether the list is narrowed to it.
    pub on: bool,
    /// Address of the list with it turned round.
    pub href: String,
}

/// Values of a facet shown before "more".
const SHOWN: usize = 5;

impl Render for Facet {
    fn render(&self) -> Markup {
        html! { a.facet href=(self.href) aria-current=[self.on.then_some("true")] { span.box aria-hidden="true" {} span.clip { (self.label) } span.n { (self.count) } } }
    }
}

/// A facet: heading, values, and the address of all values when not all are shown.
pub type Group = (String, Vec<Facet>, Option<(String, String)>);

/// Facets in a column; behind "Narrow" on small screens. `total` is the count of the list, formatted.
pub fn facets(find: Option<&Find>, groups: &[Group], total: &str) -> Markup {
    html! {
        aside.facets aria-label=(t("Narrow the list")) {
            details.facet-fold data-wide-open open {
                summary.verb.only-small { (icon::small("list-filter")) (t("Narrow")) ", " (total) }
                @if let Some(find) = find { (find) }
                @for (label, values, more) in groups {
                    section {
                        h2.label { (label) }
                        @let (first, rest) = values.split_at(if values.len() > SHOWN + 1 { SHOWN } else { values.len() });
                        @for value in first { (value) }
                        @if !rest.is_empty() {
                            details.facet-more open[rest.iter().any(|value| value.on)] { summary.small { (rest.len()) " " (t("more")) } @for value in rest { (value) } }
                        }
                        @if let Some((text, href)) = more { a.small href=(href) { (text) } }
                    }
                }
            }
        }
    }
}
