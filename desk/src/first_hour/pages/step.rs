//! What the pages of the five steps have in common.

use crate::first_hour::store;
use db::Tx;
use kernel::web::{Layout, Reply, Request};
use kernel::{FieldError, Result};
use maud::{Markup, Render, html};
use serde_json::Value as Json;
use ui::field::Field;
use ui::form::{Form, Part};
use ui::head::Head;
use ui::verb::Verb;

/// A step.
pub struct Step {
    /// Last part of its path.
    pub key: &'static str,
    /// Its name in the line of steps.
    pub name: &'static str,
    /// What it is good for.
    pub why: &'static str,
}

/// The five steps.
pub const STEPS: [Step; 5] = [
    Step { key: "hours", name: "Working time", why: "Clocks count only while you work." },
    Step { key: "people", name: "Teams and people", why: "Work goes to a team, and people get a link that lets them in." },
    Step { key: "services", name: "Services", why: "What people get, in words that they use." },
    Step { key: "promises", name: "Promises", why: "How soon somebody answers, and how soon it is done." },
    Step { key: "ticket", name: "First ticket", why: "A real one, in the queue, with its clock running." },
];

impl Step {
    /// Its page.
    pub fn path(&self) -> String {
        format!("/first-hour/{}", self.key)
    }
}

/// The page after a step, by its place.
pub fn after(place: usize) -> String {
    STEPS.get(place + 1).map_or_else(|| "/first-hour".into(), Step::path)
}

/// What the pages need beyond the core.
pub fn layout() -> Layout {
    Layout { extra: &["hour.css"], ..Layout::default() }
}

/// The head of a page.
pub fn head(title: &str, lead: &str) -> Markup {
    Head { title: title.into(), lead: Some(lead.into()), ..Head::default() }.render()
}

/// A step in the overview.
pub fn line(step: &Step, done: bool) -> Markup {
    html! {
        li.done[done] {
            span.mark aria-hidden="true" { @if done { (ui::icon::small("check")) } }
            div { a.strong href=(step.path()) { (step.name) } @if done { span.small.ink3 { " done" } } p.small.ink2 { (step.why) } }
        }
    }
}

/// The steps in one line, each a link; green are those that are done, not those that were left out.
pub fn steps(tx: &mut Tx, request: &Request, current: usize) -> Result<Markup> {
    let done = store::done(tx, request.view.organisation)?;
    let one = |(place, (step, done)): (usize, (&Step, bool))| {
        html! {
            li.past[done] aria-current=[(place == current).then_some("step")] {
                span.no { @if done { (ui::icon::small("check")) } @else { (place + 1) } }
                a.quiet href=(step.path()) { (step.name) @if done { span.vh { ", done" } } }
            }
        }
    };
    Ok(html! { ol.wizard aria-label="Steps" { @for step in STEPS.iter().zip(done).enumerate() { (one(step)) } } })
}

/// What a step's page shows.
pub struct Page {
    /// Its place, from 0.
    pub place: usize,
    /// Its title.
    pub title: &'static str,
    /// What one is asked, and why.
    pub lead: &'static str,
    /// The fields, in groups.
    pub parts: Vec<Part>,
    /// What the verb says.
    pub verb: &'static str,
    /// What was refused as a whole.
    pub error: Option<String>,
    /// What stands above the form: something that is missing for it.
    pub over: Markup,
    /// Fields in two columns on wide screens.
    pub two_columns: bool,
}

impl Page {
    /// The page as an answer.
    pub fn reply(self, tx: &mut Tx, request: &Request) -> Result<Reply> {
        let step = &STEPS[self.place];
        let form = Form {
            action: step.path(),
            csrf: request.csrf.clone(),
            error: self.error,
            parts: self.parts,
            two_columns: self.two_columns,
            verbs: vec![
                Verb::submit(self.verb).first(),
                Verb::link("Leave out", after(self.place)),
                Verb::link("Later", "/first-hour").bare(),
            ],
            ..Form::default()
        };
        let body = html! {
            (steps(tx, request, self.place)?)
            (head(self.title, self.lead))
            (self.over)
            (form)
        };
        Ok(Reply::page(format!("First hour: {}", step.name.to_lowercase()), "/first-hour", body).held(layout()))
    }
}

/// A field with what was refused of it.
pub fn checked(field: Field, wrong: &[FieldError]) -> Field {
    match wrong.iter().find(|it| it.field == field.name) {
        Some(it) => field.error(it.message.clone()),
        None => field,
    }
}

/// What was refused of fields that are not among those shown.
pub fn others(wrong: &[FieldError], shown: &[&str]) -> Option<String> {
    let rest: Vec<&str> = wrong.iter().filter(|it| !shown.contains(&it.field.as_str())).map(|it| it.message.as_str()).collect();
    (!rest.is_empty()).then(|| rest.join(" "))
}

/// The values that a form sent for a field, one or several.
pub fn several(request: &Request, key: &str) -> Vec<String> {
    match request.form.get(key) {
        Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        Some(Json::String(one)) if !one.is_empty() => vec![one.clone()],
        _ => Vec::new(),
    }
}

/// What was typed, or what is suggested when nothing was sent.
pub fn typed(request: &Request, sent: bool, key: &str, suggested: &str) -> String {
    if sent { request.sent(key).to_owned() } else { suggested.to_owned() }
}
