//! Who comes in, and who does not.

use crate::world::{Browser, PASSWORD, World, csrf, email};
use kernel::who::one_time::Purpose;
use server::Settings;

#[tokio::test]
async fn a_password_signs_in_and_the_session_can_be_ended() {
    let world = World::new();
    let mut browser = Browser::default();
    let stranger = browser.get(&world, "/things?state=open").await;
    assert_eq!((stranger.status.as_u16(), stranger.header("location")), (303, "/signin?next=%2Fthings%3Fstate%3Dopen"));
    let entered = browser.sign_in(&world, "Axel").await;
    assert_eq!((entered.status.as_u16(), entered.header("location")), (303, "/"));
    let cookie = entered.headers.get_all("set-cookie").iter().find(|it| it.to_str().unwrap().starts_with("reeve_session=")).unwrap();
    assert!(cookie.to_str().unwrap().contains("HttpOnly; SameSite=Lax"));
    let page = browser.get(&world, "/me").await;
    assert_eq!(page.status, 200, "{}", page.text);
    let (text, before) = (page.text.clone(), browser.cookies.clone());
    let out = browser.post(&world, "/signout", &[("csrf", &csrf(&text).unwrap())]).await;
    assert_eq!(out.header("location"), "/signin");
    let mut thief = Browser { cookies: before };
    assert_eq!(thief.get(&world, "/me").await.status, 303, "a session that was ended opens nothing");
}

#[tokio::test]
async fn of_two_sign_ins_opened_side_by_side_each_works() {
    let world = World::new();
    let mut browser = Browser::default();
    let first = csrf(&browser.get(&world, "/signin").await.text).expect("a form");
    browser.cookies.clear();
    browser.get(&world, "/signin").await;
    let (address, token) = (email("Axel"), first.as_str());
    let fields = [("email", address.as_str()), ("password", PASSWORD), ("csrf", token)];
    assert_eq!(browser.post(&world, "/signin", &fields).await.status, 403, "nobody vouches for it");
    let entered = browser.post_with(&world, "/signin", &fields, &[("sec-fetch-site", "same-origin")]).await;
    assert_eq!((entered.status.as_u16(), entered.header("location")), (303, "/"));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_read_the_same() {
    let world = World::new();
    let mut browser = Browser::default();
    let wrong = browser.fill(&world, "/signin", &[("email", &email("Axel")), ("password", "nine small boats")]).await;
    let unknown = browser.fill(&world, "/signin", &[("email", &email("Nobody")), ("password", "nine small boats")]).await;
    assert_eq!((wrong.status.as_u16(), unknown.status.as_u16()), (422, 422));
    let same = |text: &str| text.replace("axel", "").replace("nobody", "");
    assert_eq!(same(&wrong.text), same(&unknown.text));
    assert!(browser.cookies.iter().all(|(name, _)| name != "reeve_session"));
}

#[tokio::test]
async fn too_many_wrong_passwords_lock_the_account_for_a_while() {
    let world = World::with(Settings { sign_in_burst: 1_000, ..Settings::default() });
    let mut browser = Browser::default();
    for _ in 0..8 {
        let wrong = browser.fill(&world, "/signin", &[("email", &email("Axel")), ("password", "x")]).await;
        assert_eq!(wrong.status, 422);
    }
    let locked = browser.sign_in(&world, "Axel").await;
    assert_eq!(locked.status, 429);
    assert_ne!(locked.header("retry-after"), "");
    let mut unknown = Vec::new();
    for _ in 0..9 {
        unknown.push(browser.fill(&world, "/signin", &[("email", &email("Nobody")), ("password", "x")]).await.status.as_u16());
    }
    assert_eq!(unknown, [422, 422, 422, 422, 422, 422, 422, 422, 429], "an address that nobody has waits alike");
    assert_eq!(browser.sign_in(&world, "Mia").await.status, 303, "others come in");
    world.clock.advance(16 * 60 * 1000);
    assert_eq!(Browser::default().sign_in(&world, "Axel").await.status, 303);
}

#[tokio::test]
async fn tries_are_limited_also_for_addresses_that_do_not_exist() {
    let world = World::with(Settings { sign_in_burst: 3, ..Settings::default() });
    let mut browser = Browser::default();
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(browser.fill(&world, "/signin", &[("email", "nobody@nowhere.example"), ("password", "x")]).await.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 422, 429]);
}

#[tokio::test]
async fn a_form_without_the_token_or_from_another_site_is_refused() {
    let world = World::new();
    let mut browser = Browser::default();
    browser.sign_in(&world, "Mia").await;
    let token = csrf(&browser.get(&world, "/me").await.text).unwrap();
    let fields = [("theme", "dark"), ("csrf", token.as_str())];
    assert_eq!(browser.post(&world, "/me/screen", &[("theme", "dark")]).await.status, 403);
    assert_eq!(browser.post(&world, "/me/screen", &[("theme", "dark"), ("csrf", "x")]).await.status, 403);
    let from = |name, value| [(name, value)];
    assert_eq!(browser.post_with(&world, "/me/screen", &fields, &from("sec-fetch-site", "cross-site")).await.status, 403);
    assert_eq!(browser.post_with(&world, "/me/screen", &fields, &from("origin", "https://evil.example")).await.status, 403);
    assert_eq!(browser.post_with(&world, "/things/new", &[("summary", "x")], &from("origin", "https://desk.example")).await.status, 403);
    let header = [("x-csrf-token", token.as_str()), ("origin", "https://desk.example")];
    assert_eq!(browser.post_with(&world, "/me/screen", &[("theme", "dark")], &header).await.status, 303);
    let page = browser.get(&world, "/me").await;
    assert!(page.text.contains("data-theme=\"dark\""), "the change took effect at once");
    assert!(page.text.contains("Your screen is as you chose"), "the toast is shown");
    assert!(!browser.get(&world, "/me").await.text.contains("Your screen is as you chose"), "and only once");
}

#[tokio::test]
async fn sessions_end_by_time_and_by_hand_elsewhere() {
    let world = World::new();
    let (mut desk, mut phone) = (Browser::default(), Browser::default());
    desk.sign_in(&world, "Axel").await;
    phone.sign_in(&world, "Axel").await;
    let token = csrf(&desk.get(&world, "/me").await.text).unwrap();
    assert_eq!(desk.post(&world, "/me/sessions/end-others", &[("csrf", &token)]).await.status, 303);
    assert_eq!(phone.get(&world, "/me").await.status, 303, "ended from the desk");
    world.clock.advance(11 * 3600 * 1000);
    assert_eq!(desk.get(&world, "/me").await.status, 200, "used within the idle time");
    world.clock.advance(11 * 3600 * 1000);
    assert_eq!(desk.get(&world, "/me").await.status, 200, "each use counts");
    world.clock.advance(13 * 3600 * 1000);
    assert_eq!(desk.get(&world, "/me").await.status, 303, "not used for too long");
}

#[tokio::test]
async fn signing_in_gives_a_new_session_each_time() {
    let world = World::new();
    let mut browser = Browser { cookies: vec![("reeve_session".into(), "chosen-by-an-attacker".into())] };
    browser.sign_in(&world, "Axel").await;
    let first = browser.cookies.iter().find(|(name, _)| name == "reeve_session").unwrap().1.clone();
    assert_ne!(first, "chosen-by-an-attacker");
    let mut old = Browser { cookies: browser.cookies.clone() };
    browser.sign_in(&world, "Axel").await;
    assert_eq!(old.get(&world, "/me").await.status, 303, "the session before ended");
}

#[tokio::test]
async fn a_link_signs_in_once_and_opening_it_uses_nothing_up() {
    let world = World::new();
    let link = world.link("Rita", Purpose::SignIn);
    let mut scanner = Browser::default();
    for _ in 0..3 {
        assert_eq!(scanner.get(&world, &link).await.status, 200);
    }
    let mut browser = Browser::default();
    assert_eq!(browser.fill(&world, &link, &[]).await.status, 303);
    assert_eq!(browser.get(&world, "/me").await.status, 200);
    let again = Browser::default().get(&world, &link).await;
    assert_eq!(again.status, 410, "{}", again.text);
    let late = world.link("Rita", Purpose::SignIn);
    world.clock.advance(25 * 3600 * 1000);
    assert_eq!(Browser::default().get(&world, &late).await.status, 410);
    let other = world.link("Rita", Purpose::Reset);
    let secret = other.rsplit('/').next().unwrap();
    assert_eq!(Browser::default().get(&world, &format!("/once/{secret}")).await.status, 410, "a link is for one purpose");
}

#[tokio::test]
async fn a_reset_sets_the_password_ends_sessions_and_works_once() {
    let world = World::new();
    let mut before = Browser::default();
    before.sign_in(&world, "Axel").await;
    let link = world.link("Axel", Purpose::Reset);
    let mut browser = Browser::default();
    assert_eq!(browser.fill(&world, &link, &[("password", "short")]).await.status, 422, "a weak one is refused and the link kept");
    assert_eq!(browser.fill(&world, &link, &[("password", "eleven large boats")]).await.status, 303);
    assert_eq!(before.get(&world, "/me").await.status, 303, "other sessions ended");
    assert_eq!(Browser::default().sign_in(&world, "Axel").await.status, 422, "the old password is gone");
    let new = Browser::default().fill(&world, "/signin", &[("email", &email("Axel")), ("password", "eleven large boats")]).await;
    assert_eq!(new.status, 303);
    assert_eq!(Browser::default().get(&world, &link).await.status, 410);
}

#[tokio::test]
async fn a_change_of_role_takes_effect_at_once() {
    let world = World::new();
    let mut browser = Browser::default();
    browser.sign_in(&world, "Axel").await;
    assert_eq!(browser.get(&world, "/things").await.status, 200);
    world.act(|act| {
        let people = &people::person::REGISTER;
        let view = act.view;
        let axel = kernel::register::resolve(act.tx, act.house, view, people, &email("Axel"))?.unwrap();
        let record = kernel::register::by_id(act.tx, act.house, view, people, axel)?;
        let fields = crate::world::object(serde_json::json!({ "roles": [] }));
        let sent = kernel::register::Sent { fields: &fields, source: kernel::register::Source::Api };
        kernel::register::edit(act, people, &record.reference, sent, None).map(drop)
    });
    assert_eq!(browser.get(&world, "/things").await.status, 404);
}

#[tokio::test]
async fn nothing_secret_is_stored_as_it_is() {
    let world = World::new();
    let mut browser = Browser::default();
    browser.sign_in(&world, "Axel").await;
    let token = world.token("Axel");
    let link = world.link("Axel", Purpose::SignIn);
    let session = browser.cookies.iter().find(|(name, _)| name == "reeve_session").unwrap().1.clone();
    let stored = world.act(|act| {
        let mut all = String::new();
        for sql in [
            "select digest, agent from session",
            "select digest, name from api_token",
            "select digest, purpose from one_time",
            "select coalesce(password, ''), email from account",
        ] {
            for row in act.tx.all(sql, &[])? {
                all.push_str(row.text(0)?);
                all.push_str(row.text(1)?);
            }
        }
        Ok(all)
    });
    for secret in [session.as_str(), &token, link.rsplit('/').next().unwrap(), PASSWORD] {
        assert!(!stored.contains(secret), "{secret} is stored");
    }
}
