//! Empty, loading, stale, failed; dialog and keys.

use crate::head::block;
use crate::marks::Tone;
use crate::overlay::{Dialog, key_table};
use crate::palette::{self, Choice, Group};
use crate::portal::{Step, Thing, things};
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
        (block("Palette", "on this, go to, do; the script ranks and marks", &html! {}, &html! { div.cols-2 { div.palette.open { div role="listbox" aria-label="Results" { (palette::options(&choices())) } (palette::foot()) } (things(&[thing()])) } }))
        (block("Keys", "the same scheme everywhere", &html! {}, &key_table(&crate::keys::groups())))
    }
}

fn choices() -> Vec<Group> {
    let go = |icon, label: &str, hint: &str| Choice::new(Verb::link(label, "#").icon(icon)).hint(hint);
    let on = vec![Choice::new(Verb::post("Resolve…", "#", "token").icon("check").key("e")), go("link", "Link…", "")];
    vec![
        Group { kind: "on", label: "On INC-4124, under your cursor".into(), choices: on },
        Group {
            kind: "go",
            label: "Go to".into(),
            choices: vec![go("layers", "Customs EDI", "service, down"), go("inbox", "Queue", "page")],
        },
        Group { kind: "do", label: "Do".into(), choices: vec![go("plus", "New incident", "")] },
    ]
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
