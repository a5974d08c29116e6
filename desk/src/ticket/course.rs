//! What of a ticket's life moves its clocks: the same reading of a change, whether it happens now or stands in the journal.

use super::flow::ACTIVE;
use db::Tx;
use kernel::Result;
use kernel::journal::{Content, Entry, history};
use kernel::register::Record;
use promises::clock::{Course, Event, Reason};
use promises::level::Subject;
use serde_json::Value as Json;

/// What clocks look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    state: String,
    waits_for: String,
    first_response_at: Option<i64>,
    answered_at: Option<i64>,
    merged: bool,
    retired: bool,
    service: Option<i64>,
    item: Option<i64>,
}

impl Moment {
    /// Of a record.
    pub fn of(record: &Record) -> Moment {
        Moment {
            state: record.state.clone(),
            waits_for: record.text("pending_reason").to_owned(),
            first_response_at: record.int("first_response_at"),
            answered_at: record.int("answered_at"),
            merged: record.int("merged_into").is_some(),
            retired: record.retired_at.is_some(),
            service: record.int("service"),
            item: record.int("item"),
        }
    }

    /// After a change that the journal tells of.
    fn after(&self, content: &Content) -> Moment {
        let mut next = self.clone();
        for (key, change) in &content.changes {
            let to = &change[1];
            match key.as_str() {
                "state" => next.state = to.as_str().unwrap_or_default().to_owned(),
                "pending_reason" => next.waits_for = to.as_str().unwrap_or_default().to_owned(),
                "first_response_at" => next.first_response_at = to.as_i64(),
                "answered_at" => next.answered_at = to.as_i64(),
                "merged_into" => next.merged = *to != Json::Null,
                "retired_at" => next.retired = *to != Json::Null,
                "service" => next.service = to.as_i64(),
                "item" => next.item = to.as_i64(),
                _ => {}
            }
        }
        next
    }

    fn active(&self) -> bool {
        ACTIVE.contains(&self.state.as_str()) && !self.retired
    }

    fn waits(&self) -> Option<&str> {
        (self.state == "pending" && !self.retired).then_some(self.waits_for.as_str())
    }
}

/// What of a ticket decides which windows are left out of its clocks.
pub fn subject(record: &Record) -> Subject {
    Subject { organisation: record.organisation, service: record.int("service"), item: record.int("item") }
}

/// What happened between two moments, in the order in which clocks take it.
pub fn events(was: &Moment, now: &Moment) -> Vec<Event> {
    let mut all = Vec::new();
    if !was.active() && now.active() && !was.state.is_empty() {
        all.push(Event::Reopened);
    }
    match (was.waits(), now.waits()) {
        (before, Some(reason)) if before != Some(reason) => all.push(Event::Paused(reason.to_owned())),
        (Some(_), None) => all.push(Event::Resumed),
        _ => {}
    }
    match (was.first_response_at, now.first_response_at) {
        (None, Some(_)) => all.push(Event::Responded),
        (Some(_), None) => all.push(Event::Unanswered),
        _ => {}
    }
    if now.answered_at > was.answered_at {
        all.push(Event::Updated);
    }
    // A ticket may enter already done, from the log of another system.
    let owed = was.active() || was.state.is_empty();
    if owed && !now.active() && !now.state.is_empty() {
        let off = now.state == "cancelled" || now.merged || now.retired;
        all.push(if off { Event::Cancelled } else { Event::Resolved });
    }
    all
}

/// Most entries of a ticket that a ledger is computed from.
const MOST_ENTRIES: usize = 20_000;

/// The course of a ticket, from its journal.
pub fn course(tx: &mut Tx, ticket: i64) -> Result<Course> {
    let mut entries = history(tx, ticket, None, MOST_ENTRIES)?;
    entries.reverse();
    Ok(retold(&entries))
}

/// The course that some entries, oldest first, tell of.
pub fn retold(entries: &[Entry]) -> Course {
    let (mut course, mut was) = (Course::default(), Moment::default());
    for entry in entries {
        let Some(content) = &entry.content else { continue };
        let now = was.after(content);
        course.about(entry.at, Subject { organisation: entry.organisation, service: now.service, item: now.item });
        for event in events(&was, &now) {
            take(&mut course, &event, entry.at);
        }
        was = now;
    }
    course
}

fn take(course: &mut Course, event: &Event, at: i64) {
    match event {
        Event::Paused(reason) => course.wait(at, reason),
        Event::Resumed => course.go_on(at),
        Event::Responded => course.stop(Reason::Responded, at),
        Event::Unanswered => course.reopen(&[Reason::Responded], at),
        Event::Resolved => course.stop(Reason::Resolved, at),
        Event::Cancelled => course.stop(Reason::Cancelled, at),
        Event::Reopened => course.reopen(&[Reason::Resolved, Reason::Cancelled], at),
        Event::Updated => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(state: &str, waits_for: &str) -> Moment {
        Moment { state: state.into(), waits_for: waits_for.into(), ..Moment::default() }
    }

    #[test]
    fn a_change_of_state_says_what_it_means_for_clocks() {
        let (work, wait, done) = (moment("in_progress", ""), moment("pending", "requester"), moment("resolved", ""));
        let off = moment("cancelled", "");
        assert_eq!(events(&work, &wait), [Event::Paused("requester".into())]);
        assert_eq!(events(&wait, &moment("pending", "vendor")), [Event::Paused("vendor".into())]);
        assert_eq!(events(&wait, &work), [Event::Resumed]);
        assert_eq!(events(&wait, &done), [Event::Resumed, Event::Resolved]);
        assert_eq!(events(&done, &work), [Event::Reopened]);
        assert_eq!(events(&work, &off), [Event::Cancelled]);
        assert_eq!(events(&done, &moment("closed", "")), []);
        assert_eq!(events(&Moment::default(), &moment("new", "")), []);
        assert_eq!(events(&Moment::default(), &done), [Event::Resolved]);
        let answered = Moment { first_response_at: Some(5), answered_at: Some(5), ..work.clone() };
        assert_eq!(events(&work, &answered), [Event::Responded, Event::Updated]);
        assert_eq!(events(&answered, &work), [Event::Unanswered]);
    }
}
