//! The views of the queue: questions that everybody at a desk asks, each an address. What a view asks stands in its chips, so a
//! view is only a name for filters and an order.

use super::narrow::{self, Narrow};
use crate::ticket::{TICKETS, store};
use db::Tx;
use kernel::Result;
use kernel::register::{Names, names_of};
use kernel::web::Request;
use pages::Saved;

/// Order of what is owed.
const BY_BREACH: &str = "due_at";
/// Order of what is over, or waits.
const BY_CHANGE: &str = "-updated_at";

/// A view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Its key in the address.
    pub key: String,
    /// Its name.
    pub label: String,
    /// The heading it stands under.
    pub group: &'static str,
    /// Its own order.
    pub sort: &'static str,
    /// Whatever it holds is an alarm.
    pub hot: bool,
    /// The team whose tickets it shows, if it is a team's.
    pub team: Option<i64>,
    /// What a saved view asks; empty for the others.
    pub question: String,
}

/// Key, name, heading, order and whether it is an alarm.
type Known = (&'static str, &'static str, &'static str, &'static str, bool);

const BEFORE_TEAMS: &[Known] = &[
    ("mine", "My open", "Mine", BY_BREACH, false),
    ("followed", "Mentioned and watched", "Mine", BY_BREACH, false),
    ("drafts", "Drafts", "Mine", BY_CHANGE, false),
];
const AFTER_TEAMS: &[Known] = &[
    ("team", "My teams'", "Team", BY_BREACH, false),
    ("unassigned", "Unassigned", "Team", BY_BREACH, true),
    ("breaching", "Breaches today", "Team", BY_BREACH, true),
    ("requester", "With requester", "Team", BY_CHANGE, false),
    ("vendor", "With vendor", "Team", BY_CHANGE, false),
    ("resolved", "Recently resolved", "Team", BY_CHANGE, false),
];
/// The key of the view that the queue opens with.
pub const OPEN: &str = "open";
const LAST: &[Known] = &[(OPEN, "All open", "All", BY_BREACH, false), ("all", "All tickets", "All", BY_CHANGE, false)];

fn known(&(key, label, group, sort, hot): &Known) -> View {
    View { key: key.into(), label: label.into(), group, sort, hot, ..View::default() }
}

/// The views of somebody, in order. Those that make no sense for somebody who only asks are left out for them.
pub fn all(tx: &mut Tx, request: &Request) -> Result<Vec<View>> {
    let works = request.view.may(&TICKETS, "internal");
    if !works {
        return Ok(LAST.iter().map(known).collect());
    }
    let mut all: Vec<View> = BEFORE_TEAMS.iter().map(known).collect();
    all.extend(teams(tx, request)?);
    // With one team its own view is enough; the address of the other stays good.
    let one = request.view.teams.len() < 2;
    let group = |view: View| if one && view.key == "team" { View { group: "", ..view } } else { view };
    all.extend(AFTER_TEAMS.iter().map(known).map(group));
    all.extend(pages::saved_views(tx, request, &TICKETS)?.into_iter().map(saved));
    all.extend(LAST.iter().map(known));
    Ok(all)
}

/// A view for each team that somebody belongs to.
fn teams(tx: &mut Tx, request: &Request) -> Result<Vec<View>> {
    let ids: Vec<(&'static str, i64)> = request.view.teams.iter().map(|id| ("teams", *id)).collect();
    let names: Names = if ids.is_empty() { Names::new() } else { names_of(tx, &request.house, &request.view, &[], &ids)? };
    let named = ids.iter().filter_map(|(_, id)| names.get(id).map(|name| (*id, name)));
    let view = |(id, name): (i64, &kernel::register::Name)| View {
        key: name.reference.clone(),
        label: format!("{}, open", name.title),
        group: "Team",
        sort: BY_BREACH,
        team: Some(id),
        ..View::default()
    };
    Ok(named.map(view).collect())
}

fn saved(view: Saved) -> View {
    let group = if view.own { "Mine" } else { "Shared" };
    View { key: view.id.to_string(), label: view.name, group, sort: BY_CHANGE, question: view.question, ..View::default() }
}

impl View {
    /// Its address.
    pub fn href(&self) -> String {
        match (self.key.as_str(), self.question.as_str()) {
            (OPEN, _) => "/queue".into(),
            (key, "") => format!("/queue?view={key}"),
            (key, question) => format!("/queue?{question}&view={key}"),
        }
    }

    /// What it adds to the question. A saved view adds nothing: its address asks all of it.
    pub fn narrows(&self, tx: &mut Tx, request: &Request) -> Result<Vec<Narrow>> {
        let viewer = &request.view;
        let active = || narrow::flag("active", true);
        Ok(match (self.key.as_str(), self.team) {
            (_, Some(team)) => vec![active(), narrow::linked("team", &[(team, self.key.clone())])],
            ("mine", _) => vec![active(), narrow::linked("assignee", &[(viewer.person, viewer.reference.clone())])],
            ("followed", _) => vec![narrow::among(&store::ticket::followed(tx, viewer)?)],
            ("drafts", _) => vec![narrow::among(&store::draft::tickets(tx, viewer.person)?)],
            ("team", _) => vec![active(), narrow::linked("team", &references(tx, request)?)],
            ("unassigned", _) => vec![active(), narrow::empty("assignee")],
            ("breaching", _) => vec![active(), narrow::until("due_at", narrow::end_of_day(request))],
            ("requester" | "vendor", _) => vec![narrow::words("state", "pending"), narrow::words("pending_reason", &self.key)],
            ("resolved", _) => vec![narrow::words("state", "resolved")],
            (OPEN, _) => vec![active()],
            _ => Vec::new(),
        })
    }
}

/// The teams of the viewer with their references.
fn references(tx: &mut Tx, request: &Request) -> Result<Vec<(i64, String)>> {
    Ok(teams(tx, request)?.into_iter().filter_map(|view| Some((view.team?, view.key))).collect())
}

/// The view that the queue opens with.
pub fn open() -> View {
    LAST.iter().find(|(key, ..)| *key == OPEN).map(known).unwrap_or_default()
}

/// The view asked for; all that is open if none or an unknown one.
pub fn asked(request: &Request, all: &[View]) -> View {
    let wanted = request.asked("view").unwrap_or_default();
    all.iter().find(|view| view.key == wanted).cloned().unwrap_or_else(open)
}
