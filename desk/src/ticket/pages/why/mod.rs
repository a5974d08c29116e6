//! Why a clock reads what it reads, and why a ticket has its priority: pages with addresses of their own.

mod drawn;
mod ledger;
mod told;

use super::address::{href, local};
use super::chip::{Timed, stands};
use super::head::{mark, status};
use crate::ticket::course::course;
use db::Tx;
use kernel::register::Record;
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use promises::calendars::{Calendars, named};
use promises::clock::{self, Clock, Kept, level_name};
use promises::level::{Measure, book};
use ui::clock::State;

/// What these pages explain; other questions are answered by the engine's.
pub fn explains(why: &str) -> bool {
    why == "priority" || Measure::read(why).is_some()
}

/// `?why=priority`, `first_response`, `next_update` or `resolution`; the last three also `&as=csv`.
pub fn page(tx: &mut Tx, request: &Request, record: &Record, asked: &str) -> Result<Reply> {
    match Measure::read(asked) {
        Some(measure) => {
            let clock = clock::of_ticket(tx, record.id)?.into_iter().find(|clock| clock.measure == measure);
            of_clock(tx, request, record, &clock.ok_or(Error::NotFound)?)
        }
        None => {
            let steps = priority(tx, request, record)?;
            if request.fragment {
                return Ok(Reply::Fragment(steps.render()));
            }
            let title = steps.title.clone();
            let body = html! { div.cols-3 { (steps) (kept(tx, request, record)?) (pages::access(tx, request, record, false)?.1) } };
            Ok(pages::explanation(request, record, &title, marks(record), Vec::new(), &body))
        }
    }
}

fn marks(record: &Record) -> Vec<Markup> {
    vec![mark(record).render(), status(record).render()]
}

fn priority(tx: &mut Tx, request: &Request, record: &Record) -> Result<ui::why::Steps> {
    let field = record.shape.field("priority").copied().ok_or(Error::NotFound)?;
    let mut steps = pages::computed(tx, request, record, &field)?;
    let is = record.int("priority").unwrap_or(4);
    steps.title = format!("Why is {} P{is}?", record.reference);
    if let Some(last) = steps.steps.last_mut() {
        last.value = format!("P{is}");
    }
    if request.view.may(record.shape.register, "set-priority") {
        steps.foot = html! { (steps.foot) a href={ (href(&request.house, record)) "/set-priority" } { "Set another priority" } " and say why; the reason is kept." };
    }
    Ok(steps)
}

fn kept(tx: &mut Tx, request: &Request, record: &Record) -> Result<Markup> {
    let field = record.shape.field("made_sla").filter(|field| request.view.reads(record.shape.register, field)).copied();
    let Some(field) = field else { return Ok(html! {}) };
    let mut steps = pages::computed(tx, request, record, &field)?;
    steps.title = format!("Are the promises on {} kept?", record.reference);
    Ok(steps.render())
}

fn of_clock(tx: &mut Tx, request: &Request, record: &Record, clock: &Clock) -> Result<Reply> {
    let book = book(tx, &request.house)?;
    let kept_terms = Kept::load(tx, &Calendars::of(&request.house), &book, clock)?;
    let course = course(tx, record.id)?;
    let reading = clock::ledger(&kept_terms, &course, request.now);
    let told = told::Told::load(tx, request, record, &reading)?;
    let lines = ledger::lines(&reading, kept_terms.calendar(), &told);
    if request.asked("as") == Some("csv") {
        return Ok(ledger::csv(record, clock, &lines));
    }
    let (level, reference) = level_name(tx, clock)?;
    let calendar = named(tx, clock.calendar_version)?;
    let timed = Timed::load(tx, request, record, clock.clone())?;
    let shown = timed.chip(request, &href(&request.house, record));
    let mut marks = marks(record);
    marks.extend(shown.as_ref().map(|chip| chip.render()));
    marks.push(html! {
        span { @if reference.is_empty() { (level) } @else { a href={ "/levels/" (reference) } { (level) } }
            span.sep {} (clock.measure.word()) " within " (ui::format::working(clock.target_seconds, kept_terms.calendar().around_the_clock())) " of working time"
            span.sep {} a href={ "/calendars/" (calendar.reference) } { (calendar.name) } ", version " (calendar.number) }
    });
    let rests = shown.as_ref().and_then(|chip| chip.resting());
    let title = question(clock, &timed.said(request.now).unwrap_or_default(), request.now);
    if request.fragment {
        return Ok(Reply::Fragment(ledger::short(request, &title, &reading, &lines, rests)));
    }
    let sum = ledger::sum(request, clock, &reading, lines, rests);
    let csv = html! { a.verb.small href={ (href(&request.house, record)) "?why=" (clock.measure.key()) "&as=csv" } { (ui::icon::small("download")) "CSV" } };
    let body = html! {
        section {
            h2.vh { "Ledger of the clock" }
            (drawn::drawn(request, &reading, kept_terms.calendar()))
            (sum)
            (replaced(request, &reading))
        }
        div.cols-3.below { (priority(tx, request, record)?) (kept(tx, request, record)?) (pages::access(tx, request, record, false)?.1) }
    };
    Ok(pages::explanation(request, record, &title, marks, vec![csv], &body))
}

fn question(clock: &Clock, time: &str, now: i64) -> String {
    let what = match clock.measure {
        Measure::FirstResponse => "first response",
        Measure::NextUpdate => "next update",
        Measure::Resolution => "resolution",
    };
    match stands(clock, now) {
        Some(State::Breached) => format!("Why is the {what} {time} over?"),
        Some(State::Met) => format!("Why did the clock of the {what} stop at {time}?"),
        Some(State::Paused) => format!("Why does the clock of the {what} rest with {time} left?"),
        Some(_) => format!("Why does the clock of the {what} say {time} left?"),
        None => format!("Why does the clock of the {what} say nothing?"),
    }
}

fn replaced(request: &Request, ledger: &calendar::clock::Ledger) -> Markup {
    html! {
        @for old in &ledger.replaced {
            p.small.ink3 { (old.reason) " on " (local(request, old.replaced_at, "%a %-d %b, %H:%M")) ": until then " (ledger::span(old.reading.target.seconds))
                " were promised, of which " (ledger::span(old.reading.elapsed_seconds)) " were used; what was used counts on." }
        }
    }
}
