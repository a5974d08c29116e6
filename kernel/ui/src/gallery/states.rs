//! Empty, loading, stale, failed; dialog and keys.

use crate::head::block;
use crate::marks::Tone;
use crate::overlay::{Dialog, KeyGroup, key_table};
use crate::portal::{Step, Thing, things};
use crate::seek::{Hit, results};
use crate::states::{Empty, Failure, notice, progress, skeleton, stale};
use crate::verb::Verb;
use crate::{Markup, html};

pub(super) fn section() -> Markup {
    html! {
        (block("Loading, empty, stale, error", "skeletons only after 300 ms, in the shape of what comes", &html! {}, &html! {
            div.stack-l {
                div.cols-3 {
                    (skeleton(4))
                    (Empty { title: "No breaches today".into(), text: html! { "All 34 promises of Integration hold until tomorrow 08:00." }, verbs: vec![Verb::link("See the next to fall due", "#").small()] })
                    (Empty { title: "Nothing matches “weighbrige”".into(), text: html! { "Did you mean " a href="#" { "weighbridge" } "? One filter is hiding 2 more." }, verbs: vec![Verb::link("Drop that filter", "#").small()] })
                }
                (stale("Tomasz Wójcik changed this 4 s ago: owner, status. Show it", "#", "u"))
                (Failure { what: "Not saved: the server did not answer.".into(), kept: "Your text is kept on this device.".into(), next: html! { a href="#" { "Try now" } } })
                (notice(Tone::Warn, &html! { "Platform has no second line on Saturday. " a href="#" { "Fill the gap" } }))
                (progress(3100, 5000, "Import", "Importing 3,100 of 5,000 rows, 12 set aside, about 40 s left"))
            }
        }))
        (block("Search while typing", "groups, marked words", &html! {}, &html! { div.cols-2 { div.seek-list.open { (hits()) } (things(&[thing()])) } }))
        (block("Keys", "the same scheme everywhere", &html! {}, &key_table(&key_groups())))
    }
}

fn hits() -> Markup {
    let hit = |icon, label: &str, hint: &str| Hit { href: "#".into(), icon, label: label.into(), hint: hint.into() };
    results(
        "cust",
        &[("Go to".into(), vec![hit("layers", "Customs EDI", "service, down"), hit("inbox", "INC-4127 Customs declarations", "P1")])],
        "Nothing found.",
    )
}

fn thing() -> Thing {
    Thing {
        title: "All declarations stay at “sent”".into(),
        href: "#".into(),
        number: "INC-4127".into(),
        waits: Some("Waits for your yes".into()),
        sentence: html! { "We are putting the old certificate back; you hear from us by " b { "08:35" } "." },
        track: vec![(Step::Done, "Reported 07:49".into()), (Step::Now, "seen 07:52".into()), (Step::ToCome, "being mended".into())],
        verbs: vec![Verb::post("Remind them", "#", "token").small()],
    }
}

pub(super) fn dialog() -> Markup {
    html! {
        (Dialog {
            id: "gallery-dialog".into(),
            title: "Send an internal text outside?".into(),
            body: html! { p.ink2 { "The reply quotes Rahul’s internal note from 07:55. Three people outside would read it." } },
            verbs: vec![Verb::post("Send as it is", "#", "token"), Verb::post("Take the quote out", "#", "token").first()],
        })
    }
}

pub(super) fn key_groups() -> Vec<KeyGroup> {
    let pairs = |list: &[(&str, &str)]| list.iter().map(|(keys, does)| (keys.to_string(), does.to_string())).collect();
    vec![
        (
            "Everywhere".into(),
            pairs(&[
                ("Ctrl K", "Search, go to, do"),
                ("/", "Find in this list"),
                ("g t", "Today"),
                ("?", "This help"),
                ("Esc", "Close, step back"),
            ]),
        ),
        ("Lists".into(), pairs(&[("j", "Next row"), ("k", "Row before"), ("o", "Open"), ("x", "Select"), ("u", "Show newer rows")])),
        (
            "A record".into(),
            pairs(&[("r", "Reply"), ("c", "Internal note"), ("i", "Switch public, internal"), ("e", "Resolve"), (".", "Copy link")]),
        ),
    ]
}
