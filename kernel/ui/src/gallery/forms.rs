//! Forms: every kind of field, errors, merge, import.

use crate::composer::Draft;
use crate::control::{Choice, Kind};
use crate::field::Field;
use crate::form::{Form, Part, draft_notice, in_place};
use crate::head::block;
use crate::import::{Column, Mapping, steps};
use crate::merge::{Clash, Merge};
use crate::verb::Verb;
use crate::{Markup, html};

pub(super) fn section() -> Markup {
    html! {
        (block("Form", "required is the default; an error says what would be right", &html! {}, &html! { div.stack { (draft_notice("Your draft of 08:24 has been put back.", &Verb::post("Drop it", "#", "token").small().bare())) (form()) } }))
        (block("Editing in place", "Enter saves, Escape leaves", &html! {}, &in_place("#", "token", "7", &Field::new("place", "Place", Kind::Text).value("North Quay"), "#", "")))
        (block("Someone else saved first", "nothing typed is lost; only true clashes are asked about", &html! {}, &html! { (merge()) }))
        (block("Import", "columns guessed and shown", &html! {}, &html! { div.stack { (steps(&["File", "Columns", "Dry run", "Import"], 1)) (mapping()) } }))
    }
}

fn choices() -> Vec<Choice> {
    vec![Choice::new("low", "Low"), Choice { note: "work has stopped".into(), ..Choice::new("high", "High") }]
}

fn form() -> Form {
    let number = Kind::Number { min: Some("0".into()), max: Some("480".into()), step: Some("5".into()), unit: "min".into() };
    let first = vec![
        Field::new("what", "What happened", Kind::Text)
            .value("Reefer 4471 alarm late")
            .help("One sentence; it becomes the subject.")
            .full(),
        Field::new("details", "Details", Kind::Area(3)).optional().full(),
        Field::new("review", "Review on", Kind::Date)
            .value("2026-11-30")
            .error("The day lies after the contract’s end, 15 Nov. Meant 13 Nov?")
            .optional(),
        Field::new("start", "Starts", Kind::Moment).value("2026-11-24T08:24"),
        Field::new("at", "At", Kind::Time).optional(),
        Field::new("spent", "Time spent", number).value("25"),
        Field::new("cost", "Cost", Kind::Money("€".into())).value("1150.00"),
        Field::new("urgency", "Urgency", Kind::Choice(choices())).value("high"),
        Field::new("service", "Service", Kind::Link(vec![Choice::new("SVC-1", "Customs EDI")], Some("/lookup".into())))
            .value("SVC-1")
            .help("Number or name."),
        Field::new("mail", "E-mail", Kind::Email).complete("email"),
        Field::new("phone", "Telephone", Kind::Phone).optional(),
        Field::new("number", "Number", Kind::Text).value("RSK-018").readonly(),
    ];
    let later = vec![Field::new("source", "Reference at the source", Kind::Text).optional()];
    let second = vec![
        Field::new("impact", "Impact", Kind::Radio(choices())).value("low"),
        Field::new("hits", "Hits", Kind::Many(vec![Choice::new("money", "Money"), Choice::new("law", "Law")]))
            .value("money\nlaw")
            .optional(),
        Field::new("tell", "Tell the requester", Kind::Tick).value("true"),
        Field::new("keys", "Keyboard shortcuts", Kind::Switch).value("true").help("Single keys act outside fields."),
        Field::new("files", "Files", Kind::File { accept: String::new(), several: true }).optional().full(),
    ];
    Form {
        action: "#".into(),
        csrf: "token".into(),
        version: Some("7".into()),
        parts: vec![
            Part { fields: first, ..Part::default() },
            Part { title: "Further".into(), lead: "What the register asks besides.".into(), fields: second, folded: false },
            Part { title: "Elsewhere".into(), fields: later, folded: true, ..Part::default() },
        ],
        verbs: vec![
            Verb::submit("Create risk").first(),
            Verb::submit("Create and another").with("then", "another"),
            Verb::link("Leave", "#").bare(),
        ],
        draft: Some(Draft { url: "#draft-form".into(), state: "Draft saved 08:24".into(), at: 0, once: String::new() }),
        two_columns: true,
        ..Form::default()
    }
}

fn merge() -> Merge {
    Merge {
        action: "#".into(),
        csrf: "token".into(),
        version: "8".into(),
        other: "Dana Okafor saved 08:23".into(),
        theirs_label: "Dana’s".into(),
        clashes: vec![
            Clash {
                name: "m-urgency".into(),
                label: "Urgency".into(),
                was: "Soon".into(),
                theirs: "Work has stopped".into(),
                mine: "Today".into(),
                both_changed: true,
                value_both: Some("both".into()),
                ..Clash::default()
            },
            Clash {
                name: "m-category".into(),
                label: "Category".into(),
                was: "None".into(),
                theirs: "None".into(),
                mine: "Certificates".into(),
                ..Clash::default()
            },
        ],
        verbs: vec![Verb::submit("Save the merged record").first(), Verb::link("Leave it as Dana saved it", "#").bare()],
    }
}

fn mapping() -> Mapping {
    let column = |header: &str, samples: [&str; 2], field: &str, guess: &str| Column {
        name: format!("map-{header}"),
        header: header.into(),
        samples: samples.map(String::from).to_vec(),
        field: field.into(),
        guess: guess.into(),
        error: None,
    };
    Mapping {
        action: "#".into(),
        csrf: "token".into(),
        columns: vec![
            column("Title", ["Single WAN line", "Malware crosses"], "title", "same name"),
            column("P", ["4", "5"], "likelihood", "all values fit"),
            Column {
                error: Some("Two columns go to Likelihood; one must be left out.".into()),
                ..column("Prob.", ["high", "low"], "likelihood", "")
            },
        ],
        fields: vec![Choice::new("title", "Title"), Choice::new("likelihood", "Likelihood")],
        verbs: vec![Verb::submit("Dry run").first(), Verb::link("Another file", "#").bare()],
    }
}
