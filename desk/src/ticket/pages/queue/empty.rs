//! An empty list says which kind it is: nothing exists yet, nothing is left, or filters hide what there is.

use super::asked::Asked;
use super::counts::{self, Side};
use crate::ticket::{INCIDENTS, TICKETS};
use db::Tx;
use kernel::Result;
use kernel::register::{Count, Query, count};
use kernel::web::Request;
use maud::{Markup, Render, html};
use ui::states::Empty;
use ui::verb::Verb;

/// Filters that are tried one by one, to say which of them hides the most.
const MOST_TRIED: usize = 4;

/// What stands in place of the rows.
pub fn empty(tx: &mut Tx, request: &Request, asked: &Asked, side: &Side) -> Result<Markup> {
    if asked.query.cursor.is_some() {
        let verbs = vec![Verb::link("From the beginning", asked.here.href())];
        return Ok(Empty { title: "Nothing further".into(), text: html! { "The list ended before this page." }, verbs }.render());
    }
    if asked.narrowed() {
        return hidden(tx, request, asked);
    }
    // What is remembered may be some seconds old, and the first ticket just have come.
    let every = Query { count: Count::Rough, ..Query::plain(&TICKETS) };
    if side.of("all") == Some((0, false)) && count(tx, &request.house, &request.view, &TICKETS, &every)?.0 == 0 {
        return Ok(beginning(request));
    }
    let (title, text) = left(&asked.view.key, request.view.may(&TICKETS, "internal"));
    let verbs = if asked.view.key == "open" { Vec::new() } else { vec![Verb::link("All open", "/queue")] };
    Ok(Empty { title: title.into(), text: html! { (text) }, verbs }.render())
}

/// How many the filters hide, and which of them to drop.
fn hidden(tx: &mut Tx, request: &Request, asked: &Asked) -> Result<Markup> {
    let counted = |tx: &mut Tx, query: Query| {
        let query = Query { count: Count::Rough, ..query };
        count(tx, &request.house, &request.view, &TICKETS, &query)
    };
    let own =
        |query: &Query| Query { filters: asked.narrows.iter().map(|it| it.filter.clone()).collect(), q: String::new(), ..query.clone() };
    let all = counted(tx, own(&asked.query))?;
    let mut drops = Vec::new();
    for (place, (key, filter)) in asked.written.iter().enumerate().take(MOST_TRIED) {
        let mut query = asked.query.clone();
        query.filters.remove(place);
        let label = TICKETS.field(&filter.key).map_or("status", |field| field.label).to_lowercase();
        drops.push((counted(tx, query)?, label, asked.here.without(key).href()));
    }
    if !asked.query.q.is_empty() {
        let query = Query { q: String::new(), ..asked.query.clone() };
        drops.push((counted(tx, query)?, "the words".into(), asked.here.without("q").href()));
    }
    drops.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    let some = drops.into_iter().filter(|((count, _), ..)| *count > 0);
    let mut verbs: Vec<Verb> =
        some.map(|(count, label, href)| Verb::link(format!("Without {label}: {}", counts::said(count)), href)).collect();
    if verbs.is_empty() && all.0 > 0 {
        verbs.push(Verb::link("Drop all filters", asked.view.href()));
    }
    let title = if all.0 == 0 { "Nothing here".into() } else { format!("The filters hide {}", counts::said(all)) };
    let text = if all.0 == 0 {
        "There is nothing in this view, with or without the filters."
    } else {
        "No ticket of this view satisfies all of them."
    };
    Ok(Empty { title, text: html! { (text) }, verbs }.render())
}

fn beginning(request: &Request) -> Markup {
    let may = request.view.may(&INCIDENTS, "create");
    let verbs = if may { vec![Verb::link("New incident", "/incidents/new").first().icon("plus")] } else { Vec::new() };
    let text = html! { "What people report and ask for appears here, the one whose promise breaks next on top." };
    Empty { title: "No tickets yet".into(), text, verbs }.render()
}

/// Why it is good that nothing is left.
fn left(view: &str, works: bool) -> (&'static str, &'static str) {
    match view {
        "mine" => ("Nothing waits for you", "No open ticket is assigned to you."),
        "followed" => ("Nothing to follow", "No open ticket names you or is watched by you."),
        "drafts" => ("No drafts", "Everything you have written was sent."),
        "unassigned" => ("Everything has an owner", "No open ticket waits for somebody to take it."),
        "breaching" => ("No breach today", "Every promise that is due before the day ends has been kept."),
        "requester" => ("Nobody is asked", "No ticket waits for an answer of whoever asked."),
        "vendor" => ("No vendor is asked", "No ticket waits for a vendor."),
        "resolved" => ("Nothing to confirm", "No ticket is resolved and not yet closed."),
        _ if works => ("Nothing left", "There is no open ticket in this view."),
        _ => ("You have no tickets here", "What you ask for or report appears here until it is done."),
    }
}
