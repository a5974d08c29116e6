//! The page of a register's views: rename, share, remove.

use db::Tx;
use kernel::describe::Register;
use kernel::register::names_of;
use kernel::web::{Reply, Request};
use kernel::{Act, Error, Result};
use maud::{Markup, html};
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::head::Head;
use ui::marks::Tone;
use ui::states::{Empty, notice};
use ui::verb::Verb;

use super::store::{self, SavedView};
use super::{href, save_form};
use crate::address::{read, write};
use crate::form::crumbs;
use crate::list::address;
use crate::shown::in_sentence;

/// Most characters of a name and of a question.
const LONGEST: (usize, usize) = (60, 4_000);

/// `GET /{kind}/views`.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    draw(tx, request, register, None)
}

/// The page, with what was refused.
fn draw(tx: &mut Tx, request: &Request, register: &'static Register, refused: Option<&str>) -> Result<Reply> {
    request.view.demand(register, "read")?;
    let views = store::visible(tx, &request.view, register)?;
    let mut wanted: Vec<(&'static str, i64)> = views.iter().map(|view| ("people", view.person)).collect();
    wanted.extend(request.view.teams.iter().map(|team| ("teams", *team)));
    wanted.retain(|(key, _)| request.house.register(key).is_some());
    let names = names_of(tx, &request.house, &request.view, &[], &wanted)?;
    let name = |id: i64| names.get(&id).map_or_else(|| "somebody".to_owned(), |name| name.title.clone());
    let teams: Vec<Choice> = request.view.teams.iter().map(|id| Choice::new(id.to_string(), format!("Team {}", name(*id)))).collect();
    let head = Head {
        crumbs: crumbs(register, None),
        title: format!("Views of {}", in_sentence(register.many)),
        lead: Some("A view is a question under a name. Filters, order and columns are part of it.".into()),
        ..Head::default()
    };
    let empty = Empty {
        title: "No views yet".into(),
        text: html! { "Narrow the list and choose “Save as view”." },
        verbs: vec![Verb::link(register.many, format!("/{}", register.key))],
    };
    let sent = request.form.get("question").and_then(|question| question.as_str());
    let brought = request.asked("question").or(sent);
    let body = html! {
        (head)
        @if let Some(refused) = refused { (notice(Tone::Bad, &html! { "Not saved. " (refused) })) }
        @if let Some(question) = brought { (keep(request, register, question, refused)) }
        @else if views.is_empty() { (empty) }
        @for view in &views { (one(request, register, view, &teams, &name(view.person), refused)) }
        @if views.is_empty() && brought.is_none() { (save_form(request, register, "")) }
    };
    Ok(Reply::page(format!("Views of {}", register.many), register.key, body))
}

/// A form that saves a question which was brought along.
fn keep(request: &Request, register: &Register, question: &str, refused: Option<&str>) -> Markup {
    let name = typed(request, Field::new("name", "Name", Kind::Text), refused);
    html! {
        section.block {
            header { h2 { "A view of this list" } }
            p.small.ink3 { "It keeps what " a href=(address(register, question).href()) { "this list" } " asks: its filters, order and columns." }
            form.form method="post" action={ "/" (register.key) "/views" } {
                input type="hidden" name="csrf" value=(request.csrf);
                input type="hidden" name="question" value=(question);
                (name.focus())
                div.form-foot { button.verb.first type="submit" { "Save view" } }
            }
        }
    }
}

/// A field as it was sent, with what was refused of it; as it is, if it was not sent.
fn typed(request: &Request, field: Field, refused: Option<&str>) -> Field {
    let (Some(sent), Some(refused)) = (request.form.get(&field.name).and_then(|sent| sent.as_str()), refused) else { return field };
    field.value(sent).error(refused)
}

fn one(request: &Request, register: &Register, view: &SavedView, teams: &[Choice], owner: &str, refused: Option<&str>) -> Markup {
    let mine = may_change(request, register, view);
    let shared = match (view.everyone, view.team) {
        (true, _) => "everyone".to_owned(),
        (false, Some(team)) => team.to_string(),
        (false, None) => "me".to_owned(),
    };
    let mut with = vec![Choice::new("me", "Only me")];
    if request.view.may(register, "share") {
        with.extend(teams.iter().cloned());
        with.push(Choice::new("everyone", "Everyone in the organisation"));
    }
    let id = view.id.to_string();
    let mut name = Field::new("name", "Name", Kind::Text).value(view.name.clone());
    let mut share = Field::new("share", "Who sees it", Kind::Choice(with)).value(shared);
    // Ids of controls are made from names; several forms stand on this page.
    name.name = format!("name-{id}");
    let name = typed(request, name, refused);
    share.name = format!("share-{id}");
    html! {
        section.block {
            header { h2 { a href=(href(register, view)) { (view.name) } } span.small.ink3 { "by " (owner) } }
            @if mine {
                form.form method="post" action={ "/" (register.key) "/views/" (id) } {
                    input type="hidden" name="csrf" value=(request.csrf);
                    (name) (share)
                    div.form-foot {
                        button.verb.small.first type="submit" name="do" value="save" { "Save" }
                        button.verb.small.danger type="submit" name="do" value="remove" { "Remove" }
                    }
                }
            }
        }
    }
}

/// Its owner may change a view; a shared one also those who may share.
fn may_change(request: &Request, register: &Register, view: &SavedView) -> bool {
    view.person == request.view.person || ((view.everyone || view.team.is_some()) && request.view.may(register, "share"))
}

/// `POST /{kind}/views`: saves the present question under a name.
pub fn create(act: &mut Act, request: &Request, register: &'static Register) -> Result<Reply> {
    act.view.demand(register, "read")?;
    let name = match checked_name(request.sent("name")) {
        Ok(name) => name,
        Err(refused) => return Ok(draw(act.tx, request, register, Some(refused))?.status(422)),
    };
    let question = request.sent("question");
    if question.len() > LONGEST.1 {
        return Err(Error::TooLarge("This question is too long to be saved as a view. Take some filters away.".into()));
    }
    let question = write(&read(question));
    let id = store::insert(act, register, &name, &question)?;
    let view = SavedView { id, name, question, person: act.view.person, team: None, everyone: false };
    Ok(Reply::redirect(href(register, &view), format!("View “{}” saved", view.name)))
}

fn checked_name(name: &str) -> std::result::Result<String, &'static str> {
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err("Give the view a name."),
        length if length > LONGEST.0 => Err("The name of a view has at most 60 characters."),
        _ => Ok(name),
    }
}

/// `POST /{kind}/views/{id}`: renames, shares or removes it.
pub fn change(act: &mut Act, request: &Request, register: &'static Register, id: &str) -> Result<Reply> {
    let number = id.parse().map_err(|_| Error::NotFound)?;
    let mut view = store::load(act.tx, act.view, register, number)?;
    if !may_change(request, register, &view) {
        return Err(Error::Forbidden("This view belongs to somebody else. Save a view of your own instead.".into()));
    }
    let to = format!("/{}/views", register.key);
    if request.sent("do") == "remove" {
        store::remove(act, view.id)?;
        return Ok(Reply::redirect(to, format!("View “{}” removed", view.name)));
    }
    view.name = match checked_name(request.sent(&format!("name-{id}"))) {
        Ok(name) => name,
        Err(refused) => return Ok(draw(act.tx, request, register, Some(refused))?.status(422)),
    };
    (view.team, view.everyone) = sharing(act, register, request.sent(&format!("share-{id}")))?;
    store::update(act, &view)?;
    Ok(Reply::redirect(to, format!("View “{}” saved", view.name)))
}

fn sharing(act: &Act, register: &Register, wanted: &str) -> Result<(Option<i64>, bool)> {
    let shared = match wanted {
        "" | "me" => return Ok((None, false)),
        "everyone" => (None, true),
        team => (team.parse().ok().filter(|id| act.view.teams.contains(id)), false),
    };
    match (shared, act.view.may(register, "share")) {
        (_, false) => Err(Error::forbidden(register.key, "share")),
        ((None, false), true) => Err(Error::invalid("share", "Choose a team you belong to, or everyone.")),
        (shared, true) => Ok(shared),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_tidied_and_bounded() {
        assert_eq!(checked_name("  Above \n appetite ").ok().as_deref(), Some("Above appetite"));
        assert!(checked_name(" ").is_err() && checked_name(&"x".repeat(61)).is_err());
    }
}
