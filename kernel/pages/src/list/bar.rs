//! The filter bar: what narrows the list as chips, and menus of forms that add to it. All of it is the address.

use db::{Tx, Value};
use kernel::Result;
use kernel::describe::{Field, Kind, Register};
use kernel::register::{Filter, Names, Op, names_of};
use kernel::web::Request;
use maud::{Markup, Render, html};
use ui::filter::{Bar, Chip, Find, adding, kept};
use ui::icon;
use ui::menu::Later;
use ui::verb::Verb;

use super::asked::Asked;
use crate::shown::{exact, in_sentence};

/// Find, chips, "Add filter", and what is shown.
pub fn bar(tx: &mut Tx, request: &Request, register: &'static Register, asked: &Asked) -> Result<Markup> {
    let menu = |name: &str| asked.address.first_page().at(format!("/{}/{name}", register.key)).href();
    let bar = Bar { chips: chips(tx, request, register, asked)?, add: Some(adding(menu("filter"))), find: None };
    let columns = Later { label: "Columns".into(), icon: "columns-3", href: menu("columns"), ..Later::default() };
    Ok(html! { div.line.tight.reg-bar { (bar) span.push.line.tight { (columns) (as_of_form(asked)) (retired(asked)) } } })
}

/// The box that finds within the list as it is narrowed; `total` says among how many.
pub fn find(register: &Register, asked: &Asked, total: &str) -> Find {
    Find {
        action: format!("/{}", register.key),
        name: "q".into(),
        value: asked.query.q.clone(),
        placeholder: format!("Find in {total} {}", in_sentence(if total == "1" { register.one } else { register.many })),
        keep: asked.address.first_page().without("q").pairs,
    }
}

/// What narrows the list, each with the address without it.
pub fn chips(tx: &mut Tx, request: &Request, register: &'static Register, asked: &Asked) -> Result<Vec<Chip>> {
    let mut chips = Vec::new();
    if !asked.query.q.is_empty() {
        let remove = Some(asked.address.first_page().without("q").href());
        chips.push(Chip { field: "Words".into(), value: asked.query.q.clone(), remove, ..Chip::default() });
    }
    let names = names(tx, request, register, asked)?;
    for (filter, (key, value)) in asked.query.filters.iter().zip(asked.filters()) {
        let remove = Some(asked.address.first_page().without_pair(&key, &value).href());
        chips.push(chip(request, register, filter, &value, &names, remove));
    }
    if asked.query.retired {
        let remove = Some(asked.address.first_page().without("retired").href());
        chips.push(Chip { field: "Also".into(), value: "retired".into(), remove, ..Chip::default() });
    }
    if let Some(at) = asked.query.as_of {
        let remove = Some(asked.address.first_page().without("as_of").href());
        chips.push(Chip { field: "As of".into(), value: exact(request, at), remove, ..Chip::default() });
    }
    Ok(chips)
}

/// Names of the records that filters name.
fn names(tx: &mut Tx, request: &Request, register: &'static Register, asked: &Asked) -> Result<Names> {
    let shape = request.house.shape(register);
    let mut wanted = Vec::new();
    for filter in &asked.query.filters {
        let target = shape.field(&filter.key).and_then(Field::target).or((filter.key == "organisation").then_some("organisations"));
        let ids = filter.values.iter().filter_map(|value| if let Value::Int(id) = value { Some(*id) } else { None });
        if let (Some(to), false) = (target, filter.op == Op::Empty) {
            wanted.extend(ids.map(|id| (to, id)));
        }
    }
    names_of(tx, &request.house, &request.view, &[], &wanted)
}

/// What people call a field or column that a filter names, with or without its operator.
pub fn label(request: &Request, register: &'static Register, key: &str) -> String {
    let key = key.split("__").next().unwrap_or(key);
    match key {
        "state" => "State".into(),
        "view" => "View".into(),
        "reference" => "Reference".into(),
        "organisation" => "Organisation".into(),
        "created_at" => "Created".into(),
        "updated_at" => "Changed".into(),
        key => request.house.shape(register).field(key).map_or(key, |field| field.label).to_owned(),
    }
}

/// The kind of what a filter compares.
fn kind_of(field: Option<&Field>, key: &str) -> Option<Kind> {
    field.map(|field| field.kind).or(key.ends_with("_at").then_some(Kind::Time))
}

fn chip(request: &Request, register: &'static Register, filter: &Filter, value: &str, names: &Names, remove: Option<String>) -> Chip {
    let shape = request.house.shape(register);
    let field = shape.field(&filter.key);
    let label = label(request, register, &filter.key);
    let (operator, shown) = match filter.op {
        Op::Empty => (if value == "true" { "is empty" } else { "has a value" }, String::new()),
        op => (op.said(kind_of(field, &filter.key)), values(register, field, filter, value, names)),
    };
    Chip { field: label, operator: operator.into(), value: shown, remove, change: None }
}

fn values(register: &Register, field: Option<&Field>, filter: &Filter, written: &str, names: &Names) -> String {
    let parts = written.split(',').enumerate();
    let one = |(at, part): (usize, &str)| {
        let id = filter.values.get(at).and_then(|value| if let Value::Int(id) = value { Some(*id) } else { None });
        if let Some(name) = id.and_then(|id| names.get(&id)) {
            return name.title.clone();
        }
        match (filter.key.as_str(), field) {
            ("state", _) => register.state(part).map_or(part, |state| state.label).to_owned(),
            (_, Some(field)) if field.kind == Kind::Bool => if part == "true" { "yes" } else { "no" }.to_owned(),
            (_, Some(field)) => field.choices().iter().find(|it| it.key == part).map_or(part, |it| it.label).to_owned(),
            _ => part.to_owned(),
        }
    };
    parts.map(one).collect::<Vec<_>>().join(" or ")
}

/// The list as it was at the end of a day.
fn as_of_form(asked: &Asked) -> Markup {
    html! {
        details.pop-menu data-menu {
            summary.verb.small.bare { (icon::small("history")) "As of" }
            form.menu.at-end.add-filter action=(asked.address.path) {
                (kept(&asked.address.first_page().without("as_of").pairs))
                label.line.tight { "At the end of" input.in.small type="date" name="as_of" required; }
                button.verb.small.first type="submit" { "Show as it was" }
            }
        }
    }
}

fn retired(asked: &Asked) -> Markup {
    let address = asked.address.first_page();
    let (label, href) = match asked.query.retired {
        true => ("Leave retired out", address.without("retired").href()),
        false => ("Show retired too", address.with("retired", "true").href()),
    };
    Verb::link(label, href).small().bare().render()
}
