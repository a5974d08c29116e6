//! Marks, people, verbs, menus, tabs.

use crate::clock::{Clock, State, ledger};
use crate::figure::meter;
use crate::head::block;
use crate::marks::{Priority, Stage, Status, Tone, pill};
use crate::menu::{Item, Menu, sheet, split};
use crate::people::{Size, Who, faces, owner};
use crate::tabs::{Tab, tabs};
use crate::verb::Verb;
use crate::{Markup, html};

pub(super) fn section() -> Markup {
    html! { (marks()) (people()) (verbs()) }
}

fn clock(state: State, used: f64, time: &str, promise: &str) -> Clock {
    Clock { state, used, time: time.into(), promise: promise.into(), ..Clock::default() }
}

fn marks() -> Markup {
    let ledger = ledger(
        "Resolve within 16 working hours",
        &[("Running, 4 times".into(), "7:34".into()), ("Paused, waiting for requester".into(), "4:30".into())],
        ("Used of 16:00", "7:34"),
        &html! { "Due today 16:50. " a href="#" { "Full ledger" } },
    );
    block(
        "Clock, priority, status",
        "shape and word first, colour second",
        &html! {},
        &html! {
            div.stack {
                div.line {
                    (Clock { ledger: Some(ledger), why: Some("#".into()), left: Some(12_120), ..clock(State::Running, 0.16, "3:22", "resolve") })
                    (clock(State::Running, 0.6, "26 h", "resolve"))
                    (clock(State::Warning, 0.88, "0:18", "respond"))
                    (clock(State::Breached, 1.0, "0:47", "resolve"))
                    (clock(State::Paused, 0.5, "28 h", "fulfil"))
                    (clock(State::Met, 1.0, "6 min", "respond"))
                    (clock(State::None, 0.0, "no promise", ""))
                    (Clock { large: true, ..clock(State::Running, 0.4, "5:41", "resolve") })
                }
                div.line { @for level in 1..=4 { (Priority(level)) } }
                div.line {
                    @for (stage, word) in [(Stage::New, "New"), (Stage::Active, "In progress"), (Stage::Waiting, "With requester"), (Stage::Done, "Resolved"), (Stage::Closed, "Closed"), (Stage::Bad, "Down")] { (Status::new(stage, word)) }
                }
                div.line {
                    (pill(Tone::Plain, None, "plain")) (pill(Tone::Accent, None, "accent")) (pill(Tone::Good, Some("check"), "fresh")) (pill(Tone::Warn, None, "stale"))
                    (pill(Tone::Bad, None, "exposed")) (pill(Tone::Info, None, "new")) (pill(Tone::Inner, Some("lock"), "Internal"))
                    (meter(0.38, None, Tone::Plain)) (meter(0.71, Some(0.6), Tone::Warn)) (meter(0.94, None, Tone::Bad))
                }
            }
        },
    )
}

fn people() -> Markup {
    let long = "Wolfeschlegelsteinhausenbergerdorff-Meyer";
    block(
        "People, teams, machines",
        "initials are decoration, the name is text",
        &html! {},
        &html! {
            div.line {
                (Who::person("Dana Okafor")) (Who::team("Network")) (Who::machine("Rule RUL-09")) (Who::person("Aiko Tanaka").here()) (Who::person("Siobhán Kelly").at("#")) (Who::person(long))
                (Who::person("Rahul Menon").face(Size::Large)) (Who::person("Rahul Menon").face(Size::Huge))
                (faces(&[Who::person("Ines Carvalho"), Who::person("Leila Haddad"), Who::person("Nia Mbeki")], Size::Small, "Ines Carvalho, Leila Haddad and Nia Mbeki"))
                (owner(None)) (owner(Some(&Who::person("Tomasz Wójcik"))))
            }
        },
    )
}

fn verbs() -> Markup {
    let more = vec![
        Item::Verb(Verb::link("Merge into…", "#").icon("git-merge").key("m")),
        Item::Verb(Verb::post("Snooze", "#", "token").icon("moon").key("z")),
        Item::Rule,
        Item::Heading("Further".into()),
        Item::Danger(Verb::post("Withdraw", "#", "token").icon("x")),
    ];
    let tab = |label: &str, count: &str, current| Tab { label: label.into(), href: "#".into(), current, count: Some(count.into()) };
    block(
        "Verbs, menus, tabs",
        "one first verb per place; nothing destructive without undo",
        &html! {},
        &html! {
            div.stack-l {
                div.line {
                    (split(&Verb::post("Resolve", "#", "token").first().key("e"), &Menu { label: "Other ways to finish".into(), icon: Some("chevron-down"), class: "first", at_end: true, items: more.clone(), ..Menu::default() }))
                    (Verb::post("Assign", "#", "token").key("a")) (Verb::link("Snooze", "#").bare()) (Verb::open("Delete for ever", "gallery-dialog", "#").danger())
                    (Verb::post("Approve", "#", "token").refused("You need the role Change manager"))
                    (Verb::post("Following", "#", "token").icon("eye").pressed(true)) (Verb::link("Small", "#").small()) (Verb::link("Download", "#").only_icon("download"))
                    (Menu::more(more.clone())) (Menu { label: "Export".into(), icon: Some("download"), label_shown: true, items: more.clone(), ..Menu::default() })
                }
                (sheet(&more, false))
                (tabs("Ticket", &[tab("Conversation", "7", true), tab("Tasks", "2 of 5", false), tab("History", "31", false)], &html! { (Verb::link("Save as view", "#").small().bare().icon("plus")) }))
            }
        },
    )
}
