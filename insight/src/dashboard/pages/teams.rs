//! Teams side by side: how many they resolved, how long that took, what they kept and passed on.

use super::read::Read;
use super::{Part, TAKEN, records};
use crate::dashboard::rules::quantile;
use crate::dashboard::store::Resolved;
use kernel::web::Request;
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
    /// What narrows a list to it; none where the viewer may not know which team it is.
    question: Option<String>,
    resolved: i64,
    half: i64,
    most: i64,
    kept: Option<f64>,
    moved: f64,
}

impl Team {
    fn of(name: String, question: Option<String>, all: &[&Resolved]) -> Team {
        let mut seconds: Vec<i64> = all.iter().map(|it| it.seconds).collect();
        seconds.sort_unstable();
        let promised: Vec<bool> = all.iter().filter_map(|it| it.kept).collect();
        let part = |count: usize, of: usize| count as f64 / of.max(1) as f64;
        Team {
            name,
            question,
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

/// Name of a team, and what narrows a list to it. All those that the viewer may not know of are one.
fn named(read: &Read, team: Option<i64>) -> (String, Option<String>) {
    match team.map(|id| read.teams.get(&id)) {
        None => ("No team".into(), Some("&team__empty=true".into())),
        Some(None) => ("Not shown".into(), None),
        Some(Some(name)) => (name.title.clone(), Some(format!("&team={}", name.reference))),
    }
}

fn teams(read: &Read, by: &str) -> Vec<Team> {
    let hidden = |id: &i64| !read.teams.contains_key(id);
    let mut sorted: BTreeMap<Option<i64>, Vec<&Resolved>> = BTreeMap::new();
    for one in &read.resolved {
        let team = one.team.map(|id| if hidden(&id) { 0 } else { id });
        sorted.entry(team).or_default().push(one);
    }
    let team = |(id, all): (&Option<i64>, &Vec<&Resolved>)| {
        let (name, question) = named(read, *id);
        Team::of(name, question, all)
    };
    let mut teams: Vec<Team> = sorted.iter().map(team).collect();
    match by {
        "half" => teams.sort_by_key(|it| Reverse(it.half)),
        "most" => teams.sort_by_key(|it| Reverse(it.most)),
        "kept" => teams.sort_by(|a, b| a.kept.unwrap_or(2.0).total_cmp(&b.kept.unwrap_or(2.0))),
        "moved" => teams.sort_by(|a, b| b.moved.total_cmp(&a.moved)),
        _ => teams.sort_by_key(|it| Reverse(it.resolved)),
    }
    teams
}

/// Key of the column that the table is asked to be ordered by.
pub fn order(request: &Request) -> &'static str {
    COLUMNS.iter().map(|(key, _)| *key).find(|key| request.asked("by") == Some(key)).unwrap_or("resolved")
}

/// The part: a table in the order asked for.
pub fn part(read: &Read) -> Part {
    let by = order(read.request);
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
    let question = team.question.as_ref()?;
    let more = match column {
        3 if team.kept.is_none() => return None,
        3 => format!("{question}&made_sla=false"),
        4 => format!("{question}&reassignment_count__gte=1"),
        _ => question.clone(),
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
        let team = Team::of("Network".into(), None, &all.iter().collect::<Vec<_>>());
        assert_eq!((team.resolved, team.half, team.most), (4, 120, 90_000));
        assert_eq!(team.cells()[3..], ["67\u{a0}%".to_owned(), "25\u{a0}%".to_owned()]);
    }
}
