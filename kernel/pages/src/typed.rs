//! Values as a form carries them: cells to the text of an input, and back.

use jiff::Timestamp;
use kernel::describe::{Field, Kind, Register};
use kernel::house::House;
use kernel::register::{Cell, Names, amount};
use kernel::web::{Form, Request};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// Typed texts by field key.
pub type Texts = HashMap<String, String>;

/// What the input of a field shows for a value.
pub fn text(request: &Request, field: &Field, cell: &Cell, names: &Names) -> String {
    match (field.kind, cell) {
        (Kind::Bool, cell) => if cell.int() == Some(1) { "true" } else { "false" }.into(),
        (_, Cell::Null) => String::new(),
        (Kind::Link(_), Cell::Int(id)) | (Kind::LinkAny, Cell::Any(_, id)) => link(names, *id),
        (_, Cell::Many(ids)) => ids.iter().map(|id| link(names, *id)).collect::<Vec<_>>().join("\n"),
        (Kind::Time, Cell::Int(at)) => local(request, *at),
        (Kind::Duration, Cell::Int(seconds)) => kernel::time::typed_duration(*seconds),
        (Kind::Level(of), Cell::Int(rung)) => of.iter().find(|it| it.rung == *rung).map_or(rung.to_string(), |it| it.key.into()),
        (_, Cell::Money(minor, currency)) => format!("{} {currency}", amount(*minor, currency)),
        (_, Cell::Int(number)) => number.to_string(),
        (_, Cell::Real(number)) => number.to_string(),
        (_, Cell::Text(text)) => text.clone(),
        (_, Cell::Any(_, id)) => link(names, *id),
    }
}

fn link(names: &Names, id: i64) -> String {
    names.get(&id).map_or_else(String::new, |name| named(&name.title, &name.reference))
}

/// How a link is written into an input: name and reference, so that it is both readable and certain.
pub fn named(title: &str, reference: &str) -> String {
    let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() { reference.to_owned() } else { format!("{title} ({reference})") }
}

/// The reference in `Name (REF-1)`; any other text as it is.
pub fn reference<'a>(house: &House, text: &'a str) -> &'a str {
    let text = text.trim();
    let inside = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, inside)| inside);
    inside.filter(|it| house.register_of(it).is_some()).unwrap_or(text)
}

/// What `datetime-local` takes, as exact as the value is.
fn local(request: &Request, at: i64) -> String {
    let form = match (at % 60_000, at % 1_000) {
        (0, _) => "%Y-%m-%dT%H:%M",
        (_, 0) => "%Y-%m-%dT%H:%M:%S",
        _ => "%Y-%m-%dT%H:%M:%S%.3f",
    };
    let at = Timestamp::from_millisecond(at).unwrap_or_default();
    at.to_zoned_datetime(request.view.zone.clone()).strftime(form).to_string()
}

/// What a form sent for some fields. `whole`: the form showed all of them, so a tick box that was not sent is off.
pub fn sent(form: &Form, fields: &[Field], whole: bool) -> Texts {
    let mut texts = Texts::new();
    for field in fields {
        let text = match form.get(field.key) {
            Some(Json::String(text)) => Some(text.replace("\r\n", "\n")),
            Some(Json::Array(parts)) => {
                Some(parts.iter().filter_map(Json::as_str).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"))
            }
            _ if whole && field.kind == Kind::Bool => Some("false".into()),
            _ => None,
        };
        if let Some(text) = text {
            texts.insert(field.key.to_owned(), text);
        }
    }
    texts
}

/// Typed texts as the engine takes them. Empty texts stand for no value.
pub fn values(house: &House, fields: &[Field], texts: &Texts) -> Map<String, Json> {
    let typed = fields.iter().filter_map(|field| texts.get(field.key).map(|text| (field.key.to_owned(), value(house, field, text))));
    typed.collect()
}

fn value(house: &House, field: &Field, text: &str) -> Json {
    match field.kind {
        Kind::Link(_) | Kind::LinkAny => Json::from(reference(house, text)),
        Kind::Many(_) => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let parts = lines.flat_map(|line| match reference(house, line) {
                found if found != line => vec![found],
                line => line.split(',').map(str::trim).filter(|part| !part.is_empty()).collect(),
            });
            parts.map(Json::from).collect()
        }
        _ => Json::from(text),
    }
}

/// Fields of a register that a viewer may fill in.
pub fn editable(request: &Request, register: &'static Register) -> Vec<Field> {
    let shape = request.house.shape(register);
    let may = |field: &&Field| !field.computed && request.view.reads(register, field);
    shape.fields.iter().filter(may).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_box_that_is_off_counts_only_on_a_whole_form() {
        let fields = [kernel::describe::bool("urgent", "Urgent"), kernel::describe::line("name", "Name")];
        let form = Form::from_iter([("name".to_owned(), Json::from("a\r\nb"))]);
        assert_eq!(sent(&form, &fields, true).get("urgent").map(String::as_str), Some("false"));
        assert_eq!(sent(&form, &fields, false).get("urgent"), None);
        assert_eq!(sent(&form, &fields, false).get("name").map(String::as_str), Some("a\nb"));
    }
}
