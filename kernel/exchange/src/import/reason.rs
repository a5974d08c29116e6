//! Why a row is refused, as people read it.

use kernel::register::Shape;
use kernel::{Error, FieldError};

/// What is wrong with a row: a sentence that begins with the label of its field, unless it names it itself.
pub fn reason(shape: &Shape, wrong: &FieldError) -> String {
    let label = match wrong.field.as_str() {
        "organisation" => "Organisation",
        key => shape.field(key).map_or(key, |field| field.label),
    };
    let named = wrong.message.strip_prefix(label).is_some_and(|rest| rest.starts_with(' '));
    if label.is_empty() || named { wrong.message.clone() } else { format!("{label}: {}", wrong.message) }
}

/// All that is wrong with a row.
pub(super) fn reasons(shape: &Shape, error: &Error) -> Vec<String> {
    match error.fields() {
        [] => vec![error.to_string()],
        fields => fields.iter().map(|it| reason(shape, it)).collect(),
    }
}
