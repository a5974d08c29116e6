//! `/settings`: every setting of every practice, described once there.

use db::Tx;
use kernel::describe::{Field, Setting};
use kernel::register::{Cell, Names, Source, names_of, parse};
use kernel::web::{Reply, Request};
use kernel::{Act, FieldError, Result, settings};
use maud::{Render, html};
use ui::form::{Form, Part};
use ui::head::Head;
use ui::verb::Verb;

use super::demand;
use crate::form::field;
use crate::typed::{self, Texts};

/// A setting's field under the setting's own key, which is what the form posts.
fn as_field(setting: &'static Setting) -> Field {
    Field { key: setting.key, ..setting.field }
}

/// `GET /settings`.
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    demand(request)?;
    let mut texts = Texts::new();
    for setting in settings::all(&request.house) {
        texts.insert(setting.key.to_owned(), text(tx, request, setting)?);
    }
    draw(tx, request, &texts, &[])
}

fn text(tx: &mut Tx, request: &Request, setting: &'static Setting) -> Result<String> {
    let cell = settings::get(tx, &request.house, setting.key)?;
    let target = setting.field.target();
    let wanted: Vec<(&'static str, i64)> = match (&cell, target) {
        (Cell::Int(id), Some(to)) => vec![(to, *id)],
        (Cell::Many(ids), Some(to)) => ids.iter().map(|id| (to, *id)).collect(),
        _ => Vec::new(),
    };
    let names: Names = names_of(tx, &request.house, &request.view, &[], &wanted)?;
    Ok(typed::text(request, &setting.field, &cell, &names))
}

fn draw(tx: &mut Tx, request: &Request, texts: &Texts, errors: &[FieldError]) -> Result<Reply> {
    let mut parts = Vec::new();
    for practice in request.house.practices.iter().filter(|practice| !practice.settings.is_empty()) {
        let mut fields = Vec::new();
        for setting in practice.settings {
            let text = texts.get(setting.key).map_or("", String::as_str);
            let error = errors.iter().find(|it| it.field == setting.key).map(|it| it.message.as_str());
            let drawn = field::draw(tx, request, &as_field(setting), text, error)?;
            fields.push(ui::field::Field { optional: drawn.optional && setting.field.preset.is_empty(), ..drawn });
        }
        let mut title = practice.key.replace('_', " ");
        title[..1].make_ascii_uppercase();
        parts.push(Part { title, lead: practice.about.into(), fields, ..Part::default() });
    }
    let none = parts.is_empty();
    let form = Form {
        action: "/settings".into(),
        csrf: request.csrf.clone(),
        parts,
        verbs: vec![Verb::submit("Save settings").first()],
        ..Form::default()
    };
    let head = Head {
        title: "Settings".into(),
        lead: Some("They hold for everyone in this installation; each change is in the journal.".into()),
        verbs: vec![Verb::link("Fields the organisation adds", "/settings/fields").render()],
        ..Head::default()
    };
    let body = html! {
        (head)
        @if none { p.ink2 { "No practice has settings." } } @else { (form) }
    };
    Ok(Reply::page("Settings", "/settings", body))
}

/// `POST /settings`: saves what differs from what is set.
pub fn save(act: &mut Act, request: &Request) -> Result<Reply> {
    demand(request)?;
    let fields: Vec<Field> = settings::all(act.house).map(as_field).collect();
    let texts = typed::sent(&request.form, &fields, true);
    let mut errors = Vec::new();
    let mut changed = 0;
    let house = std::sync::Arc::clone(&request.house);
    for setting in settings::all(&house) {
        let Some(typed) = texts.get(setting.key) else { continue };
        if *typed == text(act.tx, request, setting)? {
            continue;
        }
        let value = typed::values(act.house, &[as_field(setting)], &texts).remove(setting.key).unwrap_or_default();
        let cell = parse(act.tx, act.house, act.view, &setting.field, &value, Source::Text)?;
        match cell.map(|cell| settings::set(act, setting, &cell)) {
            Ok(Ok(())) => changed += 1,
            Ok(Err(error)) => errors.extend(crate::form::refusal(error)?.1),
            Err(message) => errors.push(FieldError::new(setting.key, message)),
        }
    }
    if !errors.is_empty() {
        return Ok(draw(act.tx, request, &texts, &errors)?.status(422));
    }
    Ok(Reply::redirect("/settings", if changed == 0 { "Nothing was changed" } else { "Settings saved" }))
}
