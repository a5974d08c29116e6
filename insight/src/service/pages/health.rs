//! How a service stands, and the incidents that say so.

use super::super::rules::{Health, Trouble, health};
use super::super::store;
use db::Tx;
use desk::ticket::rules::serious;
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
    for (place, stopped) in suffering(map.things.len(), &map.edges, |place| down(&marks, map.things[place].id)) {
        let note = format!("suffers from {}", map.things[stopped].name());
        marks.entry(map.things[place].id).or_insert(Mark { look: Look::Touched, note });
    }
    marks
}

fn down(marks: &HashMap<i64, Mark>, id: i64) -> bool {
    marks.get(&id).is_some_and(|mark| mark.look == Look::Hit)
}

/// What needs something that has stopped, however many steps away, each with the nearest such thing: places of `count` things, over
/// edges from what is needed to what needs it.
fn suffering(count: usize, edges: &[(usize, usize)], stopped: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut needs = vec![Vec::new(); count];
    for (from, to) in edges {
        needs[*from].push(*to);
    }
    let mut cause: Vec<Option<usize>> = (0..count).map(|place| stopped(place).then_some(place)).collect();
    let mut walked: Vec<usize> = (0..count).filter(|place| cause[*place].is_some()).collect();
    let begins = walked.len();
    let mut next = 0;
    while let Some(place) = walked.get(next).copied() {
        for above in &needs[place] {
            if cause[*above].is_none() {
                cause[*above] = cause[place];
                walked.push(*above);
            }
        }
        next += 1;
    }
    walked[begins..].iter().filter_map(|place| Some((*place, cause[*place]?))).collect()
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
            if serious(it.priority) { step } else { step.rejected() }
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

#[cfg(test)]
mod tests {
    use super::suffering;

    #[test]
    fn what_needs_a_stopped_thing_suffers_and_what_is_needed_does_not() {
        // 0 is needed by 1, 1 by 2 and 3; 4 is needed by 3 as well; 2 and 3 need each other.
        let edges = [(0, 1), (1, 2), (1, 3), (4, 3), (2, 3), (3, 2)];
        assert_eq!(suffering(5, &edges, |place| place == 1), [(2, 1), (3, 1)]);
        assert_eq!(suffering(5, &edges, |place| place == 4), [(3, 4), (2, 4)]);
        assert_eq!(suffering(5, &edges, |place| place == 0 || place == 2), [(1, 0), (3, 2)], "the nearest is named");
        assert_eq!(suffering(5, &edges, |_| false), []);
    }
}
