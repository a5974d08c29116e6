//! How long it took: the spread of times to resolve.

use super::read::Read;
use super::{Part, TAKEN, heads, records};
use crate::dashboard::rules::quantile;
use crate::dashboard::spread::{BINS, bin, upper};
use kernel::time::iso_duration;
use maud::{Render, html};
use ui::chart::{Bin, Histogram, Table};
use ui::format::{duration, number, percent};

/// The part.
pub fn part(read: &Read) -> Part {
    let mut seconds: Vec<i64> = read.resolved.iter().map(|it| it.seconds).collect();
    seconds.sort_unstable();
    let mut counts = [0_i64; BINS.len()];
    for one in &seconds {
        counts[bin(*one)] += 1;
    }
    let total = seconds.len().max(1) as f64;
    let name = |at: usize| match upper(at) {
        Some(edge) => format!("{} to {}", duration(BINS[at].0), duration(edge)),
        None => format!("over {}", duration(BINS[at].0)),
    };
    let mut below = 0;
    let mut row = |(at, count): (usize, &i64)| {
        below += count;
        vec![name(at), number(*count), percent(*count as f64 / total, 1), percent(below as f64 / total, 1)]
    };
    let rows = counts.iter().enumerate().map(&mut row).collect();
    let table = Table { heads: heads(["Time to resolve", "Tickets", "Share", "Up to there"]), rows, csv: read.csv("taken") };
    let column = |(at, count): (usize, &i64)| {
        let to = upper(at).map_or_else(String::new, |edge| format!("&time_to_resolve__lt={}", iso_duration(edge)));
        let more = format!("&time_to_resolve__gte={}{to}", iso_duration(BINS[at].0));
        Bin { label: BINS[at].1.into(), count: *count as f64, kept: true, href: Some(records("resolved_at", read.span(), &more)) }
    };
    let picture = match (quantile(&seconds, 0.5), quantile(&seconds, 0.85)) {
        (Some(half), Some(most)) => {
            let finding = format!("Half took up to {}, 85\u{a0}% up to {}.", duration(half), duration(most));
            let caption = format!("{finding} {TAKEN} Each column goes from the edge before it.");
            let bins = counts.iter().enumerate().map(column).collect();
            Histogram { finding, caption, bins, goal: None, shares: None, table: table.clone() }.render()
        }
        _ => html! { p.ink3 { "Nothing was resolved in this period." } },
    };
    Part { key: "taken", title: "Time to resolve", remark: "tickets by how long they took", wide: false, picture, table }
}
