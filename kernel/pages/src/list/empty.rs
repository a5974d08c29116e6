//! An empty list says which kind of empty it is.

use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::register::{Query, count};
use kernel::web::Request;
use maud::{Markup, Render, html};
use ui::filter::Chip;
use ui::states::Empty;
use ui::verb::Verb;

use super::asked::{self, Asked};
use super::{address, bar, total};
use crate::shown::in_sentence;
use crate::view;

/// Why there is nothing: nothing exists yet, nothing is left of a view, or filters hide what there is.
pub fn say(tx: &mut Tx, request: &Request, register: &'static Register, asked: &Asked) -> Result<Markup> {
    let many = in_sentence(register.many);
    if asked.query.as_of.is_some() {
        return Ok(plain(format!("No {many} then"), "At that time there were none that match."));
    }
    if asked.query.cursor.is_some() {
        let verbs = vec![Verb::link("From the beginning", asked.address.first_page().href())];
        return Ok(Empty { title: "Nothing further".into(), text: html! { "The list ended before this page." }, verbs }.render());
    }
    let mut query = Query::plain(register);
    let there = count(tx, &request.house, &request.view, register, &query)?;
    if there.0 > 0 && asked.narrowed() {
        return match view::open(tx, request, register, &asked.address)? {
            Some(name) => Ok(left(register, &name, &total(there))),
            None => hidden(tx, request, register, asked, &total(there)),
        };
    }
    query.retired = true;
    match count(tx, &request.house, &request.view, register, &query)? {
        (0, _) => Ok(beginning(request, register)),
        _ => {
            let verbs = vec![Verb::link("Show retired too", asked.address.with("retired", "true").href())];
            Ok(Empty { title: format!("No {many} left"), text: html! { "All there were are retired." }, verbs }.render())
        }
    }
}

fn plain(title: String, text: &str) -> Markup {
    Empty { title, text: html! { (text) }, verbs: Vec::new() }.render()
}

/// Nothing is left of a view: what it asks for has been dealt with.
fn left(register: &Register, view: &str, there: &str) -> Markup {
    let many = in_sentence(register.many);
    let verbs = vec![Verb::link(format!("All {there} {many}"), format!("/{}", register.key))];
    let text = html! { "None of the " (there) " " (many) " matches it now, so nothing here waits for anybody." };
    Empty { title: format!("Nothing left in “{view}”"), text, verbs }.render()
}

/// Most conditions that are left out on trial.
const TRIED: usize = 8;

/// Filters hide what there is: how many would be there without each of them.
fn hidden(tx: &mut Tx, request: &Request, register: &'static Register, asked: &Asked, there: &str) -> Result<Markup> {
    let many = in_sentence(register.many);
    let mut without = Vec::new();
    for chip in bar::chips(tx, request, register, asked)?.into_iter().take(TRIED) {
        let Some(href) = &chip.remove else { continue };
        let question = href.split_once('?').map_or("", |(_, question)| question);
        let other = asked::of(tx, request, register, address(register, question))?;
        let found = count(tx, &request.house, &request.view, register, &other.query)?;
        if found.0 > 0 && other.narrowed() {
            without.push((found, Verb::link(format!("Without {}: {}", said(&chip), counted(register, found)), href.clone())));
        }
    }
    without.sort_by_key(|(found, _)| std::cmp::Reverse(*found));
    let text = match without.len() {
        0 => html! { "Nothing is found as long as any of them stands." },
        _ => html! { "Each is met by some, but not all of them together." },
    };
    let mut verbs: Vec<Verb> = without.into_iter().map(|(_, verb)| verb).collect();
    verbs.push(Verb::link(format!("Drop all: {there} {many}"), format!("/{}", register.key)));
    verbs[0] = verbs[0].clone().first();
    Ok(Empty { title: format!("The filters hide all {there} {many}"), text, verbs }.render())
}

/// "State is Open", "the words “dig”".
fn said(chip: &Chip) -> String {
    let parts = [chip.field.as_str(), &chip.operator, &chip.value];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn counted(register: &Register, found: (i64, bool)) -> String {
    let name = if found == (1, false) { register.one } else { register.many };
    format!("{} {}", total(found), in_sentence(name))
}

/// Nothing exists yet: what it is, and the first step.
fn beginning(request: &Request, register: &Register) -> Markup {
    let mut verbs = Vec::new();
    if request.view.may(register, "create") && !register.closed {
        verbs.push(Verb::link(format!("Write down the first {}", in_sentence(register.one)), format!("/{}/new", register.key)).first());
    }
    if request.view.may(register, "import") && !register.closed {
        verbs.push(Verb::link("Bring them in from a file", format!("/{}/import", register.key)));
    }
    Empty { title: format!("No {} yet", in_sentence(register.many)), text: html! { (register.about) }, verbs }.render()
}
