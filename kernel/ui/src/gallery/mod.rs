//! Every component in its states on one page, for people who build pages.

mod charts;
mod forms;
mod lists;
mod marks;
mod records;
mod states;
mod whole;

pub use whole::{portal, queue, register};

use crate::frame::{Bell, Frame, Major, Screen};
use crate::head::Head;
use crate::menu::Item;
use crate::overlay::Toast;
use crate::people::Who;
use crate::rail::{Place, Rail, Room};
use crate::seek::Seek;
use crate::tabs::{Tab, tabs};
use crate::time::When;
use crate::verb::Verb;
use crate::{Markup, Render, html};

/// The gallery as the reader's screen shows it, standing at `/ui`.
pub fn page_on(screen: Screen) -> Markup {
    let head = Head {
        crumbs: vec![("Design".into(), String::new())],
        title: "Components and their states".into(),
        lead: Some("Each part of the face once, with every state it can be in.".into()),
        verbs: vec![html! { (tabs("Looks", &looks(&screen), &html! {})) }],
        ..Head::default()
    };
    let main = html! {
        (head) (marks::section()) (lists::section()) (records::section()) (forms::section()) (states::section()) (charts::section())
    };
    frame(screen, main).render()
}

/// Both themes in both densities, as addresses.
fn looks(screen: &Screen) -> Vec<Tab> {
    let all = [("Light", "light", false), ("Dark", "dark", false), ("Light, compact", "light", true), ("Dark, compact", "dark", true)];
    let look = |(label, theme, compact): (&str, &str, bool)| Tab {
        label: label.into(),
        href: format!("?theme={theme}&density={}", if compact { "compact" } else { "comfortable" }),
        current: screen.theme == Some(theme) && screen.compact == compact,
        count: None,
    };
    all.map(look).to_vec()
}

/// The gallery on a screen as it comes.
pub fn page() -> Markup {
    page_on(Screen::default())
}

fn frame(screen: Screen, main: Markup) -> Frame {
    Frame {
        title: "Components".into(),
        screen,
        rail: rail(),
        home: "/".into(),
        seek: Seek { action: "/search".into(), palette: Some("/do".into()), suggest: "/search/suggest".into(), value: String::new() },
        major: Some(Major { href: "#".into(), what: "Customs EDI".into(), so_far: "38 min · €20,520".into() }),
        new: vec![Verb::link("Incident", "#").icon("inbox"), Verb::link("Risk", "#").icon("triangle-alert")],
        bell: Some(Bell { href: "#".into(), count: 3 }),
        me: Who::person("Ines Carvalho"),
        me_menu: vec![
            Item::Verb(Verb::link("Profile", "#").icon("settings")),
            Item::Rule,
            Item::Verb(Verb::post("Sign out", "#", "token").icon("x")),
        ],
        csrf: "token".into(),
        toasts: vec![Toast {
            text: "INC-4124 resolved, Kaisa is told in 10 s".into(),
            undo: Some(Verb::post("Undo", "#", "token")),
            seconds: 0,
            bad: false,
        }],
        main,
        above: html! { (states::dialog()) },
        extra: &["figures.css", "wide.css", "queue.css", "register.css", "ticket.css", "notices.css"],
        ..Frame::default()
    }
}

fn rail() -> Rail {
    let place = |label: &str, icon, count: &str| Place {
        label: label.into(),
        href: "#".into(),
        icon,
        count: (!count.is_empty()).then(|| count.to_string()),
        ..Place::default()
    };
    let room = |label: &str, places| Room { label: label.into(), places };
    Rail {
        rooms: vec![
            room(
                "",
                vec![
                    Place { go: Some('t'), ..place("Today", "sunrise", "10") },
                    Place { current: true, go: Some('q'), ..place("Queues", "inbox", "34") },
                ],
            ),
            room(
                "Desk",
                vec![
                    Place { alarm: true, ..place("Major incidents", "siren", "1") },
                    place("Problems", "search-check", "7"),
                    place("Changes", "calendar-range", "12"),
                ],
            ),
            room("Estate", vec![place("Services", "layers", ""), place("Service graph", "workflow", "")]),
            room(
                "Books",
                vec![place("Vendors", "handshake", ""), place("Contracts", "file-text", "3"), place("Risks", "triangle-alert", "")],
            ),
            room("Engine room", vec![place("Reports", "chart-line", ""), place("Settings", "settings", "")]),
        ],
    }
}

/// A moment of the gallery's day.
fn at(time: &str) -> When {
    When { iso: format!("2026-11-24T{time}:00+01:00"), shown: time.into(), exact: format!("Tue 24 Nov 2026 {time} CET") }
}
