//! What one chooses for oneself is kept with the person, and every page is made so from the next request on.

use crate::world::{Browser, World, csrf};

async fn choose(browser: &mut Browser, world: &World, path: &str, fields: &[(&str, &str)]) -> u16 {
    let token = csrf(&browser.get(world, "/me").await.text).unwrap();
    let all: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", token.as_str())]).collect();
    browser.post(world, path, &all).await.status.as_u16()
}

#[tokio::test]
async fn the_screen_follows_the_person_to_another_browser() {
    let world = World::new();
    let (mut desk, mut phone) = (Browser::default(), Browser::default());
    desk.sign_in(&world, "Axel").await;
    assert_eq!(choose(&mut desk, &world, "/me/screen", &[("theme", "dark"), ("density", "compact")]).await, 303);
    assert_eq!(choose(&mut desk, &world, "/me/screen", &[("keys", "off")]).await, 303);
    phone.sign_in(&world, "Axel").await;
    let page = phone.get(&world, "/things").await.text;
    for said in ["data-theme=\"dark\"", "data-density=\"compact\"", "data-keys=\"off\""] {
        assert!(page.contains(said), "{said}");
    }
    assert_eq!(choose(&mut desk, &world, "/me/screen", &[("theme", "<script>")]).await, 303);
    let page = phone.get(&world, "/things").await.text;
    assert!(!page.contains("data-theme") && page.contains("data-keys=\"off\""), "a word that is none puts back what comes, of this alone");
}

#[tokio::test]
async fn a_key_of_ones_own_stands_in_every_hint_and_two_cannot_be_the_same() {
    let world = World::new();
    let mut browser = Browser::default();
    browser.sign_in(&world, "Axel").await;
    assert!(browser.get(&world, "/things").await.text.contains("<kbd>n</kbd>"));
    let token = csrf(&browser.get(&world, "/me").await.text).unwrap();
    let refused = browser.post(&world, "/me/keys", &[("key:n", "j"), ("csrf", &token)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("“j” is already “Next row”"), "{}", refused.text);
    assert!(!browser.get(&world, "/things").await.text.contains("data-key-map"), "nothing was kept");

    assert_eq!(choose(&mut browser, &world, "/me/keys", &[("key:n", "y"), ("key:j", "k"), ("key:k", "j")]).await, 303);
    let page = browser.get(&world, "/things").await.text;
    assert!(page.contains("data-key-map=\"j=k k=j n=y\"") && page.contains("<kbd>y</kbd>") && !page.contains("<kbd>n</kbd>"));
    assert!(page.contains("data-key=\"n\""), "elements go by the name of the scheme");
    assert!(browser.get(&world, "/keys").await.text.contains("<kbd>y</kbd></dt><dd>New"));

    assert_eq!(choose(&mut browser, &world, "/me/keys", &[("key:/things", "z"), ("key:e", "h")]).await, 303);
    let page = browser.get(&world, "/things").await.text;
    assert!(page.contains("data-go=\"z\"") && page.contains("data-key-map=\"e=h\""), "letters stand at the places they lead to");
    assert!(browser.get(&world, "/keys").await.text.contains("<kbd>z</kbd></dt><dd>Things"));
    assert!(browser.get(&world, "/me/keys").await.text.contains("value=\"z\""), "the form shows it");
    let refused = browser.post(&world, "/me/keys", &[("key:/things", "zz"), ("csrf", &token)]).await;
    assert!(refused.status == 422 && refused.text.contains("One small letter"), "{}", refused.text);
    assert_eq!(choose(&mut browser, &world, "/me/keys", &[("key:/things", "")]).await, 303);
    assert!(!browser.get(&world, "/keys").await.text.contains("<dd>Things"), "no letter leads there");

    assert_eq!(choose(&mut browser, &world, "/me/keys/reset", &[]).await, 303);
    assert!(!browser.get(&world, "/things").await.text.contains("data-key-map"));
}

#[tokio::test]
async fn dates_and_numbers_are_written_in_the_readers_zone_and_manner() {
    let world = World::new();
    let mut browser = Browser::default();
    browser.sign_in(&world, "Axel").await;
    let thing = world.thing(&world.token("Axel"), serde_json::json!({ "summary": "Crane", "due": "2025-10-02T22:30:00Z" })).await;
    let path = format!("/things/{thing}");
    assert!(browser.get(&world, &path).await.text.contains(">2 Oct 2025<"));
    assert_eq!(choose(&mut browser, &world, "/me/writing", &[("zone", "Europe/Copenhagen"), ("manner", "de")]).await, 303);
    let page = browser.get(&world, &path).await.text;
    assert!(page.contains(">3. Okt. 2025<"), "another day there");
    assert!(page.contains(" data-zone=\"Europe/Copenhagen\""), "scripts tell the time of day there");
    assert!(page.contains("title=\"Fr 3. Okt. 2025 00:30:00 CEST\""), "the exact time on hover");
    let token = csrf(&browser.get(&world, "/me").await.text).unwrap();
    let refused = browser.post(&world, "/me/writing", &[("zone", "Moon/Base"), ("manner", "fr"), ("csrf", &token)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("value=\"Moon/Base\""), "what is wrong stands there to be mended");
    assert!(browser.get(&world, &path).await.text.contains(">3. Okt. 2025<"), "a zone that is none changes nothing");
    let zones = browser.get(&world, "/me/zones?zone=new+york").await.text;
    assert!(zones.contains("America/New_York") && !zones.contains("<html"), "{zones}");
}
