//! The share explained: how many counted, which did not and why, each count leading to its records.

use super::rules::{Counted, Scope};
use super::store::counted;
use crate::address::{span, tickets};
use crate::dashboard::period::Period;
use db::Tx;
use kernel::describe::PanelRequest;
use kernel::web::{Layout, Reply, Request};
use kernel::{Error, Result, register};
use maud::{Markup, Render, html};
use ui::figure::{Figure, figures};
use ui::format::{number, percent};
use ui::head::Head;
use ui::why::{Step, Steps};

/// Days that a level's share looks back.
const DAYS: i64 = 30;

/// The steps of a share. `narrow` is what the list of tickets is narrowed by besides the period (`&service=SVC-5`); none where
/// no such list exists.
pub fn steps(title: String, counted: &Counted, from: i64, until: i64, narrow: Option<&str>) -> Steps {
    let list =
        |more: &str| narrow.map_or_else(String::new, |narrow| tickets(&format!("{}{narrow}{more}", span("resolved_at", from, until))));
    let share = counted.share().map_or_else(|| "nothing promised".into(), |share| percent(share, 1));
    let steps = vec![
        Step::new("Resolved in the period", number(counted.resolved), "by the time of the last resolution").leads_to(list("")),
        Step::new("Without a promise on the resolution", number(counted.unpromised), "neither kept nor broken")
            .leads_to(list("&made_sla__empty=true"))
            .rejected(),
        Step::new("Cancelled or merged", "not counted", "they have no resolution of their own").rejected(),
        Step::new("Broken", number(counted.broken()), "the working time promised was used up before").leads_to(list("&made_sla=false")),
        Step::new("Kept", number(counted.kept), "").leads_to(list("&made_sla=true")),
        Step::new("Share", share, format!("{} of {} promised", number(counted.kept), number(counted.promised()))).result(),
    ];
    Steps { title, steps, foot: html! {} }
}

/// The title: the figure as a question.
fn question(of: &str, counted: &Counted) -> String {
    match counted.share() {
        Some(share) => format!("Why were {} of the promises{of} kept?", percent(share, 1)),
        None => format!("Why is there no share of promises{of} kept?"),
    }
}

fn page(title: String, crumbs: Vec<(String, String)>, here: &str, lead: String, steps: &Steps) -> Reply {
    let head = Head { crumbs, title: title.clone(), lead: Some(lead), ..Head::default() };
    let body = html! { (head) div.cols-2 { (steps) } };
    Reply::page(title, here, body).held(Layout { extra: &["wide.css"], ..Layout::default() })
}

/// `/desk/dashboard/attainment?from=DAY&until=DAY`
pub(super) fn of_all(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let tickets = request.house.register("tickets").ok_or(Error::NotFound)?;
    let period = Period::read(request.asked("from"), request.asked("until"), request.now, &request.view.zone);
    let counted = counted(tx, &request.view, tickets, Scope::All, period.from, period.until)?;
    let crumbs = vec![
        ("Dashboard".into(), format!("/desk/dashboard?from={}&until={}", period.first, period.last())),
        ("Promises kept".into(), String::new()),
    ];
    let lead = format!("{} weeks from {}", period.weeks, ui::manner::written(period.first, "%-d %B %Y"));
    let title = question("", &counted);
    let steps = steps("How it is counted".into(), &counted, period.from, period.until, Some(""));
    Ok(page(title, crumbs, "/desk/dashboard", lead, &steps))
}

/// `/levels/{reference}/attainment`
pub(super) fn of_level(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let levels = request.house.register("levels").ok_or(Error::NotFound)?;
    let tickets = request.house.register("tickets").ok_or(Error::NotFound)?;
    let level = register::load(tx, &request.house, &request.view, levels, request.part("reference"))?;
    let (from, until) = (request.now - DAYS * 86_400_000, request.now);
    let counted = counted(tx, &request.view, tickets, Scope::Level(level.id), from, until)?;
    let here = format!("/levels/{}", level.reference);
    let crumbs = vec![(levels.many.into(), "/levels".into()), (level.reference.clone(), here), ("Promises kept".into(), String::new())];
    let title = question(&format!(" of “{}”", level.title()), &counted);
    let steps = steps("How it is counted".into(), &counted, from, until, None);
    Ok(page(title, crumbs, "levels", format!("The last {DAYS} days"), &steps))
}

/// The share on the page of a level.
pub(super) fn panel(tx: &mut Tx, asked: &PanelRequest) -> Result<Option<Markup>> {
    let Some(tickets) = asked.house.register("tickets") else { return Ok(None) };
    let counted = counted(tx, asked.view, tickets, Scope::Level(asked.record.id), asked.now - DAYS * 86_400_000, asked.now)?;
    let Some(share) = counted.share() else { return Ok(None) };
    let figure = Figure {
        value: percent(share, 1),
        label: format!("{} of {} resolutions, {DAYS} days", number(counted.kept), number(counted.promised())),
        definition: "Resolutions that this level promised, within the working time promised.".into(),
        href: Some(format!("/levels/{}/attainment", asked.record.reference)),
        ..Figure::default()
    };
    Ok(Some(figures(&[figure]).render()))
}
