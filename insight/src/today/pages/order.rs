//! `GET /today/order`: the order explains itself.

use super::list::figure;
use crate::today::gather::gather;
use crate::today::rank::Placed;
use crate::today::{chosen, gather};
use db::Tx;
use jiff::Timestamp;
use kernel::Result;
use kernel::describe::By;
use kernel::web::{Layout, Reply, Request};
use maud::{Markup, Render, html};
use ui::head::Head;
use ui::why::{Step, Steps};

/// The page.
pub fn order(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let chosen = chosen::read(tx, request.view.person)?;
    let placed = gather(tx, request, &chosen)?;
    let body = html! {
        (Head { crumbs: vec![("Today".into(), "/today".into())], title: "Why this order?".into(), ..Head::default() })
        div.order { (rule()) }
        section.block { h2 { "Your lines, and what they were ranked by" } (table(request, &placed)) }
    };
    Ok(Reply::page("Why this order?", "/today", body).held(Layout { extra: &["figures.css"], ..Layout::default() }))
}

fn rule() -> Markup {
    let step = |text: &str, value: &str, note: &str| Step::new(text, value, note);
    let steps = Steps {
        title: "Lines are compared in this order; the first difference decides".into(),
        steps: vec![
            step(
                "How soon",
                "four bands",
                "Cannot wait: something is lost every minute, or will be within the hour. Today: late, or due before midnight. This week: within seven days. Later: the rest, below the line.",
            ),
            step(
                "Money at stake",
                "most first",
                "An hour counts as what an hour costs. Amounts in different currencies are compared as numbers.",
            ),
            step("Promises", "most first", "Broken, or about to be."),
            step("People", "most first", "Who wait."),
            step("Time", "earliest first", "Due, or waiting since."),
            step("Lines about one record", "become one", "It stands where the first of them stands, with the reasons of all.").result(),
        ],
        foot: html! { "No weight makes money comparable with promises: where money is known it goes first, and what is lost by the hour before what is expected in a year. Which lines there are: " a href="/today/counts" { "What counts" } "." },
    };
    steps.render()
}

fn table(request: &Request, placed: &[Placed]) -> Markup {
    let title =
        |key: &str| gather::sorts(request).find(|(_, line)| line.key == key).map_or(String::new(), |(_, line)| line.title.to_owned());
    html! {
        div.over-x tabindex="0" role="group" aria-label="Your lines" { table.list.plain {
            caption.vh { "Lines in their order with what they were ranked by" }
            thead { tr { th.num scope="col" { "No." } th scope="col" { "What" } th scope="col" { "How soon" } th.num scope="col" { "At stake" } th scope="col" { "Time" } th scope="col" { "Sort of line" } } }
            tbody { @for (at, it) in placed.iter().enumerate() { tr {
                td.num { (at + 1) }
                th scope="row" { a.quiet href=(it.need.href) { (it.need.what) } }
                td.nowrap { (it.band.said()) }
                td.num { (figure(&it.need.stake)) }
                td.nowrap { (time(request, it.need.by)) }
                td.ink2 { (title(it.key)) }
            } } }
        } }
    }
}

fn time(request: &Request, by: By) -> Markup {
    let shown = |at: i64| {
        let stamp = |at| Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
        ui::format::when(stamp(at), stamp(request.now), &request.view.zone)
    };
    match by {
        By::Now => html! { "now" },
        By::Time(at) => html! { "due " (shown(at)) },
        By::Late(at) => html! { "since " (shown(at)) },
        By::Someday => html! { "no time" },
    }
}
