//! Pages of the first hour.

mod hours;
mod people;
mod promises;
mod services;
mod step;
mod ticket;

use db::Tx;
use kernel::Result;
use kernel::web::{Reply, Request, Route};
use maud::html;
use step::{STEPS, head, line};
use ui::verb::Verb;

use super::store;

/// Whoever furnishes the house gives roles.
const MAY: &str = "people.grant-roles";

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get("/first-hour", MAY, overview, "The first hour of a new house: what is done and what comes next").called("First hour"),
    Route::get("/first-hour/hours", MAY, hours::page, "Names the organisation and says when it works"),
    Route::post("/first-hour/hours", MAY, hours::save, "Names the organisation and says when it works"),
    Route::get("/first-hour/people", MAY, people::page, "Teams, and people with their invitations"),
    Route::post("/first-hour/people", MAY, people::save, "Teams, and people with their invitations"),
    Route::get("/first-hour/services", MAY, services::page, "What people get"),
    Route::post("/first-hour/services", MAY, services::save, "What people get"),
    Route::get("/first-hour/promises", MAY, promises::page, "How soon something is promised"),
    Route::post("/first-hour/promises", MAY, promises::save, "How soon something is promised"),
    Route::get("/first-hour/ticket", MAY, ticket::page, "The first ticket"),
    Route::post("/first-hour/ticket", MAY, ticket::save, "The first ticket"),
];

/// `GET /first-hour`
fn overview(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let done = store::done(tx, request.view.organisation)?;
    let next = done.iter().position(|done| !done);
    let (title, lead) = match next {
        Some(0) if done.iter().all(|done| !done) => (
            "Your first hour",
            "Five short steps, and a ticket stands in the queue with its clock running. Leave out what you like; come back when you like.",
        ),
        Some(_) => ("Your first hour goes on", "What is done stays done. Leave out what you like; come back when you like."),
        None => {
            ("Your house is furnished", "All five steps are done. Everything you made stands in its register and can be changed there.")
        }
    };
    let verbs = match next {
        Some(at) => vec![Verb::link(if at == 0 { "Begin" } else { "Go on" }, STEPS[at].path()).first(), Verb::link("Later", "/queue")],
        None => vec![Verb::link("Open the queue", "/queue").first()],
    };
    let body = html! {
        (head(title, lead))
        ol.hour { @for (step, done) in STEPS.iter().zip(done) { (line(step, done)) } }
        div.line.hour-verbs { (ui::verb::verbs(&verbs)) }
        p.small.ink3 { "What comes after: " a href="/help/administrator" { "the guide" } }
    };
    Ok(Reply::page("Your first hour", "/first-hour", body).held(step::layout()))
}
