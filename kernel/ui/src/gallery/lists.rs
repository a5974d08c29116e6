//! Lists: filters, table with selection, ranked list, paging.

use crate::bulk::{self, Bulk};
use crate::chart::spark;
use crate::clock::{Clock, State};
use crate::control::{Choice, Kind};
use crate::field::Field;
use crate::filter::{Add, Bar, Chip, Facet, Find, adding, facets};
use crate::head::block;
use crate::list::{Column, Fold, List, Order, Row, Width, edit, subject};
use crate::marks::{Priority, Stage, Status};
use crate::pager::Pager;
use crate::people::{Who, owner};
use crate::rank::{Line, Ranked};
use crate::verb::Verb;
use crate::{Markup, html};

pub(super) fn section() -> Markup {
    let list = block(
        "List, filters, selection",
        "every filter is part of the address",
        &html! {},
        &html! { div.reg-body { (narrow()) div.reg-list { (filters()) (table()) (pager()) } } },
    );
    html! { (list) (block("Ranked list", "what, because, at stake, verb", &html! {}, &html! { (ranked()) })) }
}

fn find() -> Find {
    Find { action: "#".into(), name: "find".into(), placeholder: "Find in 41 risks".into(), ..Find::default() }
}

pub(super) fn narrow() -> Markup {
    let facet = |label: &str, count: &str, on| Facet { label: label.into(), count: count.into(), on, href: "#".into() };
    facets(
        Some(&find()),
        &[
            ("State".into(), vec![facet("Open", "14", true), facet("Treat", "19", false), facet("Accept", "5", false)], None),
            (
                "Service".into(),
                vec![facet("Customs EDI", "7", false), facet("Terminal Operating", "9", false)],
                Some(("27 more".into(), "#".into())),
            ),
        ],
        "41",
    )
}

pub(super) fn filters() -> Markup {
    let chip = |field: &str, operator: &str, value: &str| Chip {
        field: field.into(),
        operator: operator.into(),
        value: value.into(),
        remove: Some("#".into()),
        change: Some("#".into()),
    };
    let sort = Chip { field: "Sort".into(), value: "next breach first".into(), ..Chip::default() };
    let chips = vec![chip("Team", "is", "Integration"), chip("Status", "is not", "Closed"), sort];
    html! { (Bar { chips, add: Some(adding("/people/filter".into())), find: None }) div.menu { (add()) } }
}

/// What the menu "Add filter" holds.
fn add() -> Add {
    Add {
        action: "#".into(),
        here: "/people/filter".into(),
        fields: vec![("team".into(), "Team".into()), ("status".into(), "Status".into())],
        field: "status".into(),
        value: Field::new("value", "Value", Kind::Choice(vec![Choice::new("open", "Open"), Choice::new("closed", "Closed")])),
        operators: vec![("is".into(), "is".into()), ("not".into(), "is not".into())],
        keep: vec![("sort".into(), "breach".into())],
    }
}

fn row(id: &str, level: u8, title: &str, status: Status, who: Option<&str>, state: State, time: &str) -> Row {
    let who = who.map(Who::person);
    Row {
        id: id.into(),
        name: id.into(),
        cells: vec![
            html! { (Priority(level)) },
            subject("#", title, &[html! { span.ref { (id) } }, html! { "Customs EDI" }, html! { "Bao Tran" }]),
            html! { (status) },
            owner(who.as_ref()),
            html! { (Clock { state, used: 0.4, time: time.into(), promise: "resolve".into(), ..Clock::default() }) },
            spark(&[2.0, 3.0, 3.0, 5.0, 4.0]),
            edit(&html! { "Treat" }, "#", "change state"),
            html! { "12 min" },
        ],
        ..Row::default()
    }
}

pub(super) fn table() -> Markup {
    let rows = vec![
        Row {
            unread: true,
            ..row(
                "INC-4127",
                1,
                "Customs declarations stuck at “sent”, no acknowledgement",
                Status::new(Stage::Active, "Restoring"),
                Some("Rahul Menon"),
                State::Running,
                "3:22",
            )
        },
        Row {
            cursor: true,
            ..row(
                "INC-4112",
                3,
                "Weighbridge 2 shows the tare of the truck before",
                Status::new(Stage::New, "New"),
                None,
                State::Breached,
                "0:47",
            )
        },
        Row {
            picked: true,
            ..row(
                "INC-4119",
                2,
                "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
                Status::new(Stage::Waiting, "With vendor"),
                Some("Jonas Lindqvist"),
                State::Paused,
                "1 d 4 h",
            )
        },
        Row {
            group: Some("Resolved".into()),
            ..row(
                "REQ-2291",
                4,
                "EDI mailbox for new carrier Oresund Shortsea",
                Status::new(Stage::Done, "Resolved"),
                Some("Aiko Tanaka"),
                State::Met,
                "2 d 3 h",
            )
        },
    ];
    let list = List {
        label: "Tickets in Integration, open".into(),
        columns: vec![
            Column::new("Prio.", Fold::First).wide(Width::Tiny),
            Column::new("Subject", Fold::Main).sort("#", None),
            Column::new("Status", Fold::Gone).wide(Width::Large),
            Column::new("Owner", Fold::Gone).wide(Width::Tiny),
            Column::new("Next breach", Fold::Second).wide(Width::Large).sort("#", Some(Order::Up)),
            Column::new("12 months", Fold::Gone).wide(Width::Medium),
            Column::new("State", Fold::Gone).wide(Width::Small),
            Column::new("Last", Fold::Gone).wide(Width::Small).figures().sort("#", None),
        ],
        rows,
        ticks: Some("id".into()),
        marks_unread: true,
        sticky: false,
        preview: None,
        sums: None,
        wide: false,
    };
    let bulk = Bulk {
        action: "#".into(),
        csrf: "token".into(),
        verbs: vec![
            Verb::submit_to("Assign", "#").icon("user-plus").key("a"),
            Verb::submit_to("Status", "#").icon("circle-dot"),
            Verb::submit_to("Snooze", "#").icon("moon").key("z"),
        ],
        more: vec![Verb::submit_to("Change a field…", "#")],
        all: Some(Verb::submit("Select all 34").with("all", "1")),
        total: "34".into(),
        query: "team=Integration".into(),
    };
    bulk::form(&list, &bulk)
}

pub(super) fn pager() -> Markup {
    html! { (Pager { text: "1–50 of 24,918".into(), next: Some("#".into()), ..Pager::default() }) }
}

fn ranked() -> Ranked {
    Ranked(vec![
        Line {
            what: "Customs EDI is down; 14 trucks wait at Gate B".into(),
            href: "#".into(),
            because: html! { span.ref { "INC-4127" } span.sep {} "Acknowledgements stopped at 07:46, 14 min after " a href="#" { "CHG-0893" } " went in." },
            stake: "€32,400/h".into(),
            basis: "€20,520 so far".into(),
            verbs: vec![Verb::link("Open room", "#").small().first()],
            hot: true,
        },
        Line {
            what: "Decide: put the old gateway certificate chain back".into(),
            href: "#".into(),
            because: html! { "Emergency change by Rahul Menon, waiting for you 5 min." },
            stake: "€4,500".into(),
            basis: "ends if it works".into(),
            verbs: vec![Verb::post("Decline", "#", "token").small(), Verb::post("Approve", "#", "token").small()],
            hot: false,
        },
    ])
}
