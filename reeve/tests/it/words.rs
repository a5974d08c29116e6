//! What the house says: plain words, sentence case, figures with their unit, exact times behind short ones. Every page is read.

use crate::browsed::between;
use crate::world::{World, world};
use kernel::describe::{Field, Register};
use kernel::web::Method;
use serde_json::json;

/// What no page says, in small letters.
const NEVER: &[&str] = &[
    "please",
    "successfully",
    "success",
    "oops",
    "whoops",
    "sorry",
    "unfortunately",
    "invalid",
    "kindly",
    "click",
    "n/a",
    "lorem",
    "an error occurred",
    "something went wrong",
    "are you sure",
];
/// Verbs that name nothing that happens, unless a register has one of that name: a ticket is cancelled.
const EMPTY_VERBS: &[&str] = &["OK", "Ok", "Cancel", "Submit", "Confirm", "Yes", "No"];
/// What whoever only asks does not read: states of the workflow, and the words of the trade.
const JARGON: &[&str] = &[
    "pending",
    "in progress",
    "assigned",
    "resolved",
    "cancelled",
    "sla",
    "breach",
    "breached",
    "priority",
    "p1",
    "p2",
    "p3",
    "p4",
    "incident",
    "incidents",
    "assignee",
    "workflow",
    "escalated",
];
/// Units that stand behind a figure with a no-break space.
const UNITS: &[&str] = &["min", "h", "s", "ms", "%", "KB", "MB", "GB", "KiB", "MiB"];
/// Names that are written large within a sentence.
const NAMES: &[&str] = &["API", "Reeve", "CSV", "JSON", "Excel", "Parquet", "VIP", "URL", "ID", "SLA", "IANA", "I"];

/// The words that a page shows or says: texts, and labels that only some hear.
fn said(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page.split_once("<body").map_or(page, |(_, body)| body);
    rest = rest.split_once('>').map_or("", |(_, inside)| inside);
    while let Some((text, more)) = rest.split_once('<') {
        out.push_str(text);
        let (tag, after) = more.split_once('>').unwrap_or((more, ""));
        for name in ["title", "aria-label", "placeholder", "alt"] {
            let told = between(tag, &format!(" {name}=\""), "\"");
            out.push_str(&format!(" \u{b6} {told} \u{b6} "));
        }
        if tag.starts_with(['/', 'b'])
            || ["td", "li", "p", "h1", "h2", "h3", "div", "dt", "dd", "button", "label"].iter().any(|it| tag.starts_with(it))
        {
            out.push_str(" \u{b6} ");
        }
        let skipped = ["script", "style", "textarea"].iter().find(|it| tag.starts_with(**it));
        rest = skipped.and_then(|it| after.split_once(&format!("</{it}>"))).map_or(after, |(_, after)| after);
    }
    out.push_str(rest);
    out.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
}

/// Whether the words occur as words, in any case.
fn holds(text: &str, words: &str) -> bool {
    let lower = text.to_lowercase();
    lower.match_indices(words).any(|(at, _)| {
        let letter = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        !letter(lower[..at].chars().next_back()) && !letter(lower[at + words.len()..].chars().next())
    })
}

/// What is wrong with words that somebody reads.
fn wrong(text: &str) -> Vec<String> {
    let mut all: Vec<String> = NEVER.iter().filter(|it| holds(text, it)).map(|it| format!("says {it:?}")).collect();
    for (at, mark) in text.match_indices(['!']).chain(text.match_indices("...")) {
        let begin = text[..at].char_indices().rev().nth(30).map_or(0, |(it, _)| it);
        all.push(format!("has {mark:?} in {:?}", &text[begin..at + mark.len()]));
    }
    for unit in UNITS {
        for (at, _) in text.match_indices(&format!(" {unit}")) {
            let figure = text[..at].ends_with(|it: char| it.is_ascii_digit());
            let end = !text[at + 1 + unit.len()..].starts_with(|it: char| it.is_alphanumeric());
            if figure && end {
                let begin = text[..at].char_indices().rev().nth(20).map_or(0, |(it, _)| it);
                all.push(format!("parts figure and unit in {:?}", &text[begin..at + 1 + unit.len()]));
            }
        }
    }
    all
}

/// Every page that somebody may open, with records in it.
fn pages(world: &World) -> Vec<String> {
    let mut all: Vec<String> = vec!["/me".into(), "/settings".into(), "/search?q=text".into(), "/help".into(), "/no/such/page".into()];
    let routes = world.house.practices.iter().flat_map(|practice| practice.routes).filter(|route| route.method == Method::Get);
    for route in routes {
        let mut parts: Vec<String> = route.path.split('/').map(str::to_owned).collect();
        let kind = parts.get(1).cloned().unwrap_or_default();
        let known = world.house.register(&kind).is_some();
        for part in parts.iter_mut().filter(|part| part.starts_with('{')) {
            *part = if known { world.some(&kind, 0) } else { "INC-1".into() };
        }
        all.push(parts.join("/"));
    }
    for register in world.house.registers.iter().filter(|it| !it.room.is_empty()) {
        let one = format!("/{}/{}", register.key, world.some(register.key, 0));
        all.extend(["", "/new", "/import", "/fields", "?q=nothing-like-it"].map(|tail| format!("/{}{tail}", register.key)));
        all.extend(["", "/edit", "/history", "/share", "?why=access"].map(|tail| format!("{one}{tail}")));
        all.extend(register.verbs.iter().map(|verb| format!("{one}/{}", verb.key)));
    }
    all.sort();
    all.dedup();
    all
}

/// Reads pages; gives what is wrong with each.
fn read(world: &World, who: &str, paths: &[String], look: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let session = world.session(who);
    let mut all = Vec::new();
    for path in paths {
        let answer = world.page(&session, path);
        assert!(answer.status < 500, "{path}: {}", answer.status);
        if answer.text.contains("<body") {
            all.extend(look(&answer.text).into_iter().map(|it| format!("{path} {it}")));
        }
    }
    all
}

#[test]
fn every_page_speaks_plainly() {
    let world = world();
    let paths = pages(&world);
    let look = |page: &str| {
        let mut all = wrong(&said(page));
        if page.matches("<h1").count() != 1 {
            all.push(format!("has {} first headings", page.matches("<h1").count()));
        }
        for time in page.split("<time").skip(1) {
            let (exact, iso) = (between(time, "title=\"", "\""), between(time, "datetime=\"", "\""));
            let zone = !iso.contains('T')
                || exact.rsplit(' ').next().is_some_and(|it| it.starts_with(|it: char| it.is_ascii_uppercase() || "+-−".contains(it)));
            if exact.is_empty() || iso.is_empty() || !zone {
                all.push(format!("has a time without the exact one and its zone: {exact:?}"));
            }
        }
        for button in page.split("<button").skip(1) {
            let inside = between(button, ">", "</button>");
            let named = world.house.registers.iter().flat_map(|it| it.verbs).any(|verb| verb.label.trim_end_matches('…') == inside.trim());
            if EMPTY_VERBS.contains(&inside.trim()) && !named {
                all.push(format!("has a verb {inside:?}"));
            }
        }
        all
    };
    let wrong = read(&world, "Ada", &paths, look);
    assert!(paths.len() > 200, "only {} pages", paths.len());
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn strangers_are_spoken_to_plainly() {
    let world = world();
    for path in
        ["/signin", "/signin?next=/queue", "/reset", "/once/gone", "/invitation/gone", "/help", "/help/agent", "/help/administrator"]
    {
        let answer = world.ask("", "GET", path, None, &[]);
        assert_eq!(wrong(&said(&answer.text)), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn whoever_only_asks_reads_no_words_of_the_trade() {
    let world = world();
    let mut paths: Vec<String> = [
        "/portal",
        "/portal/things",
        "/portal/things?which=all",
        "/portal/report",
        "/portal/ask",
        "/portal/search?q=Gate",
        "/portal/search",
        "/me",
    ]
    .map(str::to_owned)
    .to_vec();
    let states = ["", "take", "start", "pend", "resolve", "cancel", "reopen"];
    for (kind, verb) in ["incidents", "requests"].into_iter().flat_map(|kind| states.map(|verb| (kind, verb))) {
        let made = world.post("Bao", &format!("/api/v1/{kind}"), &json!({ "summary": "Gate B" }));
        let reference = made.json["reference"].as_str().expect("a reference").to_owned();
        let deed = |verb: &str, input: &serde_json::Value| {
            let done = world.post("Dana", &format!("/api/v1/{kind}/{reference}/{verb}"), input);
            assert_eq!(done.status, 200, "{kind} {verb}: {}", done.text);
        };
        match verb {
            "" => {}
            "pend" => deed("pend", &json!({ "reason": "vendor" })),
            "resolve" => deed("resolve", &json!({ "resolution": "A new cable." })),
            "cancel" => deed("cancel", &json!({ "reason": "Twice." })),
            "reopen" => {
                deed("resolve", &json!({ "resolution": "A new cable." }));
                deed("reopen", &json!({ "reason": "Not yet." }));
            }
            plain => deed(plain, &json!({})),
        }
        paths.push(format!("/portal/things/{reference}"));
    }
    let look = |page: &str| {
        let text =
            said(page.split_once("id=\"main\"").map_or(page, |(_, main)| main).split("<div class=\"toasts\"").next().unwrap_or_default());
        JARGON.iter().filter(|it| holds(&text, it)).map(|it| format!("says {it:?}")).chain(wrong(&text)).collect()
    };
    let told = read(&world, "Bao", &paths, look);
    assert!(told.is_empty(), "{} places:\n{}", told.len(), told.join("\n"));
}

/// Whether a label is in sentence case: only its first word, and names, begin large.
fn sentence_case(label: &str) -> bool {
    let small = |word: &&str| {
        let word = word.trim_matches(|it: char| !it.is_alphanumeric());
        let large = word.chars().next().is_some_and(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
        large && !NAMES.contains(&word)
    };
    !label.split([' ', '-']).skip(1).any(|word| small(&word))
}

fn field(of: &str, field: &Field, all: &mut Vec<String>) {
    let place = format!("{of}, field {}", field.key);
    if !sentence_case(field.label) {
        all.push(format!("{place}: {:?} is not in sentence case", field.label));
    }
    if !field.help.is_empty() && !field.help.ends_with(['.', '?']) {
        all.push(format!("{place}: the help {:?} is no sentence", field.help));
    }
    all.extend(wrong(field.label).into_iter().chain(wrong(field.help)).map(|it| format!("{place} {it}")));
}

fn register(register: &Register, all: &mut Vec<String>) {
    for label in [register.one, register.many] {
        if !sentence_case(label) {
            all.push(format!("{}: {label:?} is not in sentence case", register.key));
        }
    }
    for it in register.fields {
        field(register.key, it, all);
    }
    for verb in register.verbs {
        let place = format!("{}, verb {}", register.key, verb.key);
        let asks = verb.asks.iter().any(|it| it.required);
        if asks && !verb.label.ends_with('…') {
            all.push(format!("{place}: {:?} asks for more and does not say so", verb.label));
        }
        if !sentence_case(verb.label) {
            all.push(format!("{place}: {:?} is not in sentence case", verb.label));
        }
        all.extend(wrong(verb.help).into_iter().map(|it| format!("{place} {it}")));
        for it in verb.asks {
            field(&place, it, all);
        }
    }
}

#[test]
fn every_description_is_written_as_the_pages_speak() {
    let world = world();
    let mut all = Vec::new();
    for it in &world.house.registers {
        register(it, &mut all);
    }
    for practice in &world.house.practices {
        for it in practice.settings {
            field(it.key, &it.field, &mut all);
        }
        for route in practice.routes {
            all.extend(wrong(route.about).into_iter().map(|it| format!("{} {it}", route.path)));
        }
    }
    assert!(all.is_empty(), "{} places:\n{}", all.len(), all.join("\n"));
}
