//! A new installation belongs to whoever runs the server, not to whoever comes first.

use crate::world::{Browser, World, csrf, object};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use kernel::register::{self, Sent, Source};
use kernel::{Act, Result};
use server::{FirstRun, Settings};
use std::net::SocketAddr;

fn found(act: &mut Act, wanted: &FirstRun) -> Result<i64> {
    let mut make = |register, json| {
        let fields = object(json);
        register::create(act, register, Sent { fields: &fields, source: Source::Api })
    };
    let organisation = make(&people::organisation::REGISTER, serde_json::json!({ "name": wanted.organisation }))?;
    let json = serde_json::json!({ "name": wanted.name, "email": wanted.email, "organisation": organisation.reference });
    Ok(make(&people::person::REGISTER, json)?.id)
}

fn empty() -> World {
    let world = World::with(Settings { first_run: Some(found), ..Settings::default() });
    world.act(|act| Ok(act.tx.run("delete from account", &[])?));
    world
}

/// A request that comes from a network address.
fn from(address: &str, request: axum::http::request::Builder, body: String) -> Request<Body> {
    let mut request = request.body(Body::from(body)).unwrap();
    let at: SocketAddr = address.parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(at));
    request
}

#[tokio::test]
async fn a_stranger_on_the_network_is_told_what_to_do_and_makes_nothing() {
    let world = empty();
    assert_eq!(Browser::default().get(&world, "/signin").await.header("location"), "/start");
    let page = world.send(from("192.0.2.7:4711", Request::get("/start"), String::new())).await;
    assert!(page.text.contains("reeve init") && csrf(&page.text).is_none(), "{}", page.text);
    let proxied = Request::get("/start").header("x-forwarded-for", "192.0.2.7");
    assert!(world.send(from("127.0.0.1:4711", proxied, String::new())).await.text.contains("reeve init"));
}

#[tokio::test]
async fn on_the_server_itself_the_first_administrator_is_made_once() {
    let world = empty();
    let page = world.send(from("127.0.0.1:4711", Request::get("/start"), String::new())).await;
    let token = csrf(&page.text).unwrap();
    let cookie = page.header("set-cookie").split(';').next().unwrap().to_owned();
    let post = |fields: &[(&str, &str)]| {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).append_pair("csrf", &token).finish();
        let head = Request::post("/start").header("cookie", &cookie).header("content-type", "application/x-www-form-urlencoded");
        from("127.0.0.1:4711", head, body)
    };
    let weak = world.send(post(&[("organisation", "New"), ("name", "Dana"), ("email", "dana@new.example"), ("password", "x")])).await;
    assert_eq!(weak.status, 422);
    assert!(weak.text.contains("value=\"Dana\""), "what was typed is kept");
    let fields = [("organisation", "New"), ("name", "Dana"), ("email", "dana@new.example"), ("password", "seven small boats")];
    let made = world.send(post(&fields)).await;
    assert_eq!((made.status.as_u16(), made.header("location")), (303, "/"), "{}", made.text);
    let again = world.send(post(&fields)).await;
    assert_eq!(again.header("location"), "/signin", "only once");
}
