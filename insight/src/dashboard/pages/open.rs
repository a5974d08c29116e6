//! How old the open ones are, by priority.

use super::Part;
use super::read::Read;
use crate::dashboard::rules::{AGES, age, heat};
use kernel::time::rfc3339;
use maud::{Markup, Render, html};
use ui::chart::{Cell, Heat, Table, behind};
use ui::format::number;

const DEFINED: &str = "Open now, whatever the period: something is still owed. Age: since opening, by the clock on the wall.";
const DAY: i64 = 86_400_000;

type Counts = [[u64; AGES.len()]; 5];

/// The part.
pub fn part(read: &Read) -> Part {
    let now = read.request.now;
    let mut counts: Counts = [[0; AGES.len()]; 5];
    for (opened, priority) in &read.active {
        counts[(priority - 1).clamp(0, 4) as usize][age(*opened, now)] += 1;
    }
    let named = |(priority, ages): (usize, &[u64; AGES.len()])| {
        [format!("P{}", priority + 1)].into_iter().chain(ages.iter().map(|count| number(*count as i64))).collect()
    };
    let names = ["Priority"].into_iter().chain(AGES.iter().map(|(_, name)| *name));
    let table =
        Table { heads: names.map(str::to_owned).collect(), rows: counts.iter().enumerate().map(named).collect(), csv: read.csv("ages") };
    let picture = if read.active.is_empty() {
        html! { p.ink3 { "Nothing is open." } }
    } else {
        drawn(&counts, now, &table)
    };
    Part { key: "ages", title: "How old the open ones are", remark: "now, by priority", wide: false, picture, table }
}

fn drawn(counts: &Counts, now: i64, table: &Table) -> Markup {
    let greatest = counts.iter().flatten().copied().max().unwrap_or(0);
    let cell = |priority: usize, at: usize, count: u64| {
        let newest = if at == 0 { String::new() } else { format!("&opened_at__lte={}", rfc3339(now - AGES[at - 1].0 * DAY)) };
        let oldest = if at + 1 == AGES.len() { String::new() } else { format!("&opened_at__gt={}", rfc3339(now - AGES[at].0 * DAY)) };
        Cell {
            count,
            heat: heat(count, greatest),
            href: format!("/tickets?active=true&priority={}{newest}{oldest}", priority + 1),
            label: format!("open tickets of priority {}, {}", priority + 1, AGES[at].1),
            on: false,
        }
    };
    let row = |(priority, ages): (usize, &[u64; AGES.len()])| {
        let cells = ages.iter().enumerate().map(|(at, count)| cell(priority, at, *count));
        (format!("P{}", priority + 1), cells.collect::<Vec<_>>())
    };
    let caption = "Open tickets by priority and age".to_owned();
    let columns = AGES.iter().map(|(_, name)| (*name).to_owned()).collect();
    let heat = Heat { caption: caption.clone(), columns, rows: counts.iter().enumerate().map(row).collect() };
    html! { figure { (heat.render()) figcaption { (DEFINED) } (behind(&caption, table)) } }
}
