//! Whole pages: the split view, a register with its drawer, the requesters' portal.

use super::{at, frame, lists};
use crate::facts::{Facts, Section, kv};
use crate::frame::{Frame, Screen};
use crate::head::Head;
use crate::journal::{Entry, Said, journal, paragraphs};
use crate::list::plain;
use crate::marks::{Priority, Stage, Status, Tone};
use crate::overlay::Drawer;
use crate::people::Who;
use crate::portal::{Portal, Step, Thing, big_seek, offers, things};
use crate::split::{Register, Split, View, Views};
use crate::tabs::{Tab, tabs};
use crate::verb::{Verb, verbs};
use crate::{Markup, Render, html};

fn in_frame(screen: Screen, main: Markup) -> Frame {
    Frame { folded: true, fixed: true, flush: true, toasts: vec![], ..frame(screen, main) }
}

/// A queue: views, list, preview.
pub fn queue(screen: Screen) -> Markup {
    let view = |label: &str, count: &str, hot, current| View {
        key: String::new(),
        label: label.into(),
        href: "#".into(),
        count: Some(count.into()),
        hot,
        current,
    };
    let head = html! {
        div.line {
            h1.h2 { "Integration, open" } span.small.ink3 { "34 tickets" span.sep {} "updated live" }
            span.push.line.tight { (verbs(&[Verb::link("Columns", "#").small().bare().icon("columns-3"), Verb::link("Export", "#").small().bare().icon("download"), Verb::link("Save view", "#").small()])) }
        }
        (lists::filters())
    };
    let split = Split {
        views: Views {
            title: "Queues".into(),
            verb: Some(Verb::link("New view", "#").small().bare().only_icon("plus")),
            groups: vec![
                ("Mine".into(), vec![view("My open", "11", false, false), view("Drafts", "2", false, false)]),
                ("Team".into(), vec![view("Integration, open", "34", false, true), view("Unassigned", "6", true, false)]),
            ],
        },
        head,
        list: html! { (crate::states::stale("2 newer tickets. The list stays still until you press", "#", "u")) (lists::table()) },
        foot: lists::pager(),
        preview: Some(preview()),
    };
    Frame { extra: &["queue.css"], ..in_frame(screen, html! { (split) }) }.render()
}

fn preview() -> Markup {
    let said = |who: &str, text: &str| Said {
        who: Who::person(who),
        when: at("07:00"),
        via: "by mail".into(),
        body: paragraphs(text),
        ..Said::default()
    };
    html! {
        div.preview-head {
            div.line.small.ink3 { a.ref href="#" { "INC-4124" } span { "Incident" } }
            h2 { "Seal numbers missing from 14 booking confirmations" }
            div.line { (Priority(2)) (Status::new(Stage::Active, "In progress")) }
            div.verbs { (verbs(&[Verb::link("Reply", "#").small().first().key("r"), Verb::link("Note", "#").small().key("c"), Verb::link("Open", "#").small().bare().key("o").at_end()])) }
        }
        div.preview-body {
            (kv(&[("From".into(), html! { "Kaisa Nieminen, Baltic Feeder Line" }), ("Service".into(), html! { a href="#" { "Booking Portal" } })], false))
            (journal(&[Entry::Message(said("Kaisa Nieminen", "Fourteen confirmations since last night have an empty seal field.")), Entry::Note(said("Aiko Tanaka", "Race between the two update workers."))]))
        }
    }
}

/// A register with facets, list and drawer.
pub fn register(screen: Screen) -> Markup {
    let tab = |label: &str, count: &str, current| Tab { label: label.into(), href: "#".into(), current, count: Some(count.into()) };
    let head = Head {
        crumbs: vec![("Books".into(), String::new())],
        title: "Risks".into(),
        verbs: vec![
            html! { (Verb::link("Import", "#").icon("upload")) },
            html! { (Verb::link("New risk", "#").first().icon("plus").key("n")) },
        ],
        ..Head::default()
    };
    let page = Register {
        head: html! { (head) (tabs("Saved views", &[tab("Open", "41", true), tab("Above appetite", "3", false)], &html! {})) },
        facets: lists::narrow(),
        list: html! { (lists::filters()) (lists::table()) (lists::pager()) },
        drawer: Some(side()),
    };
    Frame { fixed: false, extra: &["register.css", "register.js"], ..in_frame(screen, html! { (page) }) }.render()
}

fn side() -> Markup {
    let score = plain(
        "Score",
        &[(html! { "Before treatment" }, html! { "25" }), (html! { b { "Now" } }, html! { span.bad.strong { "20" } })],
        None,
    );
    Drawer {
        of: "RSK-018".into(),
        title: "Single WAN line to North Quay: one dig cuts customs and gate".into(),
        marks: vec![html! { span.ref { "RSK-018" } }, Status::new(Stage::Active, "Treat").render()],
        next: Some("#".into()),
        close: "#".into(),
        page: "#".into(),
        verbs: vec![Verb::post("Review now", "#", "token").small().first(), Verb::post("Close", "#", "token").small()],
        body: Facts(vec![Section::new("Score", score), Section::new("Owner", Who::person("Tomasz Wójcik").render())]).under(),
        ..Drawer::default()
    }
    .render()
}

/// The requesters' first page.
pub fn portal(screen: Screen) -> Markup {
    let thing = Thing {
        title: "All declarations stay at “sent”".into(),
        href: "#".into(),
        number: "INC-4127".into(),
        sentence: html! { "We are putting the old certificate back. " b { "Rahul Menon" } " works on it." },
        track: vec![
            (Step::Done, "Reported 07:49".into()),
            (Step::Done, "seen 07:52".into()),
            (Step::Now, "being repaired".into()),
            (Step::ToCome, "done".into()),
        ],
        ..Thing::default()
    };
    let offer = |icon, name: &str, terms: &str| (icon, name.to_string(), terms.to_string(), "#".to_string());
    let main = html! {
        section.portal-top {
            (crate::facts::note(Tone::Bad, &html! { b { "Cargo release is not working." } " We know the cause and expect it back about 08:45." }))
            h1 { "How can we help, Bao?" }
            (big_seek("/search", "Say it in your words", "", &html! {}))
            div.line { (verbs(&[Verb::link("Something is broken", "#").icon("triangle-alert"), Verb::link("I need something", "#").icon("plus")])) }
        }
        section.block { header { h2 { "Your things" } a.small.push href="#" { "All 12" } } (things(&[thing])) }
        section.block { header { h2 { "Ask for something" } } (offers(&[offer("id-card", "Gate badge or access", "1 working day, no cost"), offer("smartphone", "Phone, tablet, scanner", "3 working days"), offer("key-round", "Sign-in trouble", "about 5 min")])) }
    };
    Portal { title: "Help".into(), screen, me: Who::person("Bao Tran"), csrf: "token".into(), main, ..Portal::default() }.render()
}
