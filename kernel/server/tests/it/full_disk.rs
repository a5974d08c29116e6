//! A disk that is full: what does not fit is refused and says so, what was acknowledged stays, and work goes on once there is room.

use crate::world::{Answer, Browser, World};
use db::Engine;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// More than a database ever has, in pages.
const ROOM: i64 = 1_000_000_000;

/// Lets the database file grow by so many pages and no more, as a full disk does.
fn leave(world: &World, pages: i64) {
    let done = world.app.db.write_wait(move |tx| {
        let most = tx.one("pragma page_count", &[])?.int(0)? + pages;
        tx.all(&format!("pragma max_page_count = {most}"), &[])
    });
    done.expect("the limit is set");
}

/// Many programs make things at the same time, so that several share a commit. Gives what each was answered.
async fn make(world: &Arc<World>, token: &str, count: usize, notes: &str) -> Vec<Answer> {
    let mut making = tokio::task::JoinSet::new();
    for at in 0..count {
        let (world, token) = (Arc::clone(world), token.to_owned());
        let body = json!({ "summary": format!("Crate {at} of {}", notes.len()), "notes": notes });
        making.spawn(async move { world.ask(&token, "POST", "/api/v1/things", Some(body)).await });
    }
    making.join_all().await
}

fn references(answers: &[Answer]) -> impl Iterator<Item = String> + '_ {
    let made = answers.iter().filter(|it| it.status == 201);
    made.map(|it| it.json()["reference"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_and_loses_nothing() {
    let world = Arc::new(World::new());
    if world.app.db.engine() == Engine::Postgres {
        // Its disk is the server's own, and cannot be filled for a test without harming others.
        return;
    }
    let mia = world.token("Mia");
    let mut browser = Browser::default();
    browser.sign_in(&world, "Mia").await;
    let notes = "It is heavy and stands in the way. ".repeat(500);
    let mut acknowledged: BTreeSet<String> = references(&make(&world, &mia, 5, &notes).await).collect();
    assert_eq!(acknowledged.len(), 5);

    leave(&world, 30);
    let answers = make(&world, &mia, 40, &notes).await;
    let refused: Vec<&Answer> = answers.iter().filter(|it| it.status != 201).collect();
    assert!(!refused.is_empty() && refused.len() < 40, "some fitted and some did not: {}", refused.len());
    for answer in refused {
        answer.is_problem(503, &[]);
        assert!(answer.json()["detail"].as_str().unwrap_or_default().contains("no space left; nothing was changed"), "{}", answer.text);
        assert_eq!(answer.header("retry-after"), "5");
    }
    acknowledged.extend(references(&answers));

    leave(&world, 0);
    let page = browser.fill(&world, "/things/new", &[("summary", "Crate from a page"), ("notes", &notes)]).await;
    assert_eq!(page.status, 503, "{}", page.text);
    assert!(page.text.contains("no space left"), "{}", page.text);
    let list = world.ask(&mia, "GET", "/api/v1/things?limit=200", None).await;
    assert_eq!((list.status.as_u16(), list.json()["items"].as_array().map_or(0, Vec::len)), (200, acknowledged.len()), "reads go on");
    assert_eq!(browser.get(&world, "/things").await.status, 200, "pages are read as before");

    leave(&world, ROOM);
    let after = make(&world, &mia, 5, &notes).await;
    assert!(after.iter().all(|it| it.status == 201), "writes go on when there is room");
    acknowledged.extend(references(&after));
    let list = world.ask(&mia, "GET", "/api/v1/things?limit=200", None).await.json();
    let there: BTreeSet<String> =
        list["items"].as_array().into_iter().flatten().map(|it| it["reference"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(there, acknowledged, "all that was acknowledged, and nothing else");
    for reference in &acknowledged {
        let history = world.ask(&mia, "GET", &format!("/api/v1/things/{reference}/journal"), None).await.json();
        assert_eq!(history["items"].as_array().map_or(0, Vec::len), 1, "{reference} was journalled once");
    }
}
