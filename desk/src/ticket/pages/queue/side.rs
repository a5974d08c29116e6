//! The views at the side, with how many tickets each holds.

use super::counts::{self, Side};
use super::views::View;
use crate::ticket::TICKETS;
use maud::{Markup, html};
use ui::split::{View as Shown, Views};
use ui::verb::Verb;

const GROUPS: &[&str] = &["Mine", "Team", "Shared", "All"];

/// The views, the open one marked.
pub fn views(side: &Side, open: &View) -> Views {
    let of = |group: &str| side.views.iter().filter(|view| view.group == group).map(|view| shown(side, view, open)).collect();
    let groups = GROUPS.iter().map(|group| ((*group).to_owned(), of(group)));
    let groups = groups.filter(|(_, views): &(String, Vec<Shown>)| !views.is_empty());
    let verb = Verb::link("Saved views", format!("/{}/views", TICKETS.key)).small().bare().only_icon("settings");
    Views { title: "Queues".into(), verb: Some(verb), groups: groups.collect() }
}

fn shown(side: &Side, view: &View, open: &View) -> Shown {
    Shown {
        key: view.key.clone(),
        label: view.label.clone(),
        href: view.href(),
        count: side.of(&view.key).map(counts::said),
        hot: view.hot,
        current: view.key == open.key,
    }
}

/// The counts alone, as a live update puts them in place.
pub fn counted(side: &Side) -> Markup {
    html! { @for view in side.views.iter() { (shown(side, view, view).counted()) } }
}
