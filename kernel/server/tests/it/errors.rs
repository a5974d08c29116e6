//! Error pages: what was typed is not lost, what one may not see is not there, and a fault is told to people as a page.

use crate::world::{Browser, PASSWORD, World, csrf, email};
use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use server::Settings;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

const OURS: [(&str, &str); 1] = [("sec-fetch-site", "same-origin")];

/// The values of hidden fields of a page, by name.
fn hidden(page: &str) -> Vec<(String, String)> {
    let plain = |text: &str| text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    let one = |part: &str| {
        let (name, rest) = part.split_once('"')?;
        Some((name.to_owned(), plain(rest.strip_prefix(" value=\"")?.split('"').next()?)))
    };
    page.split("type=\"hidden\" name=\"").skip(1).filter_map(one).collect()
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn what_was_typed_when_a_session_ended_waits_behind_the_sign_in() {
    let world = World::new();
    let mut browser = Browser::default();
    browser.sign_in(&world, "Axel").await;
    let token = csrf(&browser.get(&world, "/things/new").await.text).unwrap();
    world.clock.advance(13 * 3600 * 1000);
    let typed = [("summary", "Crane <3> & \"hook\""), ("csrf", token.as_str())];
    let asked = browser.post_with(&world, "/things/new", &typed, &OURS).await;
    assert_eq!(asked.status, 401);
    assert!(asked.text.contains("this was not sent"), "{}", asked.text);

    let mut form = hidden(&asked.text);
    form.extend([("email".into(), email("Axel")), ("password".into(), "wrong".into())]);
    let again = browser.post_with(&world, "/signin", &borrowed(&form), &OURS).await;
    assert_eq!(again.status, 422, "a wrong password loses nothing");
    let mut form = hidden(&again.text);
    form.extend([("email".into(), email("Axel")), ("password".into(), PASSWORD.into())]);
    let waiting = browser.post_with(&world, "/signin", &borrowed(&form), &OURS).await;
    assert_eq!(waiting.status, 200, "{}", waiting.text);
    assert!(waiting.text.contains("Crane &lt;3&gt; &amp; &quot;hook&quot;"), "{}", waiting.text);
    assert!(!waiting.text.contains("wrong"), "the password is no part of it");

    let made = browser.post_with(&world, "/things/new", &borrowed(&hidden(&waiting.text)), &OURS).await;
    assert_eq!(made.status, 303, "{}", made.text);
    assert!(browser.get(&world, made.header("location")).await.text.contains("Crane &lt;3&gt;"));
}

#[tokio::test]
async fn what_another_site_sends_is_not_kept_for_anybody() {
    let world = World::new();
    let mut browser = Browser::default();
    for headers in [&[("sec-fetch-site", "cross-site")][..], &[("origin", "https://evil.example")], &[]] {
        let answer = browser.post_with(&world, "/things/new", &[("summary", "Mine")], headers).await;
        assert_eq!(answer.status, 303, "{headers:?}");
    }
    let secret = [("present", PASSWORD), ("password", "ten small boats")];
    assert_eq!(browser.post_with(&world, "/me/password", &secret, &OURS).await.status, 303, "passwords stand on no page");
}

#[tokio::test]
async fn a_record_that_is_not_there_and_one_that_is_hidden_read_the_same() {
    let world = World::new();
    let reference = world.thing(&world.token("Hugo"), json!({ "summary": "Harbour crane" })).await;
    let mut stranger = Browser::default();
    stranger.sign_in(&world, "Eve").await;
    let hidden = stranger.get(&world, &format!("/things/{reference}")).await;
    let absent = stranger.get(&world, "/things/THG-4711").await;
    assert_eq!((hidden.status.as_u16(), absent.status.as_u16()), (404, 404));
    let plain = |text: &str, named: &str| {
        let text = text.replace(named, "THE ONE");
        let at = text.find("Reference ").expect("a reference");
        text[..at].to_owned()
    };
    assert_eq!(plain(&hidden.text, &reference), plain(&absent.text, "THG-4711"));
    assert!(hidden.text.contains("Either way this page says the same"));
}

#[tokio::test]
async fn a_mistyped_number_offers_those_that_one_may_see() {
    let world = World::new();
    let token = world.token("Hugo");
    for number in 1..=21 {
        world.thing(&token, json!({ "summary": format!("Number {number}") })).await;
    }
    let mut hugo = Browser::default();
    hugo.sign_in(&world, "Hugo").await;
    let page = hugo.get(&world, "/things/THG-211").await;
    assert_eq!(page.status, 404);
    assert!(page.text.contains("href=\"/things/THG-21\"") && page.text.contains("Number 21"), "{}", page.text);
    let mut eve = Browser::default();
    eve.sign_in(&world, "Eve").await;
    assert!(!eve.get(&world, "/things/THG-211").await.text.contains("Number 21"), "what is kept from her is not offered");
}

#[tokio::test]
async fn a_form_that_is_refused_shows_what_was_typed() {
    let world = World::new();
    let reference = world.thing(&world.token("Axel"), json!({ "summary": "Crane" })).await;
    let path = format!("/things/{reference}/burst");
    let mut browser = Browser::default();
    browser.sign_in(&world, "Axel").await;
    let before = csrf(&browser.get(&world, "/me").await.text).unwrap();
    browser.sign_in(&world, "Axel").await;
    let now = csrf(&browser.get(&world, "/me").await.text).unwrap();
    let why = ("why", "Because the hook came off");
    let anew = browser.post_with(&world, &path, &[("csrf", before.as_str()), why], &OURS).await;
    assert_eq!(anew.status, 403);
    assert!(anew.text.contains(why.1) && anew.text.contains("Send it"), "{}", anew.text);
    assert!(hidden(&anew.text).contains(&("csrf".into(), now.clone())), "the form that waits is one of this session");
    let fault = browser.post_with(&world, &path, &[("csrf", now.as_str()), why], &OURS).await;
    assert_eq!(fault.status, 500);
    assert!(fault.text.contains(why.1) && fault.text.contains("What you typed stands below"), "{}", fault.text);
    assert!(fault.text.contains("Send it again") && fault.text.contains("Reference "), "{}", fault.text);
}

#[tokio::test]
async fn what_takes_too_long_is_told_to_people_as_a_page() {
    let world = World::with(Settings { request_time: Duration::from_millis(20), ..Settings::default() });
    let endless = |accept: &'static str| {
        let request = Request::post("/signin").header("accept", accept).header("content-type", "application/x-www-form-urlencoded");
        request.body(Body::from_stream(Endless)).unwrap()
    };
    let page = world.send(endless("text/html")).await;
    assert_eq!(page.status, 503);
    assert!(page.text.contains("Too busy for the moment") && page.text.contains("before you send it again"), "{}", page.text);
    assert!(!world.send(endless("application/json")).await.text.contains("<html"), "programs get none");
}

/// A body that never ends.
struct Endless;

impl futures_core::Stream for Endless {
    type Item = Result<Vec<u8>, std::io::Error>;
    fn poll_next(self: Pin<&mut Self>, _: &mut Context) -> Poll<Option<Self::Item>> {
        Poll::Pending
    }
}
