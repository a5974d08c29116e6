//! The share of promises kept, week by week.

use super::read::Read;
use super::{Part, heads, records};
use crate::dashboard::rules::attainment;
use maud::{Render, html};
use ui::chart::{Control, Point, Table};
use ui::format::{number, percent};
use ui::text::noun;

/// The part.
pub fn part(read: &Read) -> Part {
    let mut weeks = read.by_week(|(kept, promised): &mut (i64, i64), one| {
        *kept += i64::from(one.kept == Some(true));
        *promised += i64::from(one.kept.is_some());
    });
    let whole = read.over().max(1).min(weeks.len());
    weeks.truncate(whole);
    let chart = attainment(weeks);
    let share = |week: &(i64, i64)| week.0 as f64 / (week.1.max(1)) as f64;
    let filled = chart.weeks.iter().enumerate().filter(|(_, week)| week.1 > 0);
    let row = |(at, week): (usize, &(i64, i64))| {
        vec![read.period.monday(at).to_string(), number(week.0), number(week.1), percent(share(week), 1)]
    };
    let table =
        Table { heads: heads(["Week of", "Kept", "Promised", "Share"]), rows: filled.clone().map(row).collect(), csv: read.csv("kept") };
    let points: Vec<Point> = filled
        .map(|(at, week)| Point {
            label: read.week(at),
            value: share(week) * 100.0,
            shown: percent(share(week), 0),
            href: Some(records("resolved_at", read.period.span(at), "&made_sla=false")),
            outside: chart.outside[at],
        })
        .collect();
    let picture = match chart.mean {
        None => html! { p.ink3 { "Nothing with a promise was resolved in the weeks that are over." } },
        Some(mean) => {
            let odd = chart.outside.iter().filter(|it| **it).count();
            let finding = match odd {
                0 => format!(
                    "In the weeks that are over, {} of promises were kept; no week lies outside what chance explains.",
                    percent(mean, 1)
                ),
                odd => format!(
                    "In the weeks that are over, {} of promises were kept; {odd} {} outside what chance explains.",
                    percent(mean, 1),
                    noun(odd as i64, "week lies", "weeks lie")
                ),
            };
            let caption = format!(
                "{finding} Counted are tickets resolved with a promise, in the week of their last resolution. The band is three standard errors for a week of mean size; a point opens those that were not kept."
            );
            let phases = vec![chart.phase(points.len())];
            Control { finding, caption, points, phases, goal: None, table: table.clone() }.render()
        }
    };
    Part { key: "kept", title: "Promises kept", remark: "share a week, with a promise to resolve", wide: false, picture, table }
}
