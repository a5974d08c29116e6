//! People and where they belong: one organisation at a time, invitations with their link, roles that begin like another.

use crate::world::{Browser, World, csrf};
use kernel::who::grants::role_grants;
use kernel::who::roles::overrides;
use serde_json::{Value as Json, json};

pub fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(found, _)| found)
}

async fn reference(world: &World, token: &str, path: &str) -> String {
    let found = world.ask(token, "GET", path, None).await.json();
    found["items"][0]["reference"].as_str().unwrap_or_else(|| panic!("{found}")).to_owned()
}

async fn made(world: &World, token: &str, path: &str, json: Json) -> String {
    let answer = world.ask(token, "POST", path, Some(json)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["reference"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_name_of_a_parents_team_stands_in_a_record_of_the_child_without_leading_there() {
    let world = World::new();
    let ada = world.token("Ada");
    let team = made(&world, &ada, "/api/v1/teams", json!({ "name": "Night shift" })).await;
    let thing = world.thing(&ada, json!({ "summary": "Pump", "team": team, "organisation": world.harbour })).await;
    let mut hugo = Browser::default();
    hugo.sign_in(&world, "Hugo").await;
    let page = hugo.get(&world, &format!("/things/{thing}")).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Night shift") && !page.text.contains(&format!("/teams/{team}")), "a name, and no way to its page");
    assert_eq!(hugo.get(&world, &format!("/teams/{team}")).await.status, 404);
    let mut ada = Browser::default();
    ada.sign_in(&world, "Ada").await;
    assert!(ada.get(&world, &format!("/things/{thing}")).await.text.contains(&format!("/teams/{team}")), "those above it go there");
    let mut eve = Browser::default();
    eve.sign_in(&world, "Eve").await;
    assert_eq!(eve.get(&world, &format!("/things/{thing}")).await.status, 404, "a stranger sees neither");
}

#[tokio::test]
async fn whoever_belongs_to_two_organisations_acts_in_one_and_sees_which() {
    let world = World::new();
    let ada = world.token("Ada");
    let above = world.thing(&ada, json!({ "summary": "Head office printer" })).await;
    let below = world.thing(&ada, json!({ "summary": "Quay lamp", "organisation": world.harbour })).await;
    let mia = reference(&world, &ada, "/api/v1/people?email=mia@vesthavn.example").await;
    let mut browser = Browser::default();
    browser.sign_in(&world, "Mia").await;
    assert!(!browser.get(&world, "/things").await.text.contains("Acting in"), "one organisation is not worth a word");
    let (path, two) = (format!("/api/v1/people/{mia}"), json!({ "organisations": [world.harbour] }));
    let changed = world.ask_with(&ada, "PATCH", &path, Some(two), &[("content-type", "application/merge-patch+json")]).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    let page = browser.get(&world, "/things").await.text;
    assert!(page.contains("Acting in Vesthavn") && page.contains("Act in Harbour office"), "{page}");
    assert!(page.contains(&above) && page.contains(&below), "from above one sees both");

    let (token, id) = (csrf(&page).unwrap(), between(&page, "name=\"organisation\" value=\"", "\"").to_owned());
    let done = browser.post(&world, "/me/organisation", &[("organisation", &id), ("csrf", &token)]).await;
    assert_eq!(done.status, 303, "{}", done.text);
    let page = browser.get(&world, "/things").await.text;
    assert!(page.contains("Acting in Harbour office") && page.contains(&below) && !page.contains(&above), "{page}");
    for wrong in ["1", "x", ""] {
        assert_eq!(browser.post(&world, "/me/organisation", &[("organisation", wrong), ("csrf", &token)]).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn an_invitation_shows_its_link_once_and_is_no_way_into_somebody_elses_account() {
    let world = World::new();
    let ada = world.token("Ada");
    let new = made(&world, &ada, "/api/v1/people", json!({ "name": "Nora", "email": "nora@vesthavn.example" })).await;
    let admin = reference(&world, &ada, "/api/v1/roles?key=administrator").await;
    let boss = made(&world, &ada, "/api/v1/people", json!({ "name": "Boss", "email": "boss@vesthavn.example", "roles": [admin] })).await;
    let rita = reference(&world, &ada, "/api/v1/people?email=rita@vesthavn.example").await;
    let mut mia = Browser::default();
    mia.sign_in(&world, "Mia").await;
    let token = csrf(&mia.get(&world, "/me").await.text).unwrap();
    let page = mia.post(&world, &format!("/people/{new}/invite"), &[("csrf", &token)]).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let link = format!("/invitation/{}", between(&page.text, "href=\"http://desk.example/invitation/", "\""));
    assert_eq!(
        page.text.matches(&format!("http://desk.example{link}")).count(),
        3,
        "in full, to follow, to read and to copy: {}",
        page.text
    );
    let opened = Browser::default().get(&world, &link).await;
    assert!(opened.status == 200 && opened.text.contains("Nora, choose the password"), "{}", opened.text);
    let record = mia.get(&world, &format!("/people/{new}")).await.text;
    assert!(record.contains("Invited") && !record.contains("/invitation/"), "the link stands nowhere else");

    for kept in [&rita, &boss] {
        let refused = mia.post(&world, &format!("/people/{kept}/invite"), &[("csrf", &token)]).await;
        assert!(refused.status == 409 && !refused.text.contains("/reset/") && !refused.text.contains("/invitation/"), "{}", refused.text);
    }
    let mut ada = Browser::default();
    ada.sign_in(&world, "Ada").await;
    let token = csrf(&ada.get(&world, "/me").await.text).unwrap();
    let again = ada.post(&world, &format!("/people/{rita}/invite"), &[("csrf", &token)]).await;
    assert!(again.text.contains("/reset/") && again.text.contains("Rita can choose a new password"), "{}", again.text);
    let mut axel = Browser::default();
    axel.sign_in(&world, "Axel").await;
    let token = csrf(&axel.get(&world, "/me").await.text).unwrap();
    assert_eq!(axel.post(&world, &format!("/people/{new}/invite"), &[("csrf", &token)]).await.status, 403, "agents do not invite");
}

#[tokio::test]
async fn a_role_of_ones_own_begins_like_one_that_ships() {
    let world = World::new();
    let ada = world.token("Ada");
    let grants = |key: &'static str| {
        let house = std::sync::Arc::clone(&world.app.house);
        world.app.db.read_wait(move |tx| Ok::<_, kernel::Error>(role_grants(&house, key, &overrides(tx)?))).unwrap()
    };
    made(&world, &ada, "/api/v1/roles", json!({ "key": "night-agent", "name": "Night agent", "begins_like": "agent" })).await;
    assert_eq!(grants("night-agent"), grants("agent"));
    made(&world, &ada, "/api/v1/roles", json!({ "key": "caller", "name": "Caller" })).await;
    assert_eq!(grants("caller"), grants("requester"), "unless said otherwise it only asks");
    let empty = made(&world, &ada, "/api/v1/roles", json!({ "key": "empty", "name": "Empty", "begins_like": "nothing" })).await;
    assert!(grants("empty").is_empty());
    let path = format!("/api/v1/roles/{empty}");
    let patched = world
        .ask_with(&ada, "PATCH", &path, Some(json!({ "begins_like": "agent" })), &[("content-type", "application/merge-patch+json")])
        .await;
    patched.is_problem(422, &["begins_like"]);
}

#[tokio::test]
async fn the_gallery_is_there_for_those_who_build_and_for_nobody_else() {
    let world = World::new();
    let mut ada = Browser::default();
    ada.sign_in(&world, "Ada").await;
    assert_eq!(ada.get(&world, "/ui").await.status, 404);
    assert_eq!(ada.fill(&world, "/settings", &[("whole", "1"), ("pages.gallery", "true")]).await.status, 303);
    let page = ada.get(&world, "/ui?theme=dark&density=compact").await;
    assert!(page.status == 200 && page.text.contains("data-theme=\"dark\" data-density=\"compact\""), "{}", page.text);
    assert_eq!(Browser::default().get(&world, "/ui").await.status, 303, "strangers sign in first");
}
