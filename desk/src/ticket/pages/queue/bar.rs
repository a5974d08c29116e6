//! Chips of what narrows the list and of its order, and menus that add to it. All of it is the address.

use super::asked::Asked;
use super::order;
use crate::ticket::TICKETS;
use db::{Tx, Value};
use kernel::Result;
use kernel::describe::{Field, Kind};
use kernel::register::{Filter, Names, Op};
use kernel::web::{Reply, Request};
use maud::{Markup, Render, html};
use pages::{Address, adding_filter, menu_sheet};
use ui::filter::{Chip, Find, adding};

/// Records that filters name, to be given their names.
pub fn linked(asked: &Asked) -> Vec<(&'static str, i64)> {
    let mut wanted = Vec::new();
    for filter in &asked.query.filters {
        let target = TICKETS.field(&filter.key).and_then(Field::target);
        let ids = filter.values.iter().filter_map(|value| if let Value::Int(id) = value { Some(*id) } else { None });
        if let (Some(to), false) = (target, filter.op == Op::Empty) {
            wanted.extend(ids.filter(|id| *id > 0).map(|id| (to, id)));
        }
    }
    wanted
}

/// The bar.
pub fn bar(request: &Request, asked: &Asked, names: &Names) -> Markup {
    let here = &asked.here;
    let mut chips: Vec<Chip> = asked.narrows.iter().map(|it| chip(request, &it.filter, names, asked.without(it))).collect();
    chips.extend(asked.written.iter().map(|(key, filter)| chip(request, filter, names, here.without(key).href())));
    if !asked.query.q.is_empty() {
        let remove = Some(here.without("q").href());
        chips.push(Chip { field: "Words".into(), value: asked.query.q.clone(), remove, ..Chip::default() });
    }
    html! {
        div.filters { @for chip in &chips { (chip) } (order::chip(asked)) (adding(here.at("/queue/filter").href())) (find(asked)) }
    }
}

fn find(asked: &Asked) -> Find {
    Find {
        action: "/queue".into(),
        name: "q".into(),
        value: asked.query.q.clone(),
        placeholder: "Find in this list".into(),
        keep: asked.here.without("q").pairs,
    }
}

/// `GET /queue/filter`: the form that adds a filter to the queue of the same query.
pub fn filter(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let reads = |field: &&Field| field.filtered && request.view.reads(&TICKETS, field) && !matches!(field.kind, Kind::Text { .. });
    let fields = TICKETS.fields.iter().filter(reads).map(|field| (field.key.to_owned(), field.label.to_owned()));
    let fields = [("state".into(), "Status".into())].into_iter().chain(fields).collect();
    let queue = Address::of(request).at("/queue").without("at").without("why");
    let add = adding_filter(tx, request, &TICKETS, &queue, fields)?;
    Ok(menu_sheet(request, vec![("Queue".into(), "/queue".into())], "Add a filter", "/queue", &add.render()))
}

/// A filter in words.
pub fn chip(request: &Request, filter: &Filter, names: &Names, remove: String) -> Chip {
    let field = TICKETS.field(&filter.key);
    let label = match filter.key.as_str() {
        "state" | "active" => "Status",
        "reference" => "Number",
        key => field.map_or(key, |field| field.label),
    };
    let operator = match (filter.op, filter.written.as_str()) {
        (Op::Empty, "false") => "has a value",
        (op, _) => op.said(field.map(|field| field.kind)),
    };
    let value = if filter.op == Op::Empty { String::new() } else { value(request, filter, field, names) };
    Chip { field: label.replace('_', " "), operator: operator.into(), value, remove: Some(remove), change: None }
}

/// The most values that a chip says one by one.
const NAMED: usize = 3;

fn value(request: &Request, filter: &Filter, field: Option<&Field>, names: &Names) -> String {
    let parts: Vec<&str> = filter.written.split(',').collect();
    let one = |(at, part): (usize, &&str)| match (filter.key.as_str(), field.map(|it| it.kind), filter.values.get(at)) {
        ("active", ..) => if *part == "true" { "open" } else { "ended" }.to_owned(),
        ("state", ..) => TICKETS.state(part).map_or(*part, |state| state.label).to_owned(),
        (_, Some(Kind::Bool), _) => if *part == "true" { "yes" } else { "no" }.to_owned(),
        (_, Some(Kind::Time), Some(Value::Int(at))) => pages::when(request, *at).shown,
        (_, Some(Kind::Link(_)), Some(Value::Int(id))) => names.get(id).map_or((*part).to_owned(), |name| name.title.clone()),
        (_, Some(_), _) => field.and_then(|it| it.choices().iter().find(|it| it.key == *part)).map_or(*part, |it| it.label).to_owned(),
        _ => (*part).to_owned(),
    };
    if parts.len() > NAMED {
        return format!("one of {}", parts.len());
    }
    parts.iter().enumerate().map(one).collect::<Vec<_>>().join(" or ")
}
