//! `/me/keys`: one's own keys in place of those that come.

use super::refused;
use crate::call::Call;
use crate::gate::Seen;
use crate::page::render;
use crate::page::stranger::field;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use kernel::FieldError;
use kernel::web::{Form, Reply};
use maud::{Render, html};
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::form::Part;
use ui::head::Head;
use ui::keys::{Group, Keys, MAP};
use ui::verb::Verb;

/// The form's field of a key.
pub(super) fn field_name(key: &str) -> String {
    format!("key:{key}")
}

/// The keys that a form asks for; one that it does not name stays as it comes.
pub(super) fn wanted(form: &Form) -> Result<Keys, Vec<(&'static str, String)>> {
    let sent: Vec<(&str, String)> = MAP.iter().map(|key| (key.name, field_name(key.name))).collect();
    let asked = sent.iter().filter(|(_, name)| form.contains_key(name)).map(|(key, name)| (*key, field(form, name).trim()));
    Keys::of(asked)
}

/// The page; `sent` is a form that was refused for what `wrong` says.
pub(super) fn page(call: &Call, seen: &Seen, status: StatusCode, sent: &Form, wrong: &[FieldError]) -> Response<Body> {
    let head = Head {
        crumbs: vec![("Profile".into(), "/me".into())],
        title: "Keys".into(),
        lead: Some("What each key does is the same on every page. Put another key in its place where you like one better; hints and this list follow.".into()),
        verbs: vec![Verb::post("Put back what comes", "/me/keys/reset", seen.csrf.clone()).render()],
        ..Head::default()
    };
    let groups = [(Group::Everywhere, "Everywhere"), (Group::Lists, "Lists"), (Group::Record, "A record")];
    let form = ui::form::Form {
        action: "/me/keys".into(),
        csrf: seen.csrf.clone(),
        parts: groups.iter().map(|(group, title)| part(seen, *group, title, sent, wrong)).collect(),
        verbs: vec![Verb::submit("Save keys").first()],
        two_columns: true,
        ..ui::form::Form::default()
    };
    let switch = vec![Choice::new("on", "Single keys act on lists and records"), Choice::new("off", "Off: only Ctrl K and Esc act")];
    let switch = Field::new("keys", "Single keys", Kind::Radio(switch)).value(if seen.keys_off { "off" } else { "on" });
    let body = html! { (head) section.block { (super::parts::form(seen, "/me/screen", vec![switch], "Save")) } (form) };
    render::render(call, seen, Reply::page("Keys", "/me", body).status(status.as_u16()))
}

fn part(seen: &Seen, group: Group, title: &str, sent: &Form, wrong: &[FieldError]) -> Part {
    let fields = MAP.iter().filter(|key| key.group == group).map(|key| {
        let name = field_name(key.name);
        let own = if sent.contains_key(&name) { field(sent, &name) } else { seen.reader.keys.own(key.name) };
        let said = Field::new(name.clone(), key.does, Kind::Text).value(own);
        let said = if own == key.name { said } else { said.help(format!("Comes as {}", key.name)) };
        match refused(wrong, &name) {
            Some(message) => said.error(message),
            None => said,
        }
    });
    Part { title: title.into(), fields: fields.collect(), ..Part::default() }
}
