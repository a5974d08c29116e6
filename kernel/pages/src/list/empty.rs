//! An empty list says which kind of empty it is.

use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::register::{Query, count};
use kernel::web::Request;
use maud::{Markup, Render, html};
use ui::states::Empty;
use ui::verb::Verb;

use super::asked::Asked;
use super::total;
use crate::shown::in_sentence;

/// Why there is nothing: nothing exists yet, filters hide what there is, or nothing is left of a view.
pub fn say(tx: &mut Tx, request: &Request, register: &'static Register, asked: &Asked) -> Result<Markup> {
    let many = in_sentence(register.many);
    if asked.query.as_of.is_some() {
        return Ok(Empty {
            title: format!("No {many} then"),
            text: html! { "At that time there were none that match." },
            verbs: Vec::new(),
        }
        .render());
    }
    if asked.query.cursor.is_some() {
        let back = Verb::link("From the beginning", asked.address.first_page().href());
        return Ok(
            Empty { title: "Nothing further".into(), text: html! { "The list ended before this page." }, verbs: vec![back] }.render()
        );
    }
    let mut query = Query::plain(register);
    let (there, more) = count(tx, &request.house, &request.view, register, &query)?;
    if there > 0 && asked.narrowed() {
        return Ok(hidden(register, asked, &total((there, more))));
    }
    query.retired = true;
    let (ever, _) = count(tx, &request.house, &request.view, register, &query)?;
    Ok(match ever {
        0 => beginning(request, register),
        _ => {
            let show = Verb::link("Show retired too", asked.address.with("retired", "true").href());
            Empty { title: format!("No {many} left"), text: html! { "All there were are retired." }, verbs: vec![show] }.render()
        }
    })
}

fn hidden(register: &Register, asked: &Asked, there: &str) -> Markup {
    let open_view = asked.address.pairs.iter().any(|(key, _)| key == "view");
    let many = in_sentence(register.many);
    let drop = Verb::link("Drop all filters", format!("/{}", register.key));
    let title = if open_view { "Nothing left here".to_owned() } else { format!("The filters hide all {there} {many}") };
    let text = html! {
        @if open_view { "No record matches this view now. " }
        @else if !asked.query.q.is_empty() { "Nothing has these words and satisfies the filters. " }
        @else { "No record satisfies all of them. " }
        "Take a filter away above, or drop them all."
    };
    Empty { title, text, verbs: vec![drop] }.render()
}

fn beginning(request: &Request, register: &Register) -> Markup {
    let mut verbs = Vec::new();
    if request.view.may(register, "create") && !register.closed {
        verbs.push(Verb::link(format!("New {}", in_sentence(register.one)), format!("/{}/new", register.key)).first());
    }
    let text = html! { (register.about) };
    Empty { title: format!("No {} yet", in_sentence(register.many)), text, verbs }.render()
}
