//! How a thing stands, in words that need no explanation. Pure.

use promises::clock::{Clock, State};
use promises::level::Measure;

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Plain words.
    Text(String),
    /// A name.
    Name(String),
    /// What we owe an apology for.
    Late(&'static str),
    /// A moment, in milliseconds.
    At(i64),
}

/// What is known of a thing.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Asked for, not reported.
    pub request: bool,
    /// State of the ticket.
    pub state: String,
    /// For whom or what it waits, as the ticket says it.
    pub waits_for: String,
    /// Who works on it.
    pub person: Option<String>,
    /// Whose it is, if nobody's in person.
    pub team: Option<String>,
    /// Whether the desk has answered.
    pub answered: bool,
    /// A promise that is broken and still owed: since when.
    pub late: Option<(Measure, i64)>,
    /// The next promise that will be kept or broken.
    pub due: Option<(Measure, i64)>,
    /// When it ended.
    pub ended_at: Option<i64>,
}

/// What the clocks of a thing say: what is broken and still owed, and what is due next.
pub fn promised(clocks: &[Clock], now: i64) -> (Option<(Measure, i64)>, Option<(Measure, i64)>) {
    let running = || clocks.iter().filter(|clock| clock.state == State::Running);
    let at = |clock: &Clock| clock.due_at.map(|at| (clock.measure, at));
    // What is said of lateness is the nearest thing missed: an answer, then news, then the end.
    let late = running().filter(|clock| clock.is_broken(now)).filter_map(at).min_by_key(|(measure, _)| *measure);
    let due = running().filter(|clock| !clock.is_broken(now)).filter_map(at).min_by_key(|(measure, at)| (*measure, *at));
    (late, due)
}

/// How it stands, as a sentence or two.
pub fn sentence(of: &Standing) -> Vec<Part> {
    let text = |words: &str| Part::Text(words.to_owned());
    match of.state.as_str() {
        "resolved" => {
            let mut all = vec![text(if of.request { "Done " } else { "Mended " })];
            all.extend(of.ended_at.map(Part::At));
            all.push(text(if of.request { ". Is it as you need it?" } else { ". Does it work again?" }));
            all
        }
        "closed" => ended("Closed ", of),
        "cancelled" => ended("Called off ", of),
        _ => under_way(of),
    }
}

fn ended(word: &str, of: &Standing) -> Vec<Part> {
    let mut all = vec![Part::Text(word.to_owned())];
    all.extend(of.ended_at.map(Part::At));
    all.push(Part::Text(".".into()));
    all
}

fn under_way(of: &Standing) -> Vec<Part> {
    let mut all = late(of);
    all.extend(who(of));
    if of.state == "pending" {
        all.push(Part::Text(waits(&of.waits_for).into()));
        return all;
    }
    if let (None, Some((measure, at))) = (of.late, of.due) {
        all.push(Part::Text(promise(measure, of.request).into()));
        all.push(Part::At(at));
    }
    all.push(Part::Text(".".into()));
    all
}

fn late(of: &Standing) -> Vec<Part> {
    let Some((measure, since)) = of.late else { return Vec::new() };
    let mut all = vec![Part::Late("We are late:")];
    match measure {
        Measure::FirstResponse => all.push(Part::Text(" nobody has answered you yet. ".into())),
        Measure::NextUpdate => {
            all.extend([Part::Text(" you should have heard from us by ".into()), Part::At(since), Part::Text(". ".into())]);
        }
        Measure::Resolution => {
            let words = if of.request { " it was to be done by " } else { " it was to work again by " };
            all.extend([Part::Text(words.into()), Part::At(since), Part::Text(". ".into())]);
        }
    }
    all
}

fn who(of: &Standing) -> Vec<Part> {
    match (&of.person, &of.team) {
        (Some(person), _) if of.state == "assigned" => vec![Part::Name(person.clone()), Part::Text(" has it".into())],
        (Some(person), _) => vec![Part::Name(person.clone()), Part::Text(" works on it".into())],
        (None, Some(team)) => vec![Part::Text("It is with ".into()), Part::Name(team.clone())],
        (None, None) if of.answered => vec![Part::Text("It waits for somebody to take it".into())],
        (None, None) => vec![Part::Text("Nobody has looked at it yet".into())],
    }
}

fn promise(measure: Measure, request: bool) -> &'static str {
    match (measure, request) {
        (Measure::FirstResponse | Measure::NextUpdate, _) => "; you hear from us by ",
        (Measure::Resolution, true) => "; it is to be done by ",
        (Measure::Resolution, false) => "; it is to work again by ",
    }
}

fn waits(reason: &str) -> &'static str {
    match reason {
        "requester" => " and waits for your answer.",
        "vendor" => " and waits for a supplier.",
        "change" => " and waits for the change that mends it.",
        "problem" => " and waits until the cause is found.",
        _ => ". It waits for something else first.",
    }
}

/// How far it is: 0 reported, 1 seen, 2 being worked on, 3 done, 4 over. None for what was called off.
pub fn reached(of: &Standing) -> Option<usize> {
    Some(match of.state.as_str() {
        "cancelled" => return None,
        "closed" => 4,
        "resolved" => 3,
        "in_progress" | "pending" => 2,
        _ if of.answered || of.person.is_some() => 1,
        _ => 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(of: &Standing) -> String {
        let part = |part: Part| match part {
            Part::Text(text) | Part::Name(text) => text,
            Part::Late(text) => text.to_owned(),
            Part::At(at) => format!("<{at}>"),
        };
        sentence(of).into_iter().map(part).collect()
    }

    fn standing(state: &str) -> Standing {
        Standing { state: state.into(), ..Standing::default() }
    }

    #[test]
    fn lateness_is_said_first_and_people_before_teams() {
        let late = Standing { late: Some((Measure::FirstResponse, 5)), team: Some("Yard".into()), ..standing("new") };
        assert_eq!(said(&late), "We are late: nobody has answered you yet. It is with Yard.");
        let both = Standing { person: Some("Rahul Menon".into()), ..late.clone() };
        assert!(said(&both).ends_with("Rahul Menon works on it."), "{}", said(&both));
        let done = Standing { late: Some((Measure::Resolution, 9)), ..both };
        assert_eq!(said(&done), "We are late: it was to work again by <9>. Rahul Menon works on it.");
    }

    #[test]
    fn every_state_has_words_of_its_own_and_none_of_the_trade() {
        let person = |state: &str| Standing { person: Some("Ada".into()), due: Some((Measure::NextUpdate, 7)), ..standing(state) };
        assert_eq!(said(&standing("new")), "Nobody has looked at it yet.");
        assert_eq!(said(&person("assigned")), "Ada has it; you hear from us by <7>.");
        assert_eq!(said(&person("in_progress")), "Ada works on it; you hear from us by <7>.");
        let waits = Standing { waits_for: "requester".into(), ..person("pending") };
        assert_eq!(said(&waits), "Ada works on it and waits for your answer.");
        assert_eq!(said(&Standing { ended_at: Some(3), ..standing("resolved") }), "Mended <3>. Does it work again?");
        assert_eq!(said(&Standing { ended_at: Some(3), request: true, ..standing("resolved") }), "Done <3>. Is it as you need it?");
        assert_eq!(said(&Standing { ended_at: Some(3), ..standing("closed") }), "Closed <3>.");
        for state in ["new", "assigned", "in_progress", "pending", "resolved", "closed", "cancelled"] {
            let words = said(&person(state)).to_lowercase();
            for jargon in ["sla", "breach", "pending", "in progress", "resolved", "assigned", "ticket", "incident", "cancelled"] {
                assert!(!words.contains(jargon), "{state}: {words}");
            }
        }
    }

    #[test]
    fn the_track_goes_forward() {
        let reached = |state: &str| super::reached(&standing(state));
        assert_eq!(["new", "in_progress", "pending", "resolved", "closed"].map(reached), [Some(0), Some(2), Some(2), Some(3), Some(4)]);
        assert_eq!(super::reached(&Standing { person: Some("Ada".into()), ..standing("assigned") }), Some(1));
        assert_eq!(reached("cancelled"), None);
    }
}
