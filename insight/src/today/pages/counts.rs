//! `/today/counts`: which lines there are, and which are turned off; by whose hours the night is told.

use crate::today::chosen::{self, Chosen};
use crate::today::gather::sorts;
use crate::today::store;
use db::Tx;
use kernel::web::{Reply, Request};
use kernel::{Act, Error, Result};
use maud::{Render, html};
use serde_json::Value as Json;
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::form::{Form, Part};
use ui::head::Head;
use ui::verb::Verb;

/// The page.
pub fn counts(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let chosen = chosen::read(tx, request.view.person)?;
    let register = request.house.register("calendars").ok_or(Error::NotFound)?;
    let calendars = store::calendars(tx, &request.view, register)?;
    let mut parts = lines(request, &chosen);
    let first = Choice::new("", "The first that fits my zone");
    let choices = [first].into_iter().chain(calendars.iter().map(|it| Choice::new(it.reference.as_str(), it.name.as_str()))).collect();
    parts.push(Part {
        title: "Last night".into(),
        lead: "The night is told from the end of the last working time until work began again.".into(),
        fields: vec![Field::new("calendar", "Working time", Kind::Choice(choices)).value(chosen.calendar.as_str()).optional()],
        ..Part::default()
    });
    let form = Form {
        action: "/today/counts".into(),
        csrf: request.csrf.clone(),
        parts,
        verbs: vec![Verb::submit("Save").first(), Verb::link("Back to Today", "/today")],
        ..Form::default()
    };
    let head = Head {
        crumbs: vec![("Today".into(), "/today".into())],
        title: "What counts".into(),
        lead: Some("These lines may stand on your morning page. Turn off what does not concern you; it is kept with your account.".into()),
        ..Head::default()
    };
    Ok(Reply::page("What counts", "/today", html! { (head) (form.render()) }))
}

/// A group for every practice that has lines for the viewer.
fn lines(request: &Request, chosen: &Chosen) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut keys: Vec<&str> = Vec::new();
    for (practice, line) in sorts(request) {
        let name = practice.registers.first().map_or(practice.key, |register| register.many);
        if keys.last() != Some(&practice.key) {
            keys.push(practice.key);
            let field = Field::new("on", name, Kind::Many(Vec::new()));
            parts.push(Part { fields: vec![field], ..Part::default() });
        }
        let Some(field) = parts.last_mut().and_then(|part| part.fields.first_mut()) else { continue };
        if let Kind::Many(choices) = &mut field.kind {
            choices.push(Choice { value: line.key.into(), label: line.title.into(), note: line.about.into() });
        }
        if !chosen.off.iter().any(|off| off == line.key) {
            field.value = if field.value.is_empty() { line.key.into() } else { format!("{}\n{}", field.value, line.key) };
        }
    }
    parts
}

/// Keeps what was chosen.
pub fn choose(act: &mut Act, request: &Request) -> Result<Reply> {
    let on: Vec<&str> = match request.form.get("on") {
        Some(Json::String(one)) => vec![one.as_str()],
        Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    };
    let off = sorts(request).filter(|(_, line)| !on.contains(&line.key)).map(|(_, line)| line.key.to_owned()).collect();
    let register = request.house.register("calendars").ok_or(Error::NotFound)?;
    let known = store::calendars(act.tx, &request.view, register)?;
    let calendar = known.into_iter().find(|it| it.reference == request.sent("calendar")).map_or(String::new(), |it| it.reference);
    chosen::keep(act.tx, request.view.person, &Chosen { off, calendar })?;
    Ok(Reply::redirect("/today", "Your morning is as you chose"))
}
