//! How a service stands, and the incidents that say so.

use super::super::rules::{Health, Trouble, health};
use super::super::store;
use db::Tx;
use estate::graph::{Map, Mark};
use kernel::register::Record;
use kernel::web::Request;
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use std::collections::HashMap;
use ui::graph::Look;
use ui::marks::{Stage, Status};
use ui::why::{Step, Steps};

/// The clock on the wall, with the day unless it is today.
fn since(request: &Request, at: i64) -> String {
    pages::when(request, at).shown
}

/// The mark in the head, which leads to its reasons.
pub fn mark(request: &Request, record: &Record, known: Health) -> Markup {
    let why = ui::facts::why(&format!("{}?why=health", pages::record_href(&request.house, record)), "why?");
    let status = match known {
        Health::Down(at) => Status::new(Stage::Bad, format!("Down since {}", since(request, at))),
        Health::Degraded(at) => Status::new(Stage::Bad, format!("Degraded since {}", since(request, at))),
        Health::Fine => Status::new(Stage::Done, "No serious incident open"),
    };
    html! { span.line.tight { (status) (why) } }
}

/// How every thing of a graph stands.
pub fn marks(request: &Request, map: &Map, troubles: &[Trouble]) -> HashMap<i64, Mark> {
    let mut marks = HashMap::new();
    for thing in &map.things {
        let about = troubles.iter().filter(|it| it.service == Some(thing.id) || it.item == Some(thing.id));
        let (look, note) = match health(about) {
            Health::Down(at) => (Look::Hit, format!("down since {}", since(request, at))),
            Health::Degraded(at) => (Look::Touched, format!("degraded since {}", since(request, at))),
            Health::Fine => continue,
        };
        marks.insert(thing.id, Mark { look, note });
    }
    marks
}

/// The incidents that counted and those that did not.
pub fn explained(tx: &mut Tx, request: &Request, record: &Record) -> Result<(String, Markup)> {
    let incidents = request.house.register("incidents").ok_or(Error::NotFound)?;
    let all = store::about(tx, &request.view, incidents, record.id)?;
    let known = health(all.iter());
    let mut steps: Vec<Step> = all
        .iter()
        .take(20)
        .map(|it| {
            let note = format!("{}, open since {}", it.summary, since(request, it.opened_at));
            let step = Step::new(it.reference.clone(), format!("P{}", it.priority), note).leads_to(format!("/incidents/{}", it.reference));
            if it.priority <= 2 { step } else { step.rejected() }
        })
        .collect();
    if all.is_empty() {
        steps.push(Step::new("Open incidents about it that you may see", "none", ""));
    }
    let (result, verb) = match known {
        Health::Down(at) => (format!("Down since {}", since(request, at)), "say it is down"),
        Health::Degraded(at) => (format!("Degraded since {}", since(request, at)), "say it is degraded"),
        Health::Fine => ("No serious incident open".into(), "say nothing serious is open"),
    };
    steps
        .push(Step::new("It says", result, "A critical incident (P1) says down, a high one (P2) degraded; nothing else is asked").result());
    let title = format!("Why does {} {verb}?", record.title());
    let body = Steps { title: "Open incidents about it".into(), steps, foot: html! {} };
    Ok((title, body.render()))
}
