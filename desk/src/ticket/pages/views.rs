//! The views of the queue: questions that everybody at a desk asks, each an address.

use db::Value;
use kernel::describe::Register;
use kernel::register::{Filter, Op};
use kernel::web::Request;
use kernel::who::View;
use maud::Markup;
use ui::tabs::{Tab, tabs};

/// A view: its key in the address, and its name.
pub const VIEWS: &[(&str, &str)] =
    &[("open", "Open"), ("mine", "Mine"), ("unassigned", "Unassigned"), ("team", "My teams'"), ("breaching", "Breaching"), ("all", "All")];

/// The view asked for; the first if none or an unknown one.
pub fn asked(request: &Request) -> &'static str {
    let wanted = request.asked("view").unwrap_or_default();
    VIEWS.iter().find(|(key, _)| *key == wanted).map_or("open", |(key, _)| *key)
}

/// The name of a view.
pub fn name(view: &str) -> &'static str {
    VIEWS.iter().find(|(key, _)| *key == view).map_or("Open", |(_, name)| *name)
}

/// What a view adds to the question.
pub fn filters(view: &str, viewer: &View) -> Vec<Filter> {
    let is = |key: &str, values: Vec<Value>| Filter { key: key.into(), op: Op::Is, values, written: String::new() };
    let active = is("active", vec![Value::Int(1)]);
    let nobody = Filter { op: Op::Empty, ..is("assignee", vec![Value::Int(1)]) };
    match view {
        "all" => Vec::new(),
        "mine" => vec![active, is("assignee", vec![Value::Int(viewer.person)])],
        "unassigned" => vec![active, nobody],
        "team" => {
            let teams: Vec<Value> = viewer.teams.iter().map(|id| Value::Int(*id)).collect();
            vec![active, is("team", if teams.is_empty() { vec![Value::Int(-1)] } else { teams })]
        }
        _ => vec![active],
    }
}

/// The views as tabs. Views that make no sense for somebody who only asks are left out for them.
pub fn line(request: &Request, register: &'static Register, current: &str) -> Markup {
    let works = request.view.may(register, "internal");
    let fits = |key: &str| works || matches!(key, "open" | "all");
    let tab = |(key, name): &(&str, &str)| Tab {
        label: (*name).into(),
        href: if *key == "open" { "/queue".into() } else { format!("/queue?view={key}") },
        current: *key == current,
        count: None,
    };
    let all: Vec<Tab> = VIEWS.iter().filter(|(key, _)| fits(key)).map(tab).collect();
    tabs("Views", &all, &maud::html! {})
}
