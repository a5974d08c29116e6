//! Stories of who may see and do what.

use crate::browsed::between;
use crate::world::{World, world};
use kernel::register::{Draft, by_id_unguarded, save};
use kernel::who::{Means, View};
use kernel::{Act, Error};
use serde_json::{Map, json};
use std::sync::Arc;

#[test]
fn a_requester_sees_their_own_tickets_and_never_an_internal_note() {
    let world = world();
    let own = world.post("Bao", "/api/v1/incidents", &json!({ "summary": "Printer jams" }));
    assert_eq!(own.status, 201, "{}", own.json);
    let path = format!("/api/v1/incidents/{}", own.json["reference"].as_str().unwrap_or_default());
    let other = world.post("Bea", "/api/v1/incidents", &json!({ "summary": "Printer burns" }));
    let others = format!("/api/v1/incidents/{}", other.json["reference"].as_str().unwrap_or_default());

    assert_eq!(world.get("Bao", &others).status, 404);
    assert_eq!(world.post("Bao", &format!("{others}/reply"), &json!({ "text": "let me in" })).status, 404);
    let list = world.get("Bao", "/api/v1/incidents?count=exact");
    assert_eq!(list.json["count"], 1, "counts show nothing of others");

    assert_eq!(world.post("Dana", &format!("{path}/note"), &json!({ "text": "zebracrossing is a secret word" })).status, 200);
    assert_eq!(world.post("Dana", &format!("{path}/reply"), &json!({ "text": "We look at it" })).status, 200);
    let journal = world.get("Bao", &format!("{path}/journal")).text;
    assert!(!journal.contains("zebracrossing") && !journal.contains("\"note\""), "the note is not in the history they read: {journal}");
    assert!(journal.contains("We look at it"));
    let found = world.get("Bao", "/api/v1/search?q=zebracrossing").text;
    assert!(!found.contains(own.json["reference"].as_str().unwrap_or("-")), "nor can it be found");
    let found = world.get("Dana", "/api/v1/search?q=zebracrossing").text;
    assert!(found.contains(own.json["reference"].as_str().unwrap_or("-")), "an agent finds it");
}

#[test]
fn a_password_in_a_reply_can_be_erased_wherever_it_stands() {
    let world = world();
    let ticket = world.post("Dana", "/api/v1/incidents", &json!({ "summary": "Cannot sign in" }));
    let path = format!("/api/v1/incidents/{}", ticket.json["reference"].as_str().unwrap_or_default());
    let said = world.post("Dana", &format!("{path}/reply"), &json!({ "text": "Your password is hunter2zebra" }));
    let act = said.header("x-reeve-act").to_owned();
    let mentions = |what: &str| {
        let journal = world.get("Ada", &format!("{path}/journal")).text.contains(what);
        let search = world.get("Ada", &format!("/api/v1/search?q={what}")).text.contains("Cannot sign in");
        let needle = what.to_owned();
        let rows = world.read(move |tx| {
            let messages = tx.one("select count(*) from message where body like '%' || ?1 || '%'", &[needle.clone().into()])?.int(0)?;
            let entries = tx.one("select count(*) from journal where content like '%' || ?1 || '%'", &[needle.clone().into()])?.int(0)?;
            Ok(messages + entries)
        });
        (journal, search, rows > 0)
    };
    assert_eq!(mentions("hunter2zebra"), (true, true, true));
    let redact = format!("{path}/redact");
    assert_eq!(world.post("Max", &redact, &json!({ "act": act, "reason": "x" })).status, 403, "a permission of its own");
    assert!(world.post("Ada", &redact, &json!({ "act": act })).names("reason"));
    assert!(world.post("Ada", &redact, &json!({ "act": "1", "reason": "x" })).names("act"));
    let done = world.post("Ada", &redact, &json!({ "act": act, "reason": "A password was written" }));
    assert_eq!(done.status, 200, "{}", done.json);
    assert_eq!(mentions("hunter2zebra"), (false, false, false), "nowhere any more");
    let journal = world.get("Ada", &format!("{path}/journal"));
    let entry = journal.json["items"].as_array().and_then(|all| all.iter().find(|it| it["act"] == json!(act))).cloned();
    assert_eq!(entry.map(|it| (it["redacted"].clone(), it["verb"].clone())), Some((json!(true), json!("reply"))), "that it was said stays");
}

#[test]
fn a_vendor_sees_and_answers_what_is_shared_with_them_and_nothing_else() {
    let world = world();
    let shared = world.post("Dana", "/api/v1/incidents", &json!({ "summary": "Line is down" }));
    let other = world.post("Dana", "/api/v1/incidents", &json!({ "summary": "Printer jams" }));
    let reference = |answer: &crate::world::Answer| answer.json["reference"].as_str().unwrap_or_default().to_owned();
    world.share("incidents", &reference(&shared), "Vera");
    let path = format!("/api/v1/incidents/{}", reference(&shared));
    assert_eq!(world.get("Vera", &path).status, 200);
    assert_eq!(world.get("Vera", &format!("/api/v1/incidents/{}", reference(&other))).status, 404);
    assert_eq!(world.get("Vera", "/api/v1/incidents?count=exact").json["count"], 1);
    assert_eq!(world.post("Dana", &format!("{path}/note"), &json!({ "text": "They are slow again" })).status, 200);
    assert_eq!(world.post("Vera", &format!("{path}/reply"), &json!({ "text": "A technician comes at ten" })).status, 200);
    assert!(!world.get("Vera", &format!("{path}/journal")).text.contains("slow again"));
    assert_eq!(world.post("Vera", &format!("{path}/resolve"), &json!({ "resolution": "x" })).status, 403);
    assert_eq!(world.get("Vera", "/api/v1/risks").status, 404);
}

#[test]
fn a_role_taken_away_is_gone_at_once() {
    let world = world();
    let person = world.get("Ada", "/api/v1/people?email=dana@example.org");
    let reference = person.json["items"][0]["reference"].as_str().unwrap_or_default().to_owned();
    assert_eq!(world.get("Dana", "/api/v1/incidents").status, 200);
    let answer = world.patch("Ada", &format!("/api/v1/people/{reference}"), &json!({ "roles": [] }), None);
    assert_eq!(answer.status, 200, "{}", answer.json);
    assert_eq!(world.get("Dana", "/api/v1/incidents").status, 404);
}

#[test]
fn without_a_token_there_is_nothing() {
    let world = world();
    for path in ["/api/v1", "/api/v1/incidents", "/api/v1/search?q=x", "/api/v1/kinds/incidents"] {
        let answer = world.ask("", "GET", path, None, &[]);
        assert_eq!(answer.status, 401, "{path}");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{path}");
        assert!(answer.header("content-type").starts_with("application/problem+json"), "{path}");
    }
}

#[test]
fn a_name_is_the_present_one_and_only_for_those_who_may_know_of_it() {
    let world = world();
    let team = world.post("Ada", "/api/v1/teams", &json!({ "name": "Ops" })).json;
    let incident = world.post("Ada", "/api/v1/incidents", &json!({ "summary": "Printer jams", "team": team["reference"] })).json;
    let path = format!("/api/v1/incidents/{}?expand=team", incident["reference"].as_str().unwrap_or_default());
    let seen = |who: &str| world.get(who, &path).json["team"]["title"].clone();
    for _ in 0..5 {
        assert_eq!(seen("Dana"), "Ops");
    }
    let there = format!("/api/v1/teams/{}", team["reference"].as_str().unwrap_or_default());
    assert_eq!(world.patch("Ada", &there, &json!({ "name": "Night" }), None).status, 200);
    for who in ["Dana", "Ada", "Dana"] {
        assert_eq!(seen(who), "Night", "to {who}");
    }
    to_the_sister(&world, team["id"].as_str().and_then(|id| id.parse().ok()).expect("an id"));
    for who in ["Dana", "Ada"] {
        assert!(seen(who).is_null(), "{who} is shown a name of another organisation");
    }
}

/// Moves a team to the organisation beside that of the tickets.
fn to_the_sister(world: &World, team: i64) {
    let house = Arc::clone(&world.house);
    let moved = world.db.write_wait(move |tx| {
        let sister = tx.one("select id from organisation where name = 'South'", &[])?.int(0)?;
        let view = View::unguarded_house_itself(&house, sister, Means::Cli);
        let record = by_id_unguarded(tx, &house, house.register("teams").ok_or(Error::NotFound)?, team)?.ok_or(Error::NotFound)?;
        let mut act = Act::new(tx, &view, &house);
        let mut draft = Draft::of(record);
        draft.record.organisation = sister;
        save(&mut act, draft, "edit", Map::new())?;
        act.end()
    });
    moved.expect("the team moves");
}

#[test]
fn a_form_of_grants_that_is_refused_keeps_every_choice() {
    let world = world();
    let made = |key: &str| {
        let made = world.post("Ada", "/api/v1/roles", &json!({ "key": key, "name": key })).json;
        made["reference"].as_str().expect("a role").to_owned()
    };
    let (keeper, agent) = (made("keeper"), made("helper"));
    let (ada, max) = (world.session("Ada"), world.session("Max"));
    assert_eq!(world.form(&ada, &format!("/roles/{keeper}/grants/roles"), "read=all&grant=all").status, 303);
    let person = world.get("Ada", "/api/v1/people?name=Max").json["items"][0].clone();
    let roles = json!({ "roles": [keeper] });
    let given = world.post("Ada", &format!("/api/v1/people/{}/grant-roles", person["reference"].as_str().unwrap_or_default()), &roles);
    assert_eq!(given.status, 200, "{}", given.json);
    let path = format!("/roles/{agent}/grants/people");
    let refused = world.form(&max, &path, "read=own&grant-roles=all");
    assert_eq!(refused.status, 422, "{}", refused.text);
    let chosen = |permission: &str| {
        let select = between(&refused.text, &format!("name=\"{permission}\""), "</select>");
        between(select, "<option value=\"", "\" selected").rsplit("value=\"").next().unwrap_or_default().to_owned()
    };
    assert_eq!((chosen("read"), chosen("grant-roles")), ("own".into(), "all".into()), "what was chosen stands");
    assert!(refused.text.contains("Nothing was saved; your choices are kept."));
    assert_ne!(world.get("Dana", "/api/v1/people").status, 403, "nothing was saved");
}

#[test]
fn who_holds_no_role_is_told_whom_to_ask_and_whoever_invited_them_is_warned() {
    let world = world();
    let (ada, nobody) = (world.session("Ada"), world.session("Nobody"));
    assert_eq!(world.page(&nobody, "/").header("location"), "/without-role");
    let told = world.page(&nobody, "/without-role").text;
    assert!(told.contains("Nobody has given you a role yet") && told.contains("Ask Ada"), "{told}");
    assert_eq!(world.page(&ada, "/without-role").header("location"), "/");
    let reference = |name: &str| {
        let found = world.get("Ada", &format!("/api/v1/people?name={name}")).json;
        found["items"][0]["reference"].as_str().expect("a person").to_owned()
    };
    let path = format!("/people/{}", reference("Nobody"));
    let warned = "Nobody holds no role yet and would see nothing.";
    for page in [world.page(&ada, &path).text, world.form(&ada, &format!("{path}/invite"), "").text] {
        assert!(page.contains(warned) && page.contains(&format!("{path}/grant-roles\"")), "{page}");
    }
    assert!(!world.page(&ada, &format!("/people/{}", reference("Dana"))).text.contains("would see nothing"));
    for key in ["helper", "keeper"] {
        assert_eq!(world.post("Ada", "/api/v1/roles", &json!({ "key": key, "name": key })).status, 201);
    }
    let boxes = || {
        let form = world.page(&ada, &format!("{path}/grant-roles")).text;
        let all = form.split("<input").filter(|it| it.contains("name=\"roles\"") && it.contains("type=\"checkbox\""));
        all.map(|it| (between(it, "value=\"", "\"").to_owned(), between(it, "", ">").contains(" checked"))).collect::<Vec<_>>()
    };
    let offered = boxes();
    assert_eq!(offered.iter().map(|it| it.1).collect::<Vec<_>>(), [false, false], "none is held: {offered:?}");
    let given = world.form(&ada, &format!("{path}/grant-roles"), &format!("roles=&roles={}", offered[0].0.replace(' ', "+")));
    assert_eq!(given.status, 303, "{}", given.text);
    assert_eq!(boxes().iter().map(|it| it.1).collect::<Vec<_>>(), [true, false], "what is held is ticked");
    assert_eq!(world.page(&nobody, "/").header("location"), "/portal", "the role counts at once");
}

#[test]
fn many_are_granted_roles_by_ticking_them() {
    let world = world();
    let ada = world.session("Ada");
    for key in ["helper", "keeper"] {
        assert_eq!(world.post("Ada", "/api/v1/roles", &json!({ "key": key, "name": key })).status, 201);
    }
    let found = world.get("Ada", "/api/v1/people").json["items"].clone();
    let named = |name: &str| {
        let person = found.as_array().into_iter().flatten().find(|it| it["name"] == name).expect("a person");
        person["reference"].as_str().expect("a reference").to_owned()
    };
    let (nobody, max) = (named("Nobody"), named("Max"));
    let task = |more: &str| world.form(&ada, "/people/bulk", &format!("verb=grant-roles&pick={nobody}&pick={max}{more}")).text;
    let asked = task("");
    let boxes: Vec<_> = asked.split("<input").filter(|it| it.contains("name=\"roles\"") && it.contains("type=\"checkbox\"")).collect();
    assert_eq!(boxes.len(), 2, "{asked}");
    let ticked = boxes.iter().map(|it| format!("&roles={}", between(it, "value=\"", "\"").replace(' ', "+"))).collect::<String>();
    let before = task(&format!("&answered=true&roles={ticked}"));
    assert!(before.contains("2 people") && before.contains("name=\"step\" value=\"run\""), "{before}");
    let carried = between(&before, "name=\"roles\" value=\"", "\"").replace(' ', "+").replace('\n', "%0D%0A");
    task(&format!("&answered=true&step=run&roles={carried}"));
    for person in [&nobody, &max] {
        let now = world.get("Ada", &format!("/api/v1/people/{person}")).json;
        assert_eq!(now["roles"].as_array().map(Vec::len), Some(2), "{now}");
    }
}

#[test]
fn nothing_is_given_to_whoever_has_left() {
    let world = world();
    let max = world.get("Ada", "/api/v1/people?name=Max").json["items"][0]["reference"].as_str().expect("a person").to_owned();
    let ticket = world.post("Ada", "/api/v1/incidents", &json!({ "summary": "The gate prints nothing" })).json;
    let path = format!("/api/v1/incidents/{}/assign", ticket["reference"].as_str().expect("a ticket"));
    assert_eq!(world.post("Ada", &format!("/api/v1/people/{max}/leave"), &json!({})).status, 200);
    let refused = world.post("Ada", &path, &json!({ "assignee": max }));
    assert_eq!(refused.status, 422, "{}", refused.json);
    assert!(refused.json.to_string().contains("They have left."), "{}", refused.json);
    let new = world.post("Ada", "/api/v1/incidents", &json!({ "summary": "The gate is open", "assignee": max }));
    assert!(new.status == 422 && new.json.to_string().contains("They have left."), "{}", new.json);
    let offered = |name: &str| world.page(&world.session("Ada"), &format!("/lookup/people?q={name}")).text.matches("<li>").count();
    assert_eq!((offered("Max"), offered("Ada")), (0, 1), "nobody who left is offered");
}

#[test]
fn a_grant_begins_with_its_register() {
    let world = world();
    let ada = world.session("Ada");
    let made = world.post("Ada", "/api/v1/roles", &json!({ "key": "helper", "name": "Helper" })).json;
    let path = format!("/roles/{}", made["reference"].as_str().expect("a role"));
    let page = world.page(&ada, &format!("{path}/grant")).text;
    assert!(page.contains("<select") && page.contains(">Incidents</option>") && !page.contains("name=\"permission\""), "{page}");
    assert_eq!(world.page(&ada, &format!("{path}/grant?register=incidents")).header("location"), format!("{path}/grants/incidents"));
    assert!(matches!(world.page(&world.session("Dana"), &format!("{path}/grant")).status, 403 | 404));
}

#[test]
fn the_form_of_a_grant_offers_what_is_inner_whole_or_not_at_all() {
    let world = world();
    let made = world.post("Ada", "/api/v1/roles", &json!({ "key": "helper", "name": "Helper" })).json;
    let role = made["reference"].as_str().expect("a role");
    let page = world.page(&world.session("Ada"), &format!("/roles/{role}/grants/incidents")).text;
    let narrow = json!({ "register": "incidents", "permission": "internal", "rows": "team" });
    assert_eq!(world.post("Ada", &format!("/api/v1/roles/{role}/grant"), &narrow).status, 422);
    let offers = |permission: &str| {
        let field = page.split(&format!("name=\"{permission}\"")).nth(1).unwrap_or_else(|| panic!("{permission} stands on\n{page}"));
        field.split("</select>").next().unwrap_or_default().contains("Those of their teams")
    };
    assert!(offers("edit") && !offers("internal") && !offers("confidential"), "{page}");
}
