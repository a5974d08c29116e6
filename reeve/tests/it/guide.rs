//! The guide stays true: its links lead somewhere, and every verb that it names in bold exists.

use crate::browsed::{between, links};
use crate::world::{World, world};
use serde_json::json;
use std::collections::HashSet;

/// The pages, and who reads each.
const CHAPTERS: [(&str, &str, &str); 4] = [
    ("requester", "Bao", include_str!("../../../docs/guide/requester.md")),
    ("agent", "Dana", include_str!("../../../docs/guide/agent.md")),
    ("manager", "Max", include_str!("../../../docs/guide/manager.md")),
    ("administrator", "Ada", include_str!("../../../docs/guide/administrator.md")),
];

/// Texts of what can be pressed on a page, without the dots of verbs that ask for more, and without key hints.
fn pressed(text: &str) -> impl Iterator<Item = String> {
    ["<a ", "<button", "<summary"].into_iter().flat_map(move |tag| text.split(tag).skip(1)).map(|part| {
        let inside = part.split_once('>').map_or("", |(_, rest)| rest);
        let end = ["</a>", "</button>", "</summary>", "<kbd"].iter().filter_map(|end| inside.find(end)).min().unwrap_or(0);
        let words = inside[..end].split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, rest)| rest)).collect::<String>();
        bare(words.trim())
    })
}

/// Also without a count: "Export 8".
fn bare(label: &str) -> String {
    label.trim_end_matches(|it: char| it.is_ascii_digit() || it == ',').trim_end_matches(['…', '.', ' ', '\u{a0}']).to_owned()
}

/// Everything that can be pressed on the main pages of somebody, and every verb of the house.
fn verbs_of(world: &World, who: &str) -> HashSet<String> {
    let session = world.session(who);
    let mut all: HashSet<String> =
        world.house.registers.iter().flat_map(|register| register.verbs.iter()).map(|verb| bare(verb.label)).collect();
    let (incident, person, risk) = (world.some("incidents", 0), world.some("people", 0), world.some("risks", 0));
    let incident = format!("/incidents/{incident}");
    let (history, person, risk) = (format!("{incident}/history"), format!("/people/{person}"), format!("/risks/{risk}"));
    let things = things(world);
    for path in ["/queue", "/today", "/risks", "/people", "/settings", "/portal", "/portal/report", "/portal/ask"] {
        all.extend(pressed(&world.page(&session, path).text));
    }
    for path in [&incident, &history, &person, &risk] {
        all.extend(pressed(&world.page(&session, path).text));
    }
    for thing in things {
        all.extend(pressed(&world.page(&session, &thing).text));
    }
    all
}

/// Pages of the portal about something new, something asked for, something that waits for its requester, and something that is done.
fn things(world: &World) -> [String; 4] {
    [("incidents", ""), ("requests", ""), ("incidents", "pend"), ("incidents", "resolve")].map(|(kind, verb)| {
        let made = world.post("Bao", &format!("/api/v1/{kind}"), &json!({ "summary": "Gate B" }));
        let reference = made.json["reference"].as_str().expect("a reference");
        let input = if verb == "pend" { json!({ "reason": "requester" }) } else { json!({ "resolution": "A new cable." }) };
        if !verb.is_empty() {
            let done = world.post("Dana", &format!("/api/v1/{kind}/{reference}/{verb}"), &input);
            assert_eq!(done.status, 200, "{verb}: {}", done.text);
        }
        format!("/portal/things/{reference}")
    })
}

#[test]
fn every_page_opens_to_its_reader_and_to_whoever_cannot_sign_in() {
    let world = world();
    for (key, who, text) in CHAPTERS {
        let path = format!("/help/{key}");
        let title = text.lines().next().expect("a title").trim_start_matches("# ");
        let (own, nobody) = (world.page(&world.session(who), &path), world.ask("", "GET", &path, None, &[]));
        for answer in [&own, &nobody] {
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.text.contains(&format!("<h1>{title}</h1>")), "{path}: {}", answer.text);
        }
        let index = world.page(&world.session(who), "/help");
        assert!(index.text.contains(&format!("href=\"{path}\"")), "{key} stands in the list");
    }
    assert!(world.page(&world.session("Bao"), "/help/requester").text.contains("portal-bar"), "in the frame that they know");
    assert_eq!(world.ask("", "GET", "/help/nothing", None, &[]).status, 404);
    assert_eq!(world.ask("", "GET", "/help/pictures/queue.webp", None, &[]).header("content-type"), "image/webp");
    assert_eq!(world.ask("", "GET", "/help/pictures/..%2fagent.md", None, &[]).status, 404);
}

#[test]
fn every_link_of_the_guide_leads_somewhere() {
    let world = world();
    for (key, who, _) in CHAPTERS {
        let session = world.session(who);
        let page = world.page(&session, &format!("/help/{key}")).text;
        let text = between(&page, "class=\"guide-text\"", "<nav");
        let found = links(text, "/");
        assert!(!found.is_empty(), "{key} has links");
        for (href, words) in found {
            let answer = world.page(&session, &href);
            // Ada has done the first hour's work already: the pages of its steps lead on.
            let led = answer.status == 303 && href.starts_with("/first-hour");
            assert!(answer.status == 200 || led, "{key}: {words} leads to {href}, which is {}", answer.status);
        }
    }
}

#[test]
fn every_verb_that_the_guide_names_exists() {
    let world = world();
    for (key, who, text) in CHAPTERS {
        let known = verbs_of(&world, who);
        let named: Vec<String> = text.split("**").skip(1).step_by(2).map(bare).collect();
        assert!(named.len() > 2, "{key} names verbs");
        let unknown: Vec<&String> = named.iter().filter(|name| !known.contains(*name)).collect();
        assert!(unknown.is_empty(), "{key} names what is nowhere to be pressed: {unknown:?}");
    }
}
