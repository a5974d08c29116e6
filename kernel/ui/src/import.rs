//! The import wizard: its steps, the mapping of columns, the outcome.

use maud::{Markup, Render, html};

use crate::control::Choice;
use crate::text::t;
use crate::verb::{Verb, verbs};

/// The wizard's steps as a line; `current` counts from 0.
pub fn steps(names: &[&str], current: usize) -> Markup {
    html! {
        ol.wizard aria-label=(t("Steps")) {
            @for (i, name) in names.iter().enumerate() { li.past[i < current] aria-current=[(i == current).then_some("step")] { span.no { (i + 1) } (name) } }
        }
    }
}

/// A column of the file and the field it goes to.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Name of the control; posts the field's name or nothing.
    pub name: String,
    /// The file's header.
    pub header: String,
    /// A few values of the file.
    pub samples: Vec<String>,
    /// The field it goes to; empty is left out.
    pub field: String,
    /// How the field was found: "same name", "9 of 10 values fit".
    pub guess: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// The mapping form.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// Where it posts.
    pub action: String,
    /// The session's token.
    pub csrf: String,
    /// The file's columns.
    pub columns: Vec<Column>,
    /// The fields one may map to.
    pub fields: Vec<Choice>,
    /// Submitting verbs: dry run, import.
    pub verbs: Vec<Verb>,
}

impl Render for Mapping {
    fn render(&self) -> Markup {
        html! {
            form method="post" action=(self.action) {
                input type="hidden" name="csrf" value=(self.csrf);
                div.over-x tabindex="0" role="group" aria-label=(t("Columns and fields")) {
                    table.list.fold.stacked.mapping {
                        caption.vh { (t("Columns and fields")) }
                        thead { tr { th scope="col" { (t("Column in the file")) } th scope="col" { (t("Its first values")) } th scope="col" { (t("Goes to")) } th scope="col" { (t("Because")) } } }
                        tbody { @for column in &self.columns { (self.row(column)) } }
                    }
                }
                div.form-foot { (verbs(&self.verbs)) }
            }
        }
    }
}

impl Mapping {
    fn row(&self, column: &Column) -> Markup {
        html! {
            tr role="row" {
                th scope="row" role="rowheader" { (column.header) }
                td.ink2 role="cell" { div.clip.samples { (column.samples.join(" · ")) } }
                td role="cell" {
                    select.in.small name=(column.name) aria-label={ (t("Field for")) " " (column.header) } aria-invalid=[column.error.as_ref().map(|_| "true")] {
                        option value="" { (t("Left out")) }
                        @for field in &self.fields { option value=(field.value) selected[field.value == column.field] { (field.label) } }
                    }
                }
                td role="cell" { @match &column.error { Some(error) => { span.bad { (error) } } None => { span.ink3 { (column.guess) } } } }
            }
        }
    }
}
