use crate::world::{World, worlds};
use serde_json::json;

fn risks(world: &World) {
    for summary in ["Flood", "Fire", "stubborn rust"] {
        world.make("risks", json!({ "summary": summary }));
    }
}

#[test]
fn a_preview_keeps_nothing_and_a_run_does_what_it_said() {
    for world in worlds() {
        risks(&world);
        let all = json!(["RSK-1", "RSK-2", "RSK-3"]);
        let preview = world.post("/risks/bulk", json!({ "verb": "close", "pick": all }));
        preview.says("This is what would happen").says("A stubborn risk cannot be closed.").says("Close 2 risks").says("<ins>Closed</ins>");
        assert_eq!(world.risk("RSK-1").state, "open");
        let run = json!({ "verb": "close", "pick": ["RSK-1", "RSK-2"], "step": "run", "answered": "true", "query": "hits=money" });
        let done = world.post("/risks/bulk", run);
        done.says("Close 2 risks: done").says("Undo all 2").says("/risks?hits=money");
        assert_eq!((world.risk("RSK-1").state.as_str(), world.risk("RSK-3").state.as_str()), ("closed", "open"));
        let acts: Vec<String> =
            done.html.split("name=\"done\" value=\"").skip(1).map(|it| it.split('"').next().unwrap_or("").into()).collect();
        assert_eq!(acts.len(), 2);
        let undone = world.post("/risks/bulk/undo", json!({ "done": acts }));
        assert_eq!(undone.toast, "2 risks: taken back");
        assert_eq!(world.risk("RSK-2").state, "open");
    }
}

#[test]
fn a_portion_in_which_one_is_refused_is_not_kept() {
    for world in worlds() {
        risks(&world);
        let refused = world.post("/risks/bulk", json!({ "verb": "close", "pick": ["RSK-1", "RSK-3"], "step": "run" }));
        assert_eq!(refused.status, 409);
        refused.says("Nothing was changed").says("Close the other 1 risk").says("A stubborn risk cannot be closed.");
        assert_eq!(world.risk("RSK-1").state, "open");
    }
}

#[test]
fn one_field_of_many_is_asked_previewed_and_changed() {
    for world in worlds() {
        risks(&world);
        world.post("/risks/bulk", json!({ "all": "true", "query": "" })).says("What to do with 3 risks?");
        let which = world.post("/risks/bulk", json!({ "verb": "edit", "pick": ["RSK-1", "RSK-2"] }));
        which.says("name=\"field\"").says("value=\"owner\"").hides("value=\"score\"");
        let value = world.post("/risks/bulk", json!({ "verb": "edit", "pick": ["RSK-1", "RSK-2"], "field": "owner" }));
        value.says("name=\"owner\"");
        let typed = json!({ "verb": "edit", "pick": ["RSK-1", "RSK-2"], "field": "owner", "answered": "true", "owner": "PER-2" });
        world.post("/risks/bulk", typed).says("<ins>Tomasz Wójcik</ins>");
        let likelier = json!({ "verb": "edit", "pick": "RSK-1", "field": "likelihood", "answered": "true", "likelihood": "4" });
        world.post("/risks/bulk", likelier).says("Score: <del>10</del> → <ins>20</ins>");
        let run = json!({ "verb": "edit", "pick": "RSK-1", "field": "owner", "answered": "true", "owner": "PER-2", "step": "run" });
        world.post("/risks/bulk", run).says("Undo all 1");
        assert!(world.risk("RSK-1").int("owner").is_some() && world.risk("RSK-2").int("owner").is_none());
        assert!(world.post_as("administrator", "/risks/bulk", json!({ "verb": "burn", "pick": "RSK-1" })).is_err(), "not for many");
        assert!(world.post_as("owner", "/risks/bulk", json!({ "verb": "close", "pick": "RSK-1" })).is_err(), "not permitted");
    }
}

#[test]
fn an_answer_that_does_for_none_is_asked_again() {
    for world in worlds() {
        risks(&world);
        world.make("risks", json!({ "summary": "Ended" }));
        world.post("/risks/bulk", json!({ "verb": "close", "pick": ["RSK-4"], "step": "run", "answered": "true" }));
        let until = |until: &str| {
            let all = json!(["RSK-4", "RSK-1", "RSK-2"]);
            world.post("/risks/bulk", json!({ "verb": "accept", "pick": all, "answered": "true", "reason": "as agreed", "until": until }))
        };
        let empty = until("");
        assert_eq!(empty.status, 422);
        empty.says("name=\"until\"").says("aria-invalid").says("as agreed").hides("What would happen");
        let wrong = until("soon");
        assert_eq!(wrong.status, 422);
        wrong.says("This must be a day that exists").says("value=\"soon\"").says("value=\"RSK-2\"");
        until("2027-01-31").says("This is what would happen");
    }
}

#[test]
fn many_run_as_a_job_in_which_one_refusal_stops_no_other() {
    for world in worlds() {
        let name = |number| if number == 7 { "stubborn rust".to_owned() } else { format!("Risk {number}") };
        let picks: Vec<String> = (0..60).map(|number| world.make("risks", json!({ "summary": name(number) })).reference).collect();
        let started = world.post("/risks/bulk", json!({ "verb": "close", "pick": picks, "step": "run", "reason": "year end" }));
        assert!(started.to.starts_with("/risks/bulk/"), "{}", started.to);
        world.get(&started.to).says("Close 60 risks: under way");
        world.run_jobs();
        let ended = world.get(&started.to);
        ended.says("Close 60 risks: done").says("1 refused").says("/risks/RSK-8").says("Undo all 59");
        assert_eq!((world.risk("RSK-60").state.as_str(), world.risk("RSK-8").state.as_str()), ("closed", "open"));
        world.get("/risks/RSK-60/history").says("year end").says("one of many at once");
        let acts: Vec<String> =
            ended.html.split("name=\"done\" value=\"").skip(1).map(|it| it.split('"').next().unwrap_or("").into()).collect();
        let undoing = world.post("/risks/bulk/undo", json!({ "done": acts }));
        world.run_jobs();
        world.get(&undoing.to).says("Undo 59 risks: done").hides("refused");
        assert_eq!(world.risk("RSK-60").state, "open");
        assert!(world.get_as("nobody", "/risks/bulk/1").is_err());
    }
}
