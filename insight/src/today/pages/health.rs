//! How the services stand, as a table.

use crate::today::health::Standing;
use maud::{Markup, html};
use ui::chart::spark;

/// The table; nothing where there is no service.
pub fn table(standings: &[Standing], count: usize) -> Markup {
    if standings.is_empty() {
        return html! {};
    }
    html! {
        section {
            div.block-head { h2 { "Service health" } a.push.small href="/services" { "All " (count) } }
            (rows(standings))
        }
    }
}

/// The rows alone.
pub fn rows(standings: &[Standing]) -> Markup {
    html! {
        div.over-x tabindex="0" role="region" aria-label="Service health" { table.list.plain.health {
            caption.vh { "Services: promises kept in the last 30 days against the promised share, trend, and open incidents" }
            thead { tr {
                th scope="col" { "Service" }
                th.num scope="col" title="Of the tickets resolved in the last 30 days with a promise, the share whose promise was kept, in per cent; behind the slash what was promised." { "30 days" }
                th scope="col" title="The same in five parts of six days." { "Trend" }
                th.num scope="col" title="Open incidents." { "Inc." }
            } }
            tbody { @for it in standings { (row(it)) } }
        } }
    }
}

fn row(it: &Standing) -> Markup {
    let missed = it.promised - it.kept;
    let said = format!("{} of {} promises kept, {missed} missed", it.kept, it.promised);
    html! {
        tr {
            th scope="row" { a.quiet href=(it.href) { (it.name) } @if it.misses() { br; span.small.bad { "below its promise" } } }
            td.num {
                @match it.share() {
                    Some(share) => { a.def.bad[it.misses()].strong[it.misses()] href=(it.records) title=(said) { (ui::format::decimal(share, 1)) } }
                    None => { span.ink3 title="Nothing with a promise was resolved." { "–" } }
                }
                @if let Some(goal) = it.goal { span.ink3 { "/" (goal) } }
            }
            td { @if it.trend.len() > 1 { (spark(&it.trend)) } }
            td.num { @if it.open > 0 { a.quiet href=(it.open_records) { (it.open) } } @else { span.ink3 { "–" } } }
        }
    }
}
