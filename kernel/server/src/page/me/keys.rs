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
use pages::Place;
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::form::Part;
use ui::go::{self, Letters};
use ui::head::Head;
use ui::keys::{Group, Keys, MAP};
use ui::reader::reading;
use ui::verb::Verb;

/// The form's field of a key of the scheme, or of the letter of a place, which its path names.
fn field_name(key: &str) -> String {
    format!("key:{key}")
}

/// The keys and letters that a form asks for; one that it does not name stays as it comes. Else what is wrong, by field.
pub(super) fn wanted(call: &Call, seen: &Seen, form: &Form) -> Result<Keys, Vec<FieldError>> {
    let asked = |key: &str| {
        let name = field_name(key);
        form.contains_key(&name).then(|| field(form, &name).trim().to_owned())
    };
    let named: Vec<(&str, String)> = MAP.iter().filter_map(|key| Some((key.name, asked(key.name)?))).collect();
    let keys = Keys::of(named.iter().map(|(key, own)| (*key, own.as_str())));
    let places = places(call, seen);
    let letters = Letters::of(seen.reader.keys.letters(), &named_places(&places), asked);
    match (keys, letters) {
        (Ok(keys), Ok(letters)) => Ok(keys.with(letters)),
        (keys, letters) => {
            let keys = keys.err().unwrap_or_default().into_iter().map(|(key, said)| (key.to_owned(), said));
            let wrong = keys.chain(letters.err().unwrap_or_default());
            Err(wrong.map(|(key, said)| FieldError::new(field_name(&key), said)).collect())
        }
    }
}

/// The places of the rail with their letters, as the person has them.
fn places(call: &Call, seen: &Seen) -> Vec<Place> {
    reading(&seen.reader, || pages::places(&call.app.house, &seen.view))
}

fn named_places(places: &[Place]) -> Vec<(&str, &str)> {
    places.iter().map(|place| (place.path.as_str(), place.label)).collect()
}

/// The page; `sent` is a form that was refused for what `wrong` says.
pub(super) fn page(call: &Call, seen: &Seen, status: StatusCode, sent: &Form, wrong: &[FieldError]) -> Response<Body> {
    let head = Head {
        crumbs: vec![("Profile".into(), "/me".into())],
        title: "Keys".into(),
        lead: Some("What each key does is the same on every page. Put another key in its place where you like one better; a place may have no letter at all; hints and this list follow.".into()),
        verbs: vec![Verb::post("Put back what comes", "/me/keys/reset", seen.csrf.clone()).render()],
        ..Head::default()
    };
    let groups = [(Group::Everywhere, "Everywhere"), (Group::Lists, "Lists"), (Group::Record, "A record")];
    let parts = groups.iter().map(|(group, title)| part(seen, *group, title, sent, wrong));
    let form = ui::form::Form {
        action: "/me/keys".into(),
        csrf: seen.csrf.clone(),
        parts: parts.chain([letters(call, seen, sent, wrong)]).collect(),
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
    let fields = MAP.iter().filter(|key| key.group == group);
    let fields = fields.map(|key| of_key(key.name, key.does, Some(key.name), seen.reader.keys.own(key.name), sent, wrong));
    Part { title: title.into(), fields: fields.collect(), ..Part::default() }
}

/// The letters after `g`.
fn letters(call: &Call, seen: &Seen, sent: &Form, wrong: &[FieldError]) -> Part {
    let places = places(call, seen);
    let fields = places.iter().zip(go::coming(&named_places(&places))).map(|(place, come)| {
        let [own, come] = [place.go, come].map(|letter| letter.map(String::from));
        of_key(&place.path, place.label, come.as_deref(), own.as_deref().unwrap_or_default(), sent, wrong)
    });
    let title = format!("After {}, go to", seen.reader.keys.own("g"));
    Part { title, fields: fields.collect(), ..Part::default() }
}

/// The field of a key: what was sent, else what the person has; help says what comes, where that differs.
fn of_key(key: &str, does: &str, come: Option<&str>, own: &str, sent: &Form, wrong: &[FieldError]) -> Field {
    let name = field_name(key);
    let own = if sent.contains_key(&name) { field(sent, &name) } else { own };
    let said = Field::new(name.clone(), does, Kind::Text).value(own);
    let said = match come {
        Some(come) if come != own => said.help(format!("Comes as {come}")),
        _ => said,
    };
    match refused(wrong, &name) {
        Some(message) => said.error(message),
        None => said,
    }
}
