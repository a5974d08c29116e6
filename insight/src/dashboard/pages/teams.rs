//! Teams side by side: how many they resolved, how long that took, what they kept and passed on.

use super::read::Read;
use super::{Part, TAKEN, records};
use crate::dashboard::rules::quantile;
use crate::dashboard::store::Resolved;
use maud::{Markup, html};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use ui::chart::Table;
use ui::format::{duration, number, percent};

/// Teams shown; the file has all.
const MOST: usize = 12;

/// Keys and names of the columns that the table may be ordered by.
const COLUMNS: [(&str, &str); 5] = [
    ("resolved", "Resolved"),
    ("half", "Half within"),
    ("most", "85\u{a0}% within"),
    ("kept", "Promises kept"),
    ("moved", "Changed teams"),
];

/// A team's figures.
struct Team {
    name: String,
    /// What narrows a list to it.
    question: String,
    resolved: i64,
    half: i64,
    most: i64,
    kept: Option<f64>,
    moved: f64,
}

impl Team {
    fn of((reference, name): (String, String), all: &[&Resolved]) -> Team {
        let mut seconds: Vec<i64> = all.iter().map(|it| it.seconds).collect();
        seconds.sort_unstable();
        let promised: Vec<bool> = all.iter().filter_map(|it| it.kept).collect();
        let part = |count: usize, of: usize| count as f64 / of.max(1) as f64;
        Team {
            question: if reference.is_empty() { "&team__empty=true".into() } else { format!("&team={reference}") },
            name,
            resolved: all.len() as i64,
            half: quantile(&seconds, 0.5).unwrap_or(0),
            most: quantile(&seconds, 0.85).unwrap_or(0),
            kept: (!promised.is_empty()).then(|| part(promised.iter().filter(|it| **it).count(), promised.len())),
            moved: part(all.iter().filter(|it| it.reassigned > 0).count(), all.len()),
        }
    }

    fn cells(&self) -> [String; 5] {
        let kept = self.kept.map_or_else(|| "none promised".into(), |kept| percent(kept, 0));
        [number(self.resolved), duration(self.half), duration(self.most), kept, percent(self.moved, 0)]
    }
}

fn teams(read: &Read, by: &str) -> Vec<Team> {
    let mut sorted: BTreeMap<i64, Vec<&Resolved>> = BTreeMap::new();
    for one in &read.resolved {
        sorted.entry(one.team.unwrap_or(0)).or_default().push(one);
    }
    let named = |id: &i64| read.teams.get(id).cloned().unwrap_or((String::new(), "No team".into()));
    let mut teams: Vec<Team> = sorted.iter().map(|(id, all)| Team::of(named(id), all)).collect();
    match by {
        "half" => teams.sort_by_key(|it| Reverse(it.half)),
        "most" => teams.sort_by_key(|it| Reverse(it.most)),
        "kept" => teams.sort_by(|a, b| a.kept.unwrap_or(2.0).total_cmp(&b.kept.unwrap_or(2.0))),
        "moved" => teams.sort_by(|a, b| b.moved.total_cmp(&a.moved)),
        _ => teams.sort_by_key(|it| Reverse(it.resolved)),
    }
    teams
}

/// The part: a table, ordered by `by`.
pub fn part(read: &Read) -> Part {
    let by = read.request.asked("by").filter(|by| COLUMNS.iter().any(|(key, _)| key == by)).unwrap_or("resolved");
    let teams = teams(read, by);
    let row = |team: &Team| [team.name.clone()].into_iter().chain(team.cells()).collect();
    let names = ["Team"].into_iter().chain(COLUMNS.map(|(_, name)| name));
    let table = Table { heads: names.map(str::to_owned).collect(), rows: teams.iter().map(row).collect(), csv: read.csv("teams") };
    let picture = if teams.is_empty() {
        html! { p.ink3 { "Nothing was resolved in this period." } }
    } else {
        shown(read, &teams, by)
    };
    Part { key: "teams", title: "Teams", remark: "press a heading to order by it", wide: true, picture, table }
}

fn shown(read: &Read, teams: &[Team], by: &str) -> Markup {
    let sort = |key: &str| format!("/desk/dashboard?{}&by={key}#teams", read.period.query());
    html! {
        div.over-x tabindex="0" role="group" aria-label="Teams" id="teams" { table.list.plain {
            caption.vh { "Teams with their times to resolve" }
            thead { tr {
                th scope="col" { "Team" }
                @for (key, name) in COLUMNS { th.num scope="col" aria-sort=[(key == by).then_some(if by == "kept" { "ascending" } else { "descending" })] { a href=(sort(key)) { (name) } } }
            } }
            tbody { @for team in teams.iter().take(MOST) { tr {
                th scope="row" { (team.name) }
                @for (at, cell) in team.cells().into_iter().enumerate() { td.num {
                    @match link(read, team, at) { Some(href) => { a.def href=(href) { (cell) } } None => { (cell) } }
                } }
            } } }
        } }
        p.small.ink3 {
            (TAKEN) " Changed teams: the share that changed its team after the first. "
            @if teams.len() > MOST { "The first " (MOST) " of " (teams.len()) " teams; " }
            @if let Some(csv) = read.csv("teams") { a href=(csv) { "All of them as CSV" } }
        }
    }
}

/// The records behind a cell.
fn link(read: &Read, team: &Team, column: usize) -> Option<String> {
    let more = match column {
        3 if team.kept.is_none() => return None,
        3 => format!("{}&made_sla=false", team.question),
        4 => format!("{}&reassignment_count__gte=1", team.question),
        _ => team.question.clone(),
    };
    Some(records("resolved_at", read.span(), &more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_is_told_by_those_that_it_resolved() {
        let one = |seconds, kept, reassigned| Resolved { at: 0, team: Some(1), seconds, kept, reassigned };
        let all = [one(60, Some(true), 0), one(120, None, 2), one(7_200, Some(false), 0), one(90_000, Some(true), 0)];
        let team = Team::of(("TEAM-1".into(), "Network".into()), &all.iter().collect::<Vec<_>>());
        assert_eq!((team.resolved, team.half, team.most), (4, 120, 90_000));
        assert_eq!(team.cells()[3..], ["67\u{a0}%".to_owned(), "25\u{a0}%".to_owned()]);
        assert_eq!(team.question, "&team=TEAM-1");
    }
}
