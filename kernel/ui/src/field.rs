//! One field of a form: label, control, help, and an error that says what would be right.

use maud::{Markup, Render, html};

use crate::control::{self, Kind};
use crate::icon;
use crate::text::t;

/// A field. `name` is what is posted; ids of label, help and error are made from it.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Name in the form.
    pub name: String,
    /// Label.
    pub label: String,
    /// What one types or chooses.
    pub kind: Kind,
    /// The value, as it is posted: ISO dates, plain numbers. Many values are parted by line feeds.
    pub value: String,
    /// One sentence under the control.
    pub help: String,
    /// What is wrong and what would be right.
    pub error: Option<String>,
    /// May stay empty; required is the default.
    pub optional: bool,
    /// May be read but not changed.
    pub readonly: bool,
    /// Takes the focus when the page opens.
    pub focus: bool,
    /// Value of `autocomplete`.
    pub complete: &'static str,
    /// At most so many characters.
    pub longest: Option<u32>,
    /// Takes the full width of a two-column form.
    pub full: bool,
    /// A small link at the end of the label's line: text and address.
    pub aside: Option<(&'static str, &'static str)>,
}

impl Field {
    /// A required field.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: Kind) -> Self {
        Self { name: name.into(), label: label.into(), kind, ..Self::default() }
    }
    /// With a value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }
    /// With help.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
    /// With an error.
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = Some(error.into());
        self
    }
    /// May stay empty.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
    /// May not be changed.
    pub fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }
    /// Takes the focus.
    pub fn focus(mut self) -> Self {
        self.focus = true;
        self
    }
    /// With a value of `autocomplete`.
    pub fn complete(mut self, value: &'static str) -> Self {
        self.complete = value;
        self
    }
    /// Over the full width.
    pub fn full(mut self) -> Self {
        self.full = true;
        self
    }

    /// With a small link at the end of the label's line.
    pub fn aside(mut self, text: &'static str, href: &'static str) -> Self {
        self.aside = Some((text, href));
        self
    }

    /// The control's id.
    pub fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    /// Ids of help and error, for `aria-describedby`.
    pub(crate) fn described(&self) -> Option<String> {
        let help = (!self.help.is_empty()).then(|| format!("{}-help", self.id()));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id()));
        let all: Vec<_> = help.into_iter().chain(error).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    fn remarks(&self) -> Markup {
        html! {
            @if !self.help.is_empty() { p.help id={ (self.id()) "-help" } { (self.help) } }
            @if let Some(error) = &self.error { p.error id={ (self.id()) "-error" } { (icon::small("triangle-alert")) (error) } }
        }
    }

    fn label_line(&self) -> Markup {
        let label = html! { label.name for=(self.id()) { (self.name_line()) } };
        match self.aside {
            None => label,
            Some((text, href)) => html! { div.line.between.base { (label) a.small.aside href=(href) { (text) } } },
        }
    }

    fn name_line(&self) -> Markup {
        html! { (self.label) @if self.optional && !self.readonly { " " span.opt { (t("optional")) } } }
    }
}

impl Render for Field {
    fn render(&self) -> Markup {
        let class = if self.full { "field full" } else { "field" };
        match &self.kind {
            Kind::Hidden => html! { input type="hidden" name=(self.name) value=(self.value); },
            Kind::Tick | Kind::Switch => html! {
                div class=(class) { label.choice { (control::draw(self)) span { (self.name_line()) } } (self.remarks()) }
            },
            Kind::Radio(_) | Kind::Many(_) => html! {
                fieldset id=(self.id()) tabindex="-1" class=(class) aria-describedby=[self.described()] { legend.name { (self.name_line()) } (control::draw(self)) (self.remarks()) }
            },
            _ => html! {
                div class=(class) { (self.label_line()) (control::draw(self)) (self.remarks()) }
            },
        }
    }
}
