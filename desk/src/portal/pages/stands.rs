//! How things stand, as the portal shows it: a sentence, a track, and what one can do.

use crate::portal::face::HOME;
use crate::portal::rules::{Part, Standing, promised, reached, sentence};
use crate::ticket::{REQUESTS, too_late_to_reopen};
use db::Tx;
use jiff::Timestamp;
use kernel::Result;
use kernel::register::{Names, Record, names_of};
use kernel::web::Request;
use maud::{Markup, Render, html};
use pages::Address;
use promises::clock::{self, Clock};
use std::collections::HashMap;
use ui::portal::{Step, Thing};
use ui::time::When;
use ui::verb::Verb;

/// A thing with what is known of it.
pub struct Stands<'a> {
    /// The ticket, loaded under guard.
    pub record: &'a Record,
    /// What the sentence says.
    pub standing: Standing,
    /// Whether the reader asked for it.
    pub own: bool,
    /// Days after its end in which the reader could have reopened it, if they are over.
    pub over: Option<i64>,
}

/// Where the portal's page of a ticket is.
pub fn href(record: &Record) -> String {
    format!("{HOME}/things/{}", record.reference)
}

/// How some things stand.
pub fn of<'a>(tx: &mut Tx, request: &Request, records: &'a [Record]) -> Result<Vec<Stands<'a>>> {
    let wanted: Vec<(&'static str, i64)> = records
        .iter()
        .flat_map(|record| [("people", record.int("assignee")), ("teams", record.int("team"))])
        .filter_map(|(kind, id)| Some((kind, id?)))
        .collect();
    let names = names_of(tx, &request.house, &request.view, &[], &wanted)?;
    let ids: Vec<i64> = records.iter().map(|record| record.id).collect();
    let mut clocks: HashMap<i64, Vec<Clock>> = HashMap::new();
    for clock in clock::of_tickets(tx, &ids)? {
        clocks.entry(clock.ticket).or_default().push(clock);
    }
    let one = |record: &'a Record| {
        let over = too_late_to_reopen(tx, &request.house, &request.view, record, request.now)?;
        Ok(Stands { over, ..stands(request, record, &names, clocks.get(&record.id).map_or(&[], Vec::as_slice)) })
    };
    records.iter().map(one).collect()
}

fn stands<'a>(request: &Request, record: &'a Record, names: &Names, clocks: &[Clock]) -> Stands<'a> {
    let name = |key: &str| record.int(key).and_then(|id| names.get(&id)).map(|name| name.title.clone());
    let (late, due) = promised(clocks, request.now);
    let standing = Standing {
        request: is_request(request, record),
        state: record.state.clone(),
        waits_for: record.text("pending_reason").to_owned(),
        person: name("assignee"),
        team: name("team"),
        answered: record.int("answered_at").is_some() || record.int("first_response_at").is_some(),
        late,
        due,
        ended_at: record.int("closed_at").or(record.int("resolved_at")),
    };
    Stands { record, standing, own: record.int("requester") == Some(request.view.person), over: None }
}

/// Whether it was asked for rather than reported.
pub fn is_request(request: &Request, record: &Record) -> bool {
    request.house.register_of(&record.reference).is_some_and(|it| it.key == REQUESTS.key)
}

impl Stands<'_> {
    /// The sentence.
    pub fn sentence(&self, request: &Request) -> Markup {
        html! {
            @for part in sentence(&self.standing) {
                @match part {
                    Part::Text(text) => { (text) }
                    Part::Name(name) => { b { (name) } }
                    Part::Late(words) => { b.warn { (words) } }
                    Part::At(at) => { b { (moment(request, at)) } }
                }
            }
        }
    }

    /// The track.
    pub fn track(&self, request: &Request) -> Vec<(Step, String)> {
        let Some(reached) = reached(&self.standing) else { return Vec::new() };
        let (record, asked) = (self.record, self.standing.request);
        let opened = record.int("opened_at").unwrap_or(record.created_at);
        let at = |word: &str, at: Option<i64>| match at {
            Some(at) => format!("{word} {}", shown(request, at)),
            None => word.to_owned(),
        };
        let words = [
            at(if asked { "Asked" } else { "Reported" }, Some(opened)),
            at("seen", record.int("first_response_at")),
            (if asked { "being done" } else { "being mended" }).to_owned(),
            at("done", record.int("resolved_at")),
        ];
        // What is reached last is where it is now, until it is over.
        let step = |place: usize| match place.cmp(&reached) {
            std::cmp::Ordering::Less => Step::Done,
            std::cmp::Ordering::Equal => Step::Now,
            std::cmp::Ordering::Greater => Step::ToCome,
        };
        words.into_iter().enumerate().map(|(place, word)| (step(place), word)).collect()
    }

    /// What the reader can do from a list.
    pub fn verbs(&self, request: &Request) -> Vec<Verb> {
        let here = href(self.record);
        if !self.own {
            return Vec::new();
        }
        match (self.standing.state.as_str(), self.standing.request) {
            ("resolved", asked) => {
                let yes = confirm(request, self.record, if asked { "Yes, close it" } else { "Yes, it works" }).icon("check");
                let no = match self.over {
                    None => Verb::link(refusal(asked), format!("{here}?refuse=yes#reopen")),
                    Some(_) => Verb::link(format!("No, {}", anew(asked)), anew_at(self.record, asked)),
                };
                vec![yes, no.small()]
            }
            ("pending", _) if self.standing.waits_for == "requester" => {
                vec![Verb::link("Answer", format!("{here}#composer")).small().first()]
            }
            ("closed" | "cancelled", _) => Vec::new(),
            (_, false) => vec![confirm(request, self.record, "It works again")],
            (_, true) => Vec::new(),
        }
    }

    /// As an entry of a list.
    pub fn thing(&self, request: &Request) -> Thing {
        let waits = self.own && self.standing.state == "pending" && self.standing.waits_for == "requester";
        Thing {
            title: self.record.title().to_owned(),
            href: href(self.record),
            number: self.record.reference.clone(),
            waits: waits.then(|| "Waits for your answer".to_owned()),
            sentence: self.sentence(request),
            track: self.track(request),
            verbs: self.verbs(request),
        }
    }
}

/// What somebody says who is asked whether it is done, and it is not.
pub fn refusal(asked: bool) -> &'static str {
    if asked { "No, it is not…" } else { "No, it does not…" }
}

/// What one does some days after it ended: then it is a new matter.
pub fn anew(asked: bool) -> &'static str {
    if asked { "ask for it anew" } else { "report it anew" }
}

/// The form of the new matter, which begins with what this one was about.
pub fn anew_at(record: &Record, asked: bool) -> String {
    let form = if asked { "/portal/ask" } else { "/portal/report" };
    Address { path: form.into(), pairs: Vec::new() }.with("summary", record.title()).href()
}

/// The verb that says that it works again.
pub fn confirm(request: &Request, record: &Record, label: &str) -> Verb {
    Verb::post(label, format!("{}/confirm", href(record)), request.csrf.clone()).small()
}

/// A moment as the reader meets it: today the time, within days the weekday with it, else the day.
pub fn moment(request: &Request, at: i64) -> Markup {
    let stamp = |at| Timestamp::from_millisecond(at).unwrap_or_default();
    let When { iso, exact, .. } = ui::format::when(stamp(at), stamp(request.now), &request.view.zone);
    html! { time datetime=(iso) title=(exact) { (shown(request, at)) } }
}

fn shown(request: &Request, at: i64) -> String {
    let zoned = |at| Timestamp::from_millisecond(at).unwrap_or_default().to_zoned_datetime(request.view.zone.clone());
    let (there, here) = (zoned(at), zoned(request.now));
    let apart = there.date().since(here.date()).map_or(i32::MAX, |span| span.get_days().abs());
    let form = match apart {
        0 => "%H:%M",
        1..=6 => "%a %H:%M",
        _ if there.year() == here.year() => "%-d %b",
        _ => "%-d %b %Y",
    };
    ui::manner::written(&there, form).replace(' ', "\u{a0}")
}

/// A link to it, drawn alone.
pub fn line(record: &Record, rest: &Markup) -> Markup {
    html! { li { a href=(href(record)) { (record.title()) } " " span.small.ink3 { (record.reference) } br; span.small.ink2 { (rest.render()) } } }
}
