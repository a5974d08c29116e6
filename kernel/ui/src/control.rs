//! The controls behind the kinds of field.

use maud::{Markup, html};

use crate::field::Field;
use crate::text::t;

/// One thing to choose.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A grey remark beside it.
    pub note: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), note: String::new() }
    }
}

/// What one types or chooses.
#[derive(Debug, Clone, Default)]
pub enum Kind {
    /// One line.
    #[default]
    Text,
    /// Several lines, so many shown.
    Area(u8),
    /// An e-mail address.
    Email,
    /// A password.
    Password,
    /// A web address.
    Url,
    /// A telephone number.
    Phone,
    /// A number: least, greatest, step (`any` for every fraction), unit shown behind it.
    Number {
        /// Least.
        min: Option<String>,
        /// Greatest.
        max: Option<String>,
        /// Step.
        step: Option<String>,
        /// Unit.
        unit: String,
    },
    /// An amount with the currency's sign before it.
    Money(String),
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A day and a time.
    Moment,
    /// One of a few, in a list that opens.
    Choice(Vec<Choice>),
    /// One of a few, all in sight.
    Radio(Vec<Choice>),
    /// Any of a few; values parted by line feeds.
    Many(Vec<Choice>),
    /// Yes or no, as a switch; posts `true` or nothing.
    Switch,
    /// Yes or no, as a tick box; posts `true` or nothing.
    Tick,
    /// Another record, by number or name: choices known beforehand, and an address that answers with [`options`] as one types
    /// (GET, the field's own name as parameter).
    Link(Vec<Choice>, Option<String>),
    /// A file; what is accepted, and whether several.
    File {
        /// Value of `accept`.
        accept: String,
        /// Several.
        several: bool,
    },
    /// Carried along, not shown.
    Hidden,
}

pub(crate) fn draw(f: &Field) -> Markup {
    match &f.kind {
        Kind::Text => input(f, "text"),
        Kind::Email => input(f, "email"),
        Kind::Password => input(f, "password"),
        Kind::Url => input(f, "url"),
        Kind::Phone => input(f, "tel"),
        Kind::Date => input(f, "date"),
        Kind::Time => input(f, "time"),
        Kind::Moment => input(f, "datetime-local"),
        Kind::Number { min, max, step, unit } => html! {
            span.affix[!unit.is_empty()] {
                input.in id=(f.id()) name=(f.name) type="number" inputmode="decimal" value=(f.value) min=[min] max=[max] step=[step] required[!f.optional] readonly[f.readonly]
                    autofocus[f.focus] aria-invalid=[bad(f)] aria-describedby=[f.described()];
                @if !unit.is_empty() { span.unit { (unit) } }
            }
        },
        Kind::Money(sign) => html! {
            span.affix.before {
                span.unit { (sign) }
                input.in id=(f.id()) name=(f.name) type="text" inputmode="decimal" value=(f.value) required[!f.optional] readonly[f.readonly] autofocus[f.focus] aria-invalid=[bad(f)] aria-describedby=[f.described()];
            }
        },
        Kind::Area(rows) => html! {
            textarea.in id=(f.id()) name=(f.name) rows=(rows) dir="auto" required[!f.optional] readonly[f.readonly] autofocus[f.focus] maxlength=[f.longest] aria-invalid=[bad(f)] aria-describedby=[f.described()] { (f.value) }
        },
        Kind::Choice(choices) => select(f, choices),
        Kind::Radio(choices) => {
            html! { @for (at, choice) in choices.iter().enumerate() { (pick(f, choice, at, "radio", choice.value == f.value)) } }
        }
        Kind::Many(choices) => {
            html! { @for (at, choice) in choices.iter().enumerate() { (pick(f, choice, at, "checkbox", f.value.lines().any(|v| v == choice.value))) } }
        }
        Kind::Switch => {
            html! { input.switch id=(f.id()) name=(f.name) type="checkbox" role="switch" value="true" checked[f.value == "true"] disabled[f.readonly] aria-describedby=[f.described()]; }
        }
        Kind::Tick => {
            html! { input.tick id=(f.id()) name=(f.name) type="checkbox" value="true" checked[f.value == "true"] disabled[f.readonly] aria-describedby=[f.described()]; }
        }
        Kind::Link(choices, lookup) => link(f, choices, lookup.as_deref()),
        Kind::File { accept, several } => html! {
            input.in.file-in id=(f.id()) name=(f.name) type="file" accept=[(!accept.is_empty()).then_some(accept)] multiple[*several] required[!f.optional] aria-invalid=[bad(f)] aria-describedby=[f.described()];
        },
        Kind::Hidden => html! {},
    }
}

fn bad(f: &Field) -> Option<&'static str> {
    f.error.as_ref().map(|_| "true")
}

fn input(f: &Field, kind: &str) -> Markup {
    html! {
        input.in id=(f.id()) name=(f.name) type=(kind) value=(f.value) required[!f.optional] readonly[f.readonly] autofocus[f.focus] maxlength=[f.longest]
            autocomplete=[(!f.complete.is_empty()).then_some(f.complete)] aria-invalid=[bad(f)] aria-describedby=[f.described()];
    }
}

fn select(f: &Field, choices: &[Choice]) -> Markup {
    html! {
        select.in id=(f.id()) name=(f.name) required[!f.optional] disabled[f.readonly] autofocus[f.focus] aria-invalid=[bad(f)] aria-describedby=[f.described()] {
            @if f.optional || f.value.is_empty() { option value="" { (if f.optional { t("None") } else { t("Choose") }) } }
            @for choice in choices { option value=(choice.value) selected[choice.value == f.value] { (choice.label) } }
        }
    }
}

/// One of a group; the first takes the focus where the group is to have it.
fn pick(f: &Field, choice: &Choice, at: usize, kind: &str, on: bool) -> Markup {
    let class = if kind == "radio" { kind } else { "tick" };
    html! {
        label.choice {
            input class=(class) type=(kind) name=(f.name) value=(choice.value) checked[on] disabled[f.readonly] required[kind == "radio" && !f.optional] autofocus[f.focus && at == 0] aria-invalid=[bad(f)];
            span { (choice.label) @if !choice.note.is_empty() { " " span.ink3 { (choice.note) } } }
        }
    }
}

fn link(f: &Field, choices: &[Choice], lookup: Option<&str>) -> Markup {
    let list = format!("{}-list", f.id());
    html! {
        input.in id=(f.id()) name=(f.name) type="text" list=(list) value=(f.value) required[!f.optional] readonly[f.readonly] autofocus[f.focus] autocomplete="off"
            hx-get=[lookup] hx-target=[lookup.map(|_| format!("#{list}"))] hx-trigger=[lookup.map(|_| "input changed delay:150ms")] hx-sync=[lookup.map(|_| "this:replace")]
            aria-invalid=[bad(f)] aria-describedby=[f.described()];
        datalist id=(list) { (options(choices)) }
    }
}

/// What a lookup answers: the options of a link field.
pub fn options(choices: &[Choice]) -> Markup {
    html! { @for choice in choices { option value=(choice.value) { (choice.label) @if !choice.note.is_empty() { " · " (choice.note) } } } }
}
