//! Stories of the desk, as transcripts: people by name, a clock one can move, verbs in order.

use crate::browsed::between;
use crate::world::{Answer, World, world};
use serde_json::{Value as Json, json};

fn path(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.json);
    format!("/api/v1/incidents/{}", answer.json["reference"].as_str().unwrap_or_default())
}

fn does(world: &World, who: &str, ticket: &str, verb: &str, input: Json) -> Answer {
    let answer = world.post(who, &format!("{ticket}/{verb}"), &input);
    assert_eq!(answer.status, 200, "{who} does {verb} with {input}: {}", answer.json);
    answer
}

#[test]
fn a_ticket_lives_from_new_to_closed_and_comes_back_once() {
    let world = world();
    let ticket = path(&world.post("Bao", "/api/v1/incidents", &json!({ "summary": "Gate B prints nothing" })));
    assert_eq!(world.get("Dana", &ticket).json["state"], "new");
    does(&world, "Dana", &ticket, "take", json!({}));
    assert_eq!(world.get("Dana", &ticket).json["state"], "assigned");
    does(&world, "Dana", &ticket, "start", json!({}));
    does(&world, "Dana", &ticket, "reply", json!({ "text": "Is the cable in?" }));
    does(&world, "Dana", &ticket, "pend", json!({ "reason": "requester" }));
    assert_eq!(world.get("Dana", &ticket).json["state"], "pending");
    world.later(3600);
    does(&world, "Bao", &ticket, "reply", json!({ "text": "Yes, it is" }));
    assert_eq!(world.get("Dana", &ticket).json["state"], "in_progress", "the requester's answer ends the wait");
    does(&world, "Dana", &ticket, "resolve", json!({ "resolution": "Toner replaced" }));
    does(&world, "Bao", &ticket, "reopen", json!({ "reason": "It stopped again" }));
    let again = world.get("Dana", &ticket).json;
    assert_eq!((again["state"].as_str(), again["reopen_count"].as_i64()), (Some("in_progress"), Some(1)));
    does(&world, "Dana", &ticket, "resolve", json!({ "resolution": "Drum replaced" }));
    does(&world, "Dana", &ticket, "close", json!({}));
    let refused = world.post("Dana", &format!("{ticket}/start"), &json!({}));
    assert_eq!(refused.status, 409, "a closed ticket does not start: {}", refused.json);
    let journal = world.get("Dana", &format!("{ticket}/journal?limit=100")).json;
    let verbs: Vec<&str> = journal["items"].as_array().into_iter().flatten().filter_map(|it| it["verb"].as_str()).collect();
    assert_eq!(
        verbs.iter().rev().copied().collect::<Vec<_>>(),
        ["create", "take", "start", "reply", "pend", "reply", "resolve", "reopen", "resolve", "close"]
    );
}

#[test]
fn impact_and_urgency_give_the_priority() {
    let world = world();
    let matrix = [(1, 1, 1), (1, 2, 2), (2, 1, 2), (2, 2, 3), (1, 3, 3), (3, 1, 3), (2, 3, 4), (3, 2, 4), (3, 3, 4)];
    for (impact, urgency, priority) in matrix {
        let made = world.post("Dana", "/api/v1/incidents", &json!({ "summary": "x", "impact": impact, "urgency": urgency }));
        assert_eq!(made.json["priority"], priority, "impact {impact}, urgency {urgency}");
    }
}

#[test]
fn what_was_done_is_undone_unless_someone_went_on() {
    let world = world();
    let ticket = path(&world.post("Dana", "/api/v1/incidents", &json!({ "summary": "Screen flickers" })));
    let resolved = does(&world, "Dana", &ticket, "resolve", json!({ "resolution": "Driver" }));
    let act = resolved.header("x-reeve-act").to_owned();
    assert!(!act.is_empty(), "a write names its act");
    does(&world, "Dana", &ticket, "undo", json!({ "act": act }));
    let back = world.get("Dana", &ticket).json;
    assert_eq!((back["state"].as_str(), back["resolution"].is_null()), (Some("new"), true));

    let resolved = does(&world, "Dana", &ticket, "resolve", json!({ "resolution": "Driver" }));
    let act = resolved.header("x-reeve-act").to_owned();
    does(&world, "Ravi", &ticket, "reopen", json!({ "reason": "no" }));
    let refused = world.post("Dana", &format!("{ticket}/undo"), &json!({ "act": act }));
    assert_eq!(refused.status, 409, "{}", refused.json);
}

#[test]
fn two_people_change_a_ticket_and_the_later_one_learns_of_it() {
    let world = world();
    let ticket = path(&world.post("Dana", "/api/v1/incidents", &json!({ "summary": "Slow" })));
    let read = world.get("Dana", &ticket);
    assert_eq!(world.patch("Ravi", &ticket, &json!({ "category": "network" }), None).status, 200);
    let stale = world.patch("Dana", &ticket, &json!({ "summary": "Slow network" }), Some(read.header("etag")));
    assert_eq!(stale.status, 412);
    let fresh = world.get("Dana", &ticket);
    assert_eq!(world.patch("Dana", &ticket, &json!({ "summary": "Slow network" }), Some(fresh.header("etag"))).status, 200);
    let now = world.get("Dana", &ticket).json;
    assert_eq!((now["summary"].as_str(), now["category"].as_str()), (Some("Slow network"), Some("network")));
}

#[test]
fn merged_tickets_lead_to_the_survivor_and_never_in_a_circle() {
    let world = world();
    let one = path(&world.post("Dana", "/api/v1/incidents", &json!({ "summary": "One" })));
    let two = path(&world.post("Dana", "/api/v1/incidents", &json!({ "summary": "Two" })));
    let reference = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    does(&world, "Dana", &one, "merge", json!({ "into": reference(&two) }));
    let circle = world.post("Dana", &format!("{two}/merge"), &json!({ "into": reference(&one) }));
    assert!(matches!(circle.status, 409 | 422), "{}", circle.json);
}

#[test]
fn the_same_request_sent_twice_is_done_once() {
    let world = world();
    let body = json!({ "summary": "Sent twice by a nervous script" });
    let key = [("idempotency-key", "a-key-of-mine")];
    let first = world.ask("Dana", "POST", "/api/v1/incidents", Some(&body), &key);
    let second = world.ask("Dana", "POST", "/api/v1/incidents", Some(&body), &key);
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.json, second.json);
    let other = world.ask("Dana", "POST", "/api/v1/incidents", Some(&json!({ "summary": "Another" })), &key);
    assert_eq!(other.status, 422, "{}", other.json);
}

#[test]
fn the_rail_says_how_many_tickets_wait() {
    let world = world();
    let waiting = |session: &str| {
        let page = world.page(session, "/today").text;
        let place = page.split_once("href=\"/queue\" ")?.1.split("</a>").next().unwrap_or_default();
        place.split_once("class=\"n\">").map(|(_, rest)| rest.split('<').next().unwrap_or_default().to_owned())
    };
    let (dana, bao) = (world.session("Dana"), world.session("Bao"));
    assert_eq!(waiting(&dana), None, "nothing waits");
    let ticket = path(&world.post("Bao", "/api/v1/incidents", &json!({ "summary": "Gate B prints nothing" })));
    path(&world.post("Bao", "/api/v1/incidents", &json!({ "summary": "Gate C prints nothing" })));
    world.later(3_600);
    assert_eq!((waiting(&dana), waiting(&bao)), (Some("2".into()), None), "who only asks has no queue");
    does(&world, "Dana", &ticket, "resolve", json!({ "resolution": "Toner replaced" }));
    world.later(3_600);
    assert_eq!(waiting(&dana).as_deref(), Some("1"), "resolved, it waits no more");
}

#[test]
fn hostile_words_come_back_as_words() {
    let world = world();
    let nasty = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "a\u{202E}b", "' or 1=1 --", "{{7*7}}"];
    for text in nasty {
        let made = world.post("Bao", "/api/v1/incidents", &json!({ "summary": format!("x {text}"), "description": text }));
        assert_eq!(made.status, 201, "{text:?}: {}", made.json);
        let ticket = path(&made);
        assert_eq!(world.post("Bao", &format!("{ticket}/reply"), &json!({ "text": text })).status, 200, "{text:?}");
        let summary = made.json["summary"].as_str().unwrap_or_default();
        assert!(!summary.contains('\u{202E}'), "{summary:?}");
    }
    let nul = world.post("Bao", "/api/v1/incidents", &json!({ "summary": "a\u{0}b" }));
    assert_eq!(nul.status, 400, "a NUL is refused, as no text may hold one: {}", nul.json);
    let long = world.post("Bao", "/api/v1/incidents", &json!({ "summary": "x".repeat(10_000) }));
    assert_eq!((long.status, long.names("summary")), (422, true));
}

#[test]
fn a_message_taken_back_without_script_stands_in_the_composer_again() {
    let world = world();
    let ticket = path(&world.post("Bao", "/api/v1/incidents", &json!({ "summary": "Badge is dead" }))).replace("/api/v1", "");
    let dana = world.session("Dana");
    let takes_back = |words: &str, mode: &str| {
        assert_eq!(world.form(&dana, &format!("{ticket}/said"), &format!("mode={mode}&text={words}")).status, 303);
        let recent = world.page(&dana, "/notifications").text;
        let undo = between(between(&recent, "Recent", "</section>"), "action=\"", "\"").replace("&amp;", "&");
        let back = world.form(&dana, &undo, &format!("back={ticket}"));
        assert_eq!((back.status, back.header("location")), (303, ticket.as_str()));
        let page = world.page(&dana, &ticket).text;
        let form = between(&page, "id=\"composer\"", "</form>").to_owned();
        let text = between(between(&form, "<textarea", "/textarea>"), ">", "<").to_owned();
        let chosen = form.split("<input").find(|part| part.contains("name=\"mode\"") && part.contains(" checked")).expect("a mode");
        (text, between(chosen, "value=\"", "\"").to_owned())
    };
    let stands = |text: &str, mode: &str| (text.to_owned(), mode.to_owned());
    assert_eq!(takes_back("We+look", "public"), stands("We look", "public"));
    assert_eq!(takes_back("He+was+rude", "internal"), stands("He was rude", "internal"), "what was sent in its place is gone from it");
}

#[test]
fn references_in_a_message_lead_to_what_the_reader_may_open_and_tell_nothing_of_it() {
    let world = world();
    assert_eq!(world.post("Ada", "/api/v1/services", &json!({ "name": "Secret gate" })).status, 201);
    let ticket = path(&world.post("Bao", "/api/v1/incidents", &json!({ "summary": "Badge is dead", "description": "As in INC-1" })));
    let note = json!({ "text": "SVC-1 again, see UTF-8, CON-1 and <INC-99>" });
    assert_eq!(world.post("Dana", &format!("{ticket}/reply"), &note).status, 200);
    let page = world.page(&world.session("Dana"), &ticket.replace("/api/v1", "")).text;
    for link in [">INC-1</a>", "href=\"/services/SVC-1\">SVC-1</a>", "&lt;<a class=\"ref\" href=\"/incidents/INC-99\">INC-99</a>&gt;"] {
        assert!(page.contains(link), "{link} is not in {page}");
    }
    assert!(page.contains("UTF-8, CON-1 and"), "what no register, or none that she may read, calls its own stays a word: {page}");
    assert!(!page.contains("Secret gate"), "a link tells no title");
}

#[test]
fn only_a_ticket_with_parts_is_asked_whether_to_resolve_them() {
    let world = world();
    let session = world.session("Dana");
    let whole = path(&world.post("Dana", "/api/v1/incidents", &json!({ "summary": "Gates are down" })));
    let page = whole.trim_start_matches("/api/v1").to_owned() + "/resolve";
    let asks = || world.page(&session, &page).text.contains("Resolve its children too");
    assert!(!asks());
    let parent = whole.rsplit('/').next().unwrap_or_default();
    let part = path(&world.post("Dana", "/api/v1/incidents", &json!({ "summary": "Gate B is down", "parent": parent })));
    assert!(asks());
    does(&world, "Dana", &part, "resolve", json!({ "resolution": "Fuse" }));
    assert!(!asks(), "what is resolved is not asked about");
}
