use crate::world::worlds;
use kernel::register::Cell;
use serde_json::json;

#[test]
fn a_refused_form_keeps_what_was_typed() {
    for world in worlds() {
        world.get("/risks/new").says("New risk").says("name=\"likelihood\"").says("value=\"2\" selected").hides("name=\"score\"");
        let refused =
            world.post("/risks/new", json!({ "whole": "true", "summary": "impossible", "loss": "12 doubloons", "story": "typed" }));
        assert_eq!(refused.status, 422);
        refused.says("This must be an amount with its currency").says("12 doubloons").says(">typed</textarea>");
        for (amount, why) in
            [("12.505 EUR", "more digits after the point than EUR has: 2 at most"), ("0.5 JPY", "JPY has no digits after the point")]
        {
            world.post("/risks/new", json!({ "whole": "true", "summary": "dear", "loss": amount })).says(why).says(amount);
        }
        let refused = world.post("/risks/new", json!({ "whole": "true", "summary": "impossible", "likelihood": "2" }));
        refused.says("Describe something that could happen.");
        let made = world.post(
            "/risks/new",
            json!({ "whole": "true", "summary": "Flood", "likelihood": "4", "owner": "Ines Carvalho (PER-1)", "loss": "12.50 EUR",
                "watchers": "Ines Carvalho (PER-1)\nPER-2", "insured": "true", "outage": "4h 30m", "seen_at": "2026-01-02T03:04" }),
        );
        assert_eq!((made.status, made.to.as_str()), (303, "/risks/RSK-1"));
        let risk = world.risk("RSK-1");
        assert_eq!(*risk.get("loss"), Cell::Money(1_250, "EUR".into()));
        assert_eq!(risk.get("watchers").ids().len(), 2);
        assert_eq!((risk.int("score"), risk.int("outage"), risk.int("insured")), (Some(20), Some(16_200), Some(1)));
        world.get("/risks/RSK-1").says("<h1>Flood</h1>").says("€12.50").says("4\u{a0}h 30\u{a0}min").says("Ines Carvalho");
    }
}

#[test]
fn a_form_sent_back_unchanged_changes_nothing() {
    for world in worlds() {
        world
            .make("risks", json!({ "summary": "Flood", "seen_at": "2026-01-02T03:04:05.678Z", "outage": "PT1H1S", "watchers": ["PER-2"] }));
        let form = world.get("/risks/RSK-1/edit");
        let sent = |name: &str| form.value(name);
        let back = world.post(
            "/risks/RSK-1/edit",
            json!({ "whole": "true", "version": sent("version"), "summary": sent("summary"), "seen_at": sent("seen_at"), "outage": sent("outage") }),
        );
        assert!(back.toast.contains("nothing was changed"), "{}", back.toast);
        assert_eq!(world.risk("RSK-1").version, 1);
    }
}

#[test]
fn of_a_directory_with_few_records_all_stand_in_the_form_to_be_ticked() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Flood", "watchers": ["PER-2", "PER-1"] }));
        let form = world.get("/risks/RSK-1/edit");
        let boxes: Vec<&str> = form.html.split("<input").filter(|it| it.contains("name=\"watchers\"")).collect();
        assert!(boxes[0].contains("type=\"hidden\"") && boxes[1..].iter().all(|it| it.contains("type=\"checkbox\"")), "{boxes:?}");
        assert_eq!(boxes.iter().filter(|it| it.split('>').next().is_some_and(|tag| tag.contains("checked"))).count(), 2);
        form.hides("One a line");
        let send = |watchers: serde_json::Value| {
            let version = world.get("/risks/RSK-1/edit").value("version");
            world.post("/risks/RSK-1/edit", json!({ "version": version, "watchers": watchers })).toast
        };
        let mut named: Vec<String> =
            boxes[1..].iter().filter_map(|it| it.split("value=\"").nth(1)?.split('"').next()).map(str::to_owned).collect();
        named.insert(0, String::new());
        assert!(send(json!(named)).contains("nothing was changed"), "boxes come in an order of their own: {named:?}");
        send(json!(["", "Ines Carvalho (PER-1)"]));
        assert_eq!(world.risk("RSK-1").get("watchers").ids().len(), 1);
        send(json!(""));
        assert!(world.risk("RSK-1").get("watchers").ids().is_empty(), "none is ticked");
    }
}

#[test]
fn two_who_change_different_fields_are_brought_together() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Flood", "hits": "money" }));
        let form = world.get("/risks/RSK-1/edit");
        let version = form.value("version");
        world.house.clock.advance(60_000);
        world.post("/risks/RSK-1/edit", json!({ "version": version, "hits": "service" }));
        world.house.clock.advance(60_000);
        let saved = world.post("/risks/RSK-1/edit", json!({ "version": version, "summary": "Great flood", "hits": "money" }));
        assert_eq!(saved.status, 303);
        let risk = world.risk("RSK-1");
        assert_eq!((risk.text("summary"), risk.text("hits")), ("Great flood", "service"));
    }
}

#[test]
fn what_another_saved_within_the_same_millisecond_is_not_undone() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Flood", "hits": "money" }));
        let version = world.get("/risks/RSK-1/edit").value("version");
        world.post("/risks/RSK-1/edit", json!({ "version": version, "hits": "service" }));
        let saved = world.post("/risks/RSK-1/edit", json!({ "version": version, "summary": "Great flood", "hits": "money" }));
        assert_eq!(saved.status, 303, "{}", saved.html);
        let risk = world.risk("RSK-1");
        assert_eq!((risk.text("summary"), risk.text("hits")), ("Great flood", "service"));
    }
}

#[test]
fn the_same_field_changed_twice_is_asked_about() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Flood", "hits": "money" }));
        let version = world.get("/risks/RSK-1/edit").value("version");
        world.house.clock.advance(60_000);
        world.post("/risks/RSK-1/edit", json!({ "version": version, "summary": "Their flood" }));
        world.house.clock.advance(60_000);
        let asked = world.post("/risks/RSK-1/edit", json!({ "version": version, "summary": "My flood", "hits": "service" }));
        assert_eq!(asked.status, 409);
        asked.says("Their flood").says("My flood").says("Ines Carvalho saved").says("yours, no clash");
        assert_eq!(world.risk("RSK-1").text("summary"), "Their flood");
        let settled =
            world.post("/risks/RSK-1/edit", json!({ "version": asked.value("version"), "summary": "My flood", "hits": "service" }));
        assert_eq!(settled.status, 303);
        let risk = world.risk("RSK-1");
        assert_eq!((risk.text("summary"), risk.text("hits"), risk.version), ("My flood", "service", 3));
    }
}

#[test]
fn a_draft_comes_back_until_it_is_saved_or_dropped() {
    for world in worlds() {
        let kept = world.post("/draft/risks/new", json!({ "csrf": "x", "summary": "Half a tho" }));
        assert_eq!(kept.status, 200);
        world.get("/risks/new").says("Half a tho").says("Your draft of").says("action=\"/draft/risks/new\"");
        assert_eq!(world.post("/draft/risks/new", json!({ "discard": "true", "back": "/risks/new" })).to, "/risks/new");
        world.get("/risks/new").hides("Half a tho");
        world.post("/draft/risks/new", json!({ "summary": "A thought" }));
        world.post("/risks/new", json!({ "summary": "A thought", "likelihood": "1" }));
        world.get("/risks/new").hides("A thought");
    }
}

#[test]
fn one_field_is_changed_where_it_stands() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Flood", "hits": "money" }));
        world.get("/risks").says("href=\"/risks/RSK-1/edit/hits?back=%2Frisks\"");
        let form = world.get("/risks/RSK-1/edit/hits?back=%2Frisks");
        form.says("Hits of RSK-1");
        let saved = world
            .post("/risks/RSK-1/edit/hits", json!({ "version": form.value("version"), "hits": "service", "back": form.value("back") }));
        assert_eq!((saved.to.as_str(), world.risk("RSK-1").text("hits")), ("/risks", "service"));
        assert_eq!(world.post(&saved.undo, json!({})).status, 303);
        assert_eq!(world.risk("RSK-1").text("hits"), "money");
        assert_eq!(world.get("/risks/RSK-1/edit/hits?leave=true&back=%2Frisks").to, "/risks", "left without script");
        assert_eq!(world.get("/risks/RSK-1/edit/hits?leave=true&back=%2F%2Fevil.example").to, "/risks/RSK-1");
        assert!(world.get_as("administrator", "/risks/RSK-1/edit/score").is_err());
        let away = world.post("/risks/RSK-1/edit/hits", json!({ "hits": "service", "back": "//evil.example" }));
        assert_eq!(away.to, "/risks/RSK-1");
    }
}

#[test]
fn a_draft_that_another_window_has_changed_since_is_not_overwritten() {
    for world in worlds() {
        let save = |text: &str, from: &str| world.post("/draft/risks/new", json!({ "summary": text, "draft_at": from }));
        let first = save("One", "");
        let at = first.json()["saved_at"].to_string();
        world.house.clock.advance(1_000);
        let other = save("Two", &at).json()["saved_at"].to_string();
        world.house.clock.advance(1_000);
        let refused = save("Three", &at);
        assert_eq!(refused.status, 409);
        assert_eq!(refused.json()["fields"]["summary"], "Two", "it gets what the other window wrote");
        assert_eq!(save("Three", &other).status, 200, "and may go on from there");
        assert_eq!(world.get("/draft/risks/new").json()["fields"]["summary"], "Three");
        assert_eq!(world.get("/draft/risks/none").json(), json!({}));
    }
}

#[test]
fn a_field_that_somebody_changed_while_it_was_open_asks_where_it_stands() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Flood", "hits": "money" }));
        let form = world.fragment("/risks/RSK-1/edit/summary");
        let version = form.value("version");
        world.house.clock.advance(60_000);
        world.post("/risks/RSK-1/edit/summary", json!({ "summary": "Their flood" }));
        let asks = world.post_fragment("/risks/RSK-1/edit/summary", json!({ "summary": "My flood", "version": version }));
        assert_eq!(asks.status, 409);
        asks.says("while you typed").says("Their flood").hides("<html");
        let again = asks.value("version");
        let saved = world.post_fragment("/risks/RSK-1/edit/summary", json!({ "summary": "My flood", "version": again }));
        assert_eq!((saved.status, world.risk("RSK-1").text("summary").to_owned()), (200, "My flood".to_owned()));
    }
}
