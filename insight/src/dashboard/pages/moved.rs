//! How often tickets were passed from team to team.

use super::read::Read;
use super::{MOVED, Part, heads, records};
use maud::{Render, html};
use ui::chart::{Bar, Bars, Table};
use ui::format::{number, percent};

/// So many changes and more stand together.
const MOST: usize = 6;

/// The part.
pub fn part(read: &Read) -> Part {
    let mut counts = [0_i64; MOST + 1];
    for one in &read.resolved {
        counts[(one.reassigned.max(0) as usize).min(MOST)] += 1;
    }
    let total = read.resolved.len().max(1) as f64;
    let bar = |(times, count): (usize, &i64)| {
        let (label, question) = match times {
            0 => ("not at all".to_owned(), "&reassignment_count=0".to_owned()),
            1 => ("once".into(), "&reassignment_count=1".into()),
            MOST => (format!("{MOST} times or more"), format!("&reassignment_count__gte={MOST}")),
            times => (format!("{times} times"), format!("&reassignment_count={times}")),
        };
        Bar {
            label,
            value: *count as f64,
            shown: format!("{} ({})", number(*count), percent(*count as f64 / total, 0)),
            href: Some(records("resolved_at", read.span(), &question)),
            mute: times == 0,
        }
    };
    let bars: Vec<Bar> = counts.iter().enumerate().map(bar).collect();
    let row = |(bar, count): (&Bar, &i64)| vec![bar.label.clone(), number(*count), percent(*count as f64 / total, 1)];
    let rows = bars.iter().zip(&counts).map(row).collect();
    let table = Table { heads: heads(["Moved", "Tickets", "Share"]), rows, csv: read.csv("moved") };
    let moved = 1.0 - counts[0] as f64 / total;
    let finding = format!("{} of the tickets changed teams at least once.", percent(moved, 0));
    let caption = format!("{finding} {MOVED}");
    let picture = match read.resolved.is_empty() {
        true => html! { p.ink3 { "Nothing was resolved in this period." } },
        false => Bars { finding, caption, bars, table: table.clone() }.render(),
    };
    Part { key: "moved", title: "Passed from team to team", remark: "tickets by changes of team", wide: false, picture, table }
}
