//! Two tickets become one.

use crate::world::world;
use desk::ticket::{message, place_of_draft};
use kernel::Error;
use serde_json::json;

#[test]
fn messages_watchers_times_and_drafts_move_and_the_reference_leads_on() {
    let world = world();
    let one = world.incident("Bao", json!({ "summary": "No mail" }));
    let two = world.incident("Bea", json!({ "summary": "Mail is down" }));
    world.does("Bao", &one, "reply", json!({ "text": "hello" }));
    world.does("Ravi", &one, "watch", json!({}));
    world.does("Dana", &one, "add-time", json!({ "duration": "PT10M" }));
    let (from, to) = (world.ticket(&one), world.ticket(&two));
    let place = place_of_draft(&from);
    let person = world.view("Dana").person;
    let typed = move |act: &mut kernel::Act| {
        let sql = "insert into draft (person, place, content, saved_at) values (?1, ?2, ?3, 0)";
        Ok(act.tx.run(sql, &[person.into(), place.as_str().into(), "{\"text\":\"half a sentence\"}".into()])?)
    };
    world.write("house", typed).expect("a draft");
    world.does("Dana", &one, "merge", json!({ "into": two }));

    assert_eq!(world.sees("Dana", &one).expect("it leads on").reference, two);
    let survivor = world.ticket(&two);
    assert_eq!(survivor.int("time_spent"), Some(600));
    let watchers = [world.view("Bao").person, world.view("Ravi").person];
    assert!(watchers.iter().all(|it| survivor.get("watchers").ids().contains(it)));
    let said = world.db.read_wait(move |tx| message::of_ticket(tx, to.id, true)).expect("messages");
    assert_eq!(said.iter().map(|it| it.body.as_str()).collect::<Vec<_>>(), ["hello"]);
    let place = place_of_draft(&survivor);
    let drafts =
        world.read("house", move |tx, _, _| Ok(tx.all("select content from draft where place = ?1", &[place.as_str().into()])?.len()));
    assert_eq!(drafts.expect("drafts"), 1);
    assert_eq!(world.sees("Bao", &one).expect("who asked still sees what comes of it").reference, two);
    let hello = world.read("Dana", move |tx, house, view| kernel::search::find(tx, house, view, "hello", None, 10));
    assert!(hello.expect("a search").iter().any(|hit| hit.record.reference == two), "what was said is found at the survivor");

    world.does("Dana", &one, "reply", json!({ "text": "later, to the old number" }));
    let said = world.db.read_wait(move |tx| message::of_ticket(tx, to.id, true)).expect("messages");
    assert_eq!(said.len(), 2);
    let gone = world.ticket(&format!("{one}M"));
    assert_eq!((gone.state.as_str(), gone.int("merged_into"), gone.retired_at.is_some()), ("closed", Some(to.id), true));
    world.verified();
}

#[test]
fn merging_never_goes_in_a_circle_nor_across_kinds_nor_into_itself() {
    let world = world();
    let one = world.incident("Dana", json!({ "summary": "One" }));
    let two = world.incident("Dana", json!({ "summary": "Two" }));
    let three = world.incident("Dana", json!({ "summary": "Three" }));
    let request = world.make("Dana", "requests", json!({ "summary": "A new mouse" })).reference;
    let refused = |from: &str, into: &str| matches!(world.tries("Dana", from, "merge", json!({ "into": into })), Err(Error::Invalid(_)));
    assert!(refused(&one, &one) && refused(&one, &request));
    world.does("Dana", &one, "merge", json!({ "into": two }));
    assert!(refused(&two, &one), "one lives on in two");
    assert!(refused(&two, &format!("{one}M")));
    world.does("Dana", &two, "merge", json!({ "into": three }));
    assert_eq!(world.sees("Dana", &one).expect("it leads on").reference, three, "references lead to the last survivor");
    world.verified();
}

#[test]
fn of_two_who_merge_each_into_the_other_at_once_one_succeeds() {
    let world = world();
    for _ in 0..5 {
        let one = world.incident("Dana", json!({ "summary": "One" }));
        let two = world.incident("Dana", json!({ "summary": "Two" }));
        let merged = std::thread::scope(|scope| {
            let there = scope.spawn(|| world.tries("Dana", &one, "merge", json!({ "into": two })).is_ok());
            let back = scope.spawn(|| world.tries("Ravi", &two, "merge", json!({ "into": one })).is_ok());
            [there, back].map(|it| it.join().expect("it answers"))
        });
        assert_eq!(merged.iter().filter(|ok| **ok).count(), 1, "{merged:?}");
        let lives = if merged[0] { &two } else { &one };
        assert_eq!(world.sees("Dana", &one).expect("one").reference, *lives);
        assert_eq!(world.sees("Dana", &two).expect("two").reference, *lives);
    }
    world.verified();
}
