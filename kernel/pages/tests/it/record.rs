use crate::world::worlds;
use kernel::Error;
use serde_json::json;

#[test]
fn a_verb_asks_does_and_is_taken_back() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Flood" }));
        world.get("/risks/RSK-1").says("href=\"/risks/RSK-1/accept\"").says("action=\"/risks/RSK-1/close\"");
        world.get("/risks/RSK-1/accept").says("name=\"until\"");
        let refused = world.post("/risks/RSK-1/accept", json!({ "until": "soon" }));
        assert_eq!(refused.status, 422);
        refused.says("This must be a day that exists").says("value=\"soon\"");
        let done = world.post("/risks/RSK-1/accept", json!({ "until": "2027-01-01", "reason": "cheaper" }));
        assert_eq!((done.status, done.toast.as_str()), (303, "RSK-1 is now: accepted"));
        assert_eq!(world.risk("RSK-1").text("review_on"), "2027-01-01");
        let again = world.post("/risks/RSK-1/accept", json!({ "until": "2027-01-01" }));
        assert_eq!(again.status, 409);
        again.says("RSK-1 is accepted");
        let history = world.get("/risks/RSK-1/history");
        history.says("cheaper").says("<dt>State</dt>").says("Open").says("Accepted").says("/undo?act=").says("as_of=");
        assert_eq!(world.post(&done.undo, json!({})).toast, "RSK-1: taken back");
        let risk = world.risk("RSK-1");
        assert_eq!((risk.state.as_str(), risk.text("review_on")), ("open", ""));
    }
}

#[test]
fn a_record_is_shown_as_it_was() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Flood" }));
        world.house.clock.advance(3_600_000);
        world.post("/risks/RSK-1/edit", json!({ "summary": "Great flood" }));
        let then = kernel::time::rfc3339(world.house.clock.now() - 60_000).replace(':', "%3A");
        world.get(&format!("/risks/RSK-1?as_of={then}")).says("<h1>Flood</h1>").says("as it was on").hides("/risks/RSK-1/close");
        assert_eq!(world.get("/risks/RSK-1?as_of=2020-01-01").status, 404);
        world.get(&format!("/risks?as_of={then}")).says("Flood").hides("Great flood");
        world.get(&format!("/risks?as_of={then}&q=flo")).says("<h1>1 risk</h1>");
        world.get(&format!("/risks?as_of={then}&q=great")).says("No risks then");
        world.get(&format!("/risks?as_of={then}&q=great").replace(&then, "2099-01-01")).says("<h1>1 risk</h1>");
        world.get(&format!("/risks?as_of={then}&created_at__gte=2099-01-01")).says("No risks then");
    }
}

#[test]
fn as_of_a_day_is_as_it_was_at_its_end() {
    for world in worlds() {
        let day = kernel::time::rfc3339(world.house.clock.now())[..10].to_owned();
        world.make("risks", json!({ "summary": "Flood" }));
        world.house.clock.advance(24 * 3_600_000);
        world.post("/risks/RSK-1/edit", json!({ "summary": "Great flood" }));
        world.get("/risks").says("At the end of<input").says("name=\"as_of\"");
        world.get(&format!("/risks?as_of={day}")).says(">Flood<").says("23:59").hides("Great flood");
        world.get(&format!("/risks/RSK-1?as_of={day}")).says("<h1>Flood</h1>").says("23:59");
    }
}

#[test]
fn what_one_may_not_do_is_not_offered_and_not_done() {
    for world in worlds() {
        let mine = world.make("risks", json!({ "summary": "Mine", "owner": "Ines Carvalho", "gossip": "between us" }));
        let other = world.make("risks", json!({ "summary": "Theirs", "gossip": "between us" }));
        let (mine, other) = (format!("/risks/{}", mine.reference), format!("/risks/{}", other.reference));
        world.get_as("owner", &mine).expect("their own").says("between us").says("/edit").hides("/close");
        assert!(matches!(world.get_as("owner", &other), Err(Error::NotFound)));
        world.get_as("agent", &other).expect("an agent reads all").hides("between us").hides("accept");
        assert!(matches!(world.get_as("agent", &format!("{other}/retire")), Err(Error::Forbidden(_))));
        let refused = world.post_as("agent", &format!("{other}/retire"), json!({}));
        assert!(matches!(refused, Err(Error::Forbidden(_))) || refused.is_ok_and(|it| it.status == 403));
        assert!(matches!(world.get_as("nobody", "/risks"), Err(Error::NotFound)));
        assert!(matches!(world.get_as("agent", "/settings"), Err(Error::Forbidden(_))));
        world.get_as("agent", &format!("{other}?why=access")).expect("why").says("Can Ines Carvalho see").says("May read: all rows");
        world.get(&format!("{other}?why=access&of=PER-2")).says("Can Tomasz Wójcik see").says("<span class=\"v\">No</span>");
        world.get_as("agent", &format!("{other}?why=access&of=PER-2")).expect("why").hides("Can Tomasz");
        world
            .get_as("agent", &format!("{other}?why=score"))
            .expect("why")
            .says("Likelihood times five.")
            .says("Created")
            .says("Why is the score of");
        assert!(
            matches!(world.get_as("agent", &format!("{other}?why=gossip")), Err(Error::NotFound)),
            "what may not be read cannot be asked"
        );
        world.get_as("agent", &format!("{other}/history")).expect("history").hides("between us");
    }
}

#[test]
fn search_marks_words_and_groups_by_register() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Harbour flood", "story": "The quay stands under water" }));
        world.get("/search?q=flood").says("Harbour <mark>flood</mark>").says("<h2>Risks</h2>");
        world.get("/search?q=quay").says("<mark>quay</mark>").says("Story");
        world.get("/search?q=ines").says("/people/PER-1");
        world.get("/search?q=nonsense").says("No record has these words");
        world.get("/search/suggest?q=flo").says("/risks/RSK-1").hides("<html");
        world.get("/lookup/people?q=tomasz").says("Tomasz Wójcik (PER-2)");
        world.get("/lookup/people?q=per-2").says("Tomasz Wójcik (PER-2)").hides("PER-1");
        // A letter that every reference has names nobody by it.
        world.get("/lookup/people?q=e").says("Ines Carvalho").hides("Tomasz");
        world.get("/lookup/people?q=pe").hides("Ines Carvalho").hides("Tomasz");
        world.get("/lookup/people?q=2").says("Tomasz Wójcik (PER-2)").hides("PER-1");
        world.make("people", json!({ "name": "Anna Tomasson" }));
        let named = world.get("/lookup/people?q=tomas").html;
        assert!(named.find("Tomasz Wójcik") < named.find("Anna Tomasson"), "who begins so comes first: {named}");
    }
}

#[test]
fn a_shared_record_is_seen_and_its_history_says_so() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Flood" }));
        assert!(world.get_as("owner", "/risks/RSK-1").is_err());
        assert_eq!(world.post("/risks/RSK-1/share", json!({ "person": "Nobody Known" })).status, 422);
        assert_eq!(world.post("/risks/RSK-1/share", json!({ "person": "Ines Carvalho (PER-1)", "reason": "she asked" })).status, 303);
        assert_eq!(world.post("/risks/RSK-1/share", json!({ "person": "PER-1" })).status, 422, "twice");
        world.get_as("owner", "/risks/RSK-1").expect("shared with her").says("Flood");
        world.get("/risks/RSK-1/history").says("shared it").says("Shared with").says("she asked");
        let id = world.get("/risks/RSK-1/share").value("end");
        assert!(world.post_as("agent", "/risks/RSK-1/share", json!({ "end": id })).is_err());
        assert_eq!(world.post("/risks/RSK-1/share", json!({ "end": id })).status, 303);
        assert!(world.get_as("owner", "/risks/RSK-1").is_err());
    }
}

#[test]
fn a_page_names_who_leads_to_it_once_and_says_of_files_only_what_is_so() {
    for world in worlds() {
        world.make("people", json!({ "name": "Ada Byron", "roles": ["ROL-1"] }));
        let role = world.get("/roles/ROL-1/links");
        role.says("Ines Carvalho").says("Ada Byron").hides("Roles of ←").says("<td>People by roles</td>");
        assert_eq!(role.html.matches("<td>People by roles</td>").count(), 1);
        world.make("risks", json!({ "summary": "Flood" }));
        world.get("/risks/RSK-1/files").says("Internal: only for those who do the work").hides("not for the requester");
    }
}
