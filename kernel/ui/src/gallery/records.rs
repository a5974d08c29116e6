//! A record: head, conversation, composer, facts, why, history.

use super::at;
use crate::composer::{Composer, Draft, Limits, dock};
use crate::facts::{Facts, Link, Section, chain, columns, figure, kv, note, why};
use crate::head::{Head, Place, block, reference};
use crate::history::{self, Change};
use crate::journal::{Attached, Entry, Glyph, Said, journal, paragraphs, typing};
use crate::list::{edit, plain};
use crate::marks::{Priority, Stage, Status, Tone};
use crate::people::{Size, Who, faces};
use crate::verb::Verb;
use crate::why::{Interval, Step, Steps, Sum};
use crate::{Markup, html};

pub(super) fn section() -> Markup {
    html! {
        (block("A record", "head, conversation, facts", &html! {}, &html! { (columns(&html! { (conversation()) (dock(&typing(&Who::person("Dana Okafor"), &html! { b { "Dana Okafor" } " is replying to Bao" }), &composer(false))) }, &facts(), "Facts of the ticket")) }))
        (block("Composer as an internal note", "second paper, lock, double edge and the word", &html! {}, &html! { (composer(true)) }))
        (block("Why", "steps that lead to a figure, or intervals that add up to it", &html! {}, &html! { div.cols-2 { (steps()) div { (record_head()) } } (sum()) }))
        (block("History", "who, by what means, from what to what, why", &html! {}, &history()))
    }
}

fn record_head() -> Markup {
    let mut head = Head {
        lang: None,
        crumbs: vec![("Queues".into(), "#".into()), ("Integration, open".into(), "#".into())],
        place: Some(Place { text: "1 of 34".into(), ask: None, previous: Some("#".into()), next: Some("#".into()) }),
        title: String::new(),
        lead: None,
        live: false,
        meta: vec![
            reference("INC-4127", "#INC-4127"),
            html! { (Priority(1)) " " (why("#", "why?")) },
            html! { (Status::new(Stage::Active, "Restoring")) },
        ],
        verbs: vec![
            faces(
                &[Who::person("Dana Okafor").here(), Who::person("Tomasz Wójcik")],
                Size::Large,
                "Dana Okafor and Tomasz Wójcik have this open",
            ),
            html! { (Verb::post("Resolve", "#", "token").first().key("e")) },
        ],
    };
    head.title = "Customs declarations stuck at “sent”".into();
    // The page has its h1 already; the gallery shows the head's parts under the level that fits here.
    crate::PreEscaped(html! { (head) }.into_string().replace("<h1>", "<h3 class=\"h1\">").replace("</h1>", "</h3>"))
}

fn said(who: &str, time: &str, via: &str, text: &str) -> Said {
    Said { who: Who::person(who), when: at(time), via: via.into(), body: paragraphs(text), ..Said::default() }
}

fn conversation() -> Markup {
    let files = vec![Attached { name: "declarations-0748.png".into(), href: "#".into(), note: "184 KB, checked".into() }];
    journal(&[
        Entry::Event(Glyph::Icon("bot"), html! { "Opened by " b { "Checkmk" } ": acknowledgements received = 0 for 5 min." }, at("07:46")),
        Entry::Message(Said {
            files,
            ..said(
                "Bao Tran",
                "07:49",
                "in the portal",
                "All declarations stay at “sent”. Eleven trucks are waiting.\n\nMay we release on paper?",
            )
        }),
        Entry::Note(said("Rahul Menon", "07:55", "", "Acks are rejected at TLS: unknown ca.\n<script>alert(1)</script> stays text.")),
        Entry::Event(Glyph::Who(Who::person("Tomasz Wójcik")), html! { b { "Tomasz Wójcik" } " took the ticket." }, at("08:19")),
        Entry::NewLine("New since you looked, 08:19".into()),
        Entry::Message(Said {
            lang: Some("ar".into()),
            ..said("Layla Haddad", "08:21", "reply by mail", "الشاحنات تنتظر عند البوابة\n\n> 14 trucks now, two with reefers.")
        }),
    ])
}

fn composer(internal: bool) -> Composer {
    Composer {
        action: "#".into(),
        csrf: "token".into(),
        internal,
        both: true,
        to: vec!["Bao Tran".into(), "Gate B shift".into()],
        seen_by: "Seen by Integration, Service desk, Network. Never by Bao Tran.".into(),
        text: "Bao, yes: please connect the two reefers to lane 4 power".into(),
        draft: Some(Draft { url: "#draft".into(), state: "Draft saved 08:24".into(), at: 0, once: String::new() }),
        files: Some(Limits { count: 10, mebibytes: 25 }),
        tools: html! { (Verb::open("Article", "gallery-dialog", "#").bare().small().icon("book-open")) },
        send: html! { (Verb::submit("Send, wait for reply").small().with("then", "wait")) (Verb::submit("Send").small().first().key("Ctrl ↵")) },
        keep: vec![Verb::submit("Keep internally").small().key("Ctrl ↵")],
        remark: ("sends in 10 s, undo until then".into(), "can be taken back for 10 s".into()),
        ..Composer::default()
    }
}

fn facts() -> Markup {
    let business = chain(
        &[
            (Link::Hit, html! { b { "cedi-gw-01" } " " span.ink3 { "gateway" } }),
            (Link::Through, html! { a href="#" { "Customs EDI" } }),
            (Link::End, html! { "Cargo release " (figure("€26,000/h", "#", "Value per hour, agreed with Finance")) }),
        ],
        Some(("Cost so far, 38 min", "€20,520")),
    );
    let people = kv(
        &[
            ("Requester".into(), html! { (Who::person("Bao Tran")) }),
            ("Owner".into(), edit(&html! { (Who::person("Rahul Menon")) }, "#", "change owner")),
        ],
        false,
    );
    html! {
        (Facts(vec![
            Section::new("Stops the business", business).aside(why("#", "why?")),
            Section::new("Suspected change", note(Tone::Bad, &html! { a href="#" { b { "CHG-0893" } } " deployed 14 min before, on the same two gateways." })).aside(html! { span.ink3 { "very likely" } }),
            Section::new("Similar tickets", plain("Similar tickets", &[(html! { a href="#" { "INC-3871" } " Acks missing after renewal" }, html! { "86 %" })], None)),
            Section::new("People", people),
        ]))
    }
}

fn steps() -> Steps {
    Steps {
        title: "Why is INC-4127 P1?".into(),
        steps: vec![
            Step::new("Impact: whole site", "High", "2 business processes stop"),
            Step::new("Urgency: work has stopped", "High", "Bao Tran chose it"),
            Step::new("Lowered by a person?", "no", "Nobody changed it").rejected(),
            Step::new("Priority", "P1", "").result(),
        ],
        foot: html! { "Lower it? " a href="#" { "Set another priority" } " and say why; the reason is kept." },
    }
}

fn sum() -> Sum {
    let line = |day: &str, span: &str, stage, was: &str, because: &str, counted: &str, sum: &str, off| Interval {
        day: day.into(),
        span: span.into(),
        was: html! { (Status::new(stage, was)) },
        because: because.into(),
        by: html! { "Journal" },
        counted: counted.into(),
        sum: sum.into(),
        off,
    };
    Sum {
        caption: "Every interval since the ticket opened".into(),
        intervals: vec![
            line("Thu 19 Nov", "14:20 – 17:00", Stage::Active, "Running", "In the team’s hands", "2:40", "2:40", false),
            line("Fri 20 Nov", "all day", Stage::Closed, "Holiday", "Harbour Day", "–", "2:40", true),
            line("Mon 23 Nov", "10:35 – 15:05", Stage::Waiting, "Paused", "Waiting for requester", "–", "2:40", false),
        ],
        total_label: "Used of 16:00".into(),
        total: "2:40".into(),
        basis: html! { "The sum of the intervals is the figure on the chip." },
    }
}

fn history() -> Markup {
    let change = |field: &str, from: &str, to: &str| Change { field: field.into(), from: from.into(), to: to.into() };
    history::history(&[
        history::Entry {
            number: "91377".into(),
            who: Who::person("Tomasz Wójcik"),
            means: "page".into(),
            when: at("08:20"),
            verb: "changed the risk".into(),
            begins: false,
            changes: vec![change("Likelihood", "5", "4"), change("Owner", "", "Tomasz Wójcik")],
            reason: "spare modem installed".into(),
            as_of: Some("#".into()),
            undo: Some(Verb::post("Undo", "#", "token").small().bare()),
            erase: Some(Verb::link("Erase…", "#").small().bare()),
        },
        history::Entry {
            number: "91102".into(),
            who: Who::machine("Import of 3 Nov"),
            means: "import".into(),
            when: at("06:10"),
            verb: "created it".into(),
            ..history::Entry::default()
        },
    ])
}
