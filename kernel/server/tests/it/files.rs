//! Files of records: what comes back, to whom, and what is refused.

use crate::world::{Answer, Browser, World, csrf};
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const EDGE: &str = "------files";

/// Files as a browser sends them.
fn multipart(token: &str, internal: bool, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n").into_bytes();
    if internal {
        body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"internal\"\r\n\r\non\r\n").bytes());
    }
    for (name, bytes) in files {
        let head =
            format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n");
        body.extend(head.bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{EDGE}--\r\n").bytes());
    body
}

async fn upload(world: &World, browser: &mut Browser, reference: &str, internal: bool, files: &[(&str, &[u8])]) -> Answer {
    let page = browser.get(world, "/me").await;
    let body = multipart(&csrf(&page.text).unwrap(), internal, files);
    post(world, browser, reference, body).await
}

async fn post(world: &World, browser: &Browser, reference: &str, body: Vec<u8>) -> Answer {
    let request = Request::post(format!("/things/{reference}/files"))
        .header(header::COOKIE, cookie(browser))
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
        .body(Body::from(body));
    world.send(request.unwrap()).await
}

fn cookie(browser: &Browser) -> String {
    browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

async fn browser(world: &World, name: &str) -> Browser {
    let mut browser = Browser::default();
    assert_eq!(browser.sign_in(world, name).await.status, 303);
    browser
}

/// A thing that Rita asked for.
async fn thing(world: &World) -> String {
    let people = world.ask(&world.token("Ada"), "GET", "/api/v1/people?q=Rita", None).await.json();
    let rita = people["items"][0]["reference"].clone();
    world.thing(&world.token("Mia"), json!({ "summary": "Leaking pump", "requester": rita })).await
}

/// Addresses of the files that a page links to, in order.
fn links(page: &str) -> Vec<String> {
    page.split("href=\"/files/").skip(1).map(|rest| format!("/files/{}", rest.split('"').next().unwrap())).collect()
}

async fn linked(world: &World, browser: &mut Browser, reference: &str) -> Vec<String> {
    let page = browser.get(world, &format!("/things/{reference}")).await;
    assert_eq!(page.status, 200);
    links(&page.text)
}

/// Files that lie in the store.
fn stored(folder: &Path) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(folder.join("files")).into_iter().flatten().flatten();
    folders.flat_map(|it| std::fs::read_dir(it.path()).unwrap().flatten().map(|file| file.path())).collect()
}

#[tokio::test]
async fn what_was_attached_comes_back_until_it_is_removed() {
    let world = World::new();
    let reference = thing(&world).await;
    let mut axel = browser(&world, "Axel").await;
    let png = b"\x89PNG\r\n\x1a\n\x00\x01\xff\r\n--x".as_slice();
    let answer = upload(&world, &mut axel, &reference, false, &[("pump.png", png), ("log.txt", b"drip\r\ndrip")]).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, format!("/things/{reference}").as_str()), "{}", answer.text);

    let files = linked(&world, &mut axel, &reference).await;
    assert_eq!(files.len(), 2, "{files:?}");
    let shown = axel.get(&world, &files[0]).await;
    assert_eq!((shown.header("content-type"), shown.header("x-content-type-options")), ("image/png", "nosniff"));
    assert_eq!(shown.header("content-disposition"), "inline; filename*=UTF-8''pump.png");
    assert_eq!(shown.header("content-security-policy"), "sandbox; default-src 'none'");
    assert!(shown.header("cache-control").starts_with("private"));
    assert_eq!(shown.text, String::from_utf8_lossy(png));
    let own = axel.get(&world, &format!("/things/{reference}/files")).await.text;
    assert_eq!(links(&own), files, "the page of the files alone has the same");
    let text = &files[1];
    assert_eq!(axel.get(&world, text).await.text, "drip\r\ndrip");

    let token = csrf(&axel.get(&world, "/me").await.text).unwrap();
    assert_eq!(axel.post(&world, &format!("{text}/remove"), &[]).await.status, 403, "without the form's token");
    let removed = axel.post(&world, &format!("{text}/remove"), &[("csrf", &token), ("back", "//elsewhere.example")]).await;
    assert_eq!((removed.status.as_u16(), removed.header("location")), (303, format!("/things/{reference}").as_str()));
    assert_eq!(axel.get(&world, text).await.status, 404);
    let history = world.ask(&world.token("Axel"), "GET", &format!("/api/v1/things/{reference}/journal"), None).await.json();
    let verbs: Vec<&str> = history["items"].as_array().unwrap().iter().map(|it| it["verb"].as_str().unwrap()).collect();
    assert_eq!(verbs, ["detach", "attach", "create"]);
}

#[tokio::test]
async fn names_and_markup_do_no_harm() {
    let world = World::new();
    let reference = thing(&world).await;
    let mut axel = browser(&world, "Axel").await;
    let long = format!("{}.txt", "n".repeat(300));
    let sent: [(&str, &[u8]); 5] = [
        ("../../x", b"up"),
        (&long, b"long"),
        ("bill\u{202E}fdp.exe", b"turned"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.html", b"<!doctype html><script>alert(1)</script>"),
    ];
    assert_eq!(upload(&world, &mut axel, &reference, false, &sent).await.status, 303);
    let mut names = Vec::new();
    for file in linked(&world, &mut axel, &reference).await {
        let answer = axel.get(&world, &file).await;
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        names.push(answer.header("content-disposition").strip_prefix("attachment; filename*=UTF-8''").unwrap().to_owned());
    }
    names.sort();
    let cut = format!("{}.txt", "n".repeat(146));
    assert_eq!(names, ["a.html", "a.svg", "bill_fdp.exe", &cut, "x"]);
}

#[tokio::test]
async fn strangers_and_requesters_see_what_is_theirs_alone() {
    let world = World::new();
    let reference = thing(&world).await;
    let (mut mia, mut rita, mut eve) = (browser(&world, "Mia").await, browser(&world, "Rita").await, browser(&world, "Eve").await);
    assert_eq!(upload(&world, &mut mia, &reference, false, &[("open.txt", b"open")]).await.status, 303);
    let open = linked(&world, &mut mia, &reference).await[0].clone();
    assert_eq!(upload(&world, &mut mia, &reference, true, &[("inner.txt", b"inner")]).await.status, 303);
    let all = linked(&world, &mut mia, &reference).await;
    let inner = all.iter().find(|it| **it != open).unwrap().clone();
    assert_eq!(mia.get(&world, &inner).await.text, "inner");

    assert_eq!(rita.get(&world, &open).await.text, "open");
    assert_eq!(linked(&world, &mut rita, &reference).await, [open.as_str()]);
    assert_eq!(rita.get(&world, &inner).await.status, 404);
    let token = csrf(&rita.get(&world, "/me").await.text).unwrap();
    assert_eq!(rita.post(&world, &format!("{open}/remove"), &[("csrf", &token)]).await.status, 403);
    let token = csrf(&eve.get(&world, "/me").await.text).unwrap();
    for file in [&open, &inner] {
        assert_eq!(eve.get(&world, file).await.status, 404);
        assert_eq!(eve.post(&world, &format!("{file}/remove"), &[("csrf", &token)]).await.status, 404);
    }
    assert_eq!(upload(&world, &mut eve, &reference, false, &[("eve.txt", b"eve")]).await.status, 404);
    assert_eq!(Browser::default().get(&world, &open).await.status, 303, "to the sign-in page");
    for nonsense in ["/files/x", "/files/1", "/files/-1", "/files/99999999999999999999"] {
        assert_eq!(mia.get(&world, nonsense).await.status, 404, "{nonsense}");
    }
}

#[tokio::test]
async fn a_requester_attaches_while_they_can_reply() {
    let world = World::new();
    let reference = thing(&world).await;
    let mut rita = browser(&world, "Rita").await;
    assert_eq!(upload(&world, &mut rita, &reference, false, &[("photo.txt", b"wet")]).await.status, 303);
    assert_eq!(upload(&world, &mut rita, &reference, true, &[("inner.txt", b"inner")]).await.status, 403);
    let closed = world.ask(&world.token("Mia"), "POST", &format!("/api/v1/things/{reference}/close"), Some(json!({ "why": "dry" }))).await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    assert_eq!(upload(&world, &mut rita, &reference, false, &[("late.txt", b"late")]).await.status, 403);
}

#[tokio::test]
async fn what_does_not_fit_leaves_nothing_behind() {
    let world = World::new();
    let reference = thing(&world).await;
    let mut axel = browser(&world, "Axel").await;
    let folder = world.app.settings.folder.clone();
    let large = vec![7; (25 << 20) + 1];
    let refused = upload(&world, &mut axel, &reference, false, &[("small.txt", b"small"), ("large.bin", &large)]).await;
    assert_eq!(refused.status, 413);
    assert!(refused.text.contains("large.bin") && refused.text.contains("25\u{a0}MiB"), "{}", refused.text);
    let many: Vec<(&str, &[u8])> = vec![("one.txt", b"one"); 11];
    let refused = upload(&world, &mut axel, &reference, false, &many).await;
    assert!(refused.status == 413 && refused.text.contains("At most 10"), "{}", refused.text);
    assert_eq!(upload(&world, &mut axel, &reference, false, &[("empty.txt", b"")]).await.status, 422);
    assert_eq!(upload(&world, &mut axel, &reference, false, &[]).await.status, 422);
    assert_eq!(post(&world, &axel, &reference, multipart("forged", false, &[("a.txt", b"a")])).await.status, 403);
    assert_eq!(stored(&folder), Vec::<PathBuf>::new());
    assert_eq!(linked(&world, &mut axel, &reference).await, Vec::<String>::new());
}

#[tokio::test]
async fn only_old_bytes_that_nothing_points_at_are_collected() {
    let world = World::new();
    let reference = thing(&world).await;
    let mut axel = browser(&world, "Axel").await;
    assert_eq!(upload(&world, &mut axel, &reference, false, &[("kept.txt", b"kept")]).await.status, 303);
    let store = kernel::file::Store::new(&world.app.settings.folder);
    let (kept, stray) = (stored(&world.app.settings.folder), store.put(b"stray").unwrap());
    let age = |path: &Path| {
        let file = std::fs::File::options().append(true).open(path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(25 * 3600)).unwrap();
    };
    stored(&world.app.settings.folder).iter().for_each(|path| age(path));
    store.put(b"fresh").unwrap();

    let background = server::background(&world.app);
    let mut waits = 0;
    while store.get(&stray).is_ok() && waits < 200 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        waits += 1;
    }
    background.stop().await;
    let left = stored(&world.app.settings.folder);
    assert!(left.len() == 2 && left.contains(&kept[0]), "the attached and the fresh are left: {left:?}");
}

/// Sends bytes as a program does.
async fn send(world: &World, token: &str, path: &str, bytes: &[u8], key: &str) -> Answer {
    let request = Request::post(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
    let request = if key.is_empty() { request } else { request.header("idempotency-key", key) };
    world.send(request.header(header::CONTENT_TYPE, "application/octet-stream").body(Body::from(bytes.to_vec())).unwrap()).await
}

#[tokio::test]
async fn a_program_attaches_reads_and_takes_off_files() {
    let world = World::new();
    let (reference, axel) = (thing(&world).await, world.token("Axel"));
    let base = format!("/api/v1/things/{reference}/files");
    let made = send(&world, &axel, &format!("{base}?name=../drip.txt"), b"drip", "once").await;
    let file = made.json();
    assert_eq!((made.status.as_u16(), made.header("location")), (201, file["url"].as_str().unwrap()), "{file}");
    assert_eq!((file["name"].as_str(), file["size"].as_i64(), file["internal"].as_bool()), (Some("drip.txt"), Some(4), Some(false)));
    let again = send(&world, &axel, &format!("{base}?name=../drip.txt"), b"drip", "once").await;
    assert_eq!(again.json(), file, "the same sending is done once");
    send(&world, &axel, &format!("{base}?name=drip.txt"), b"other", "once").await.is_problem(422, &["Idempotency-Key"]);
    assert_eq!(world.ask(&axel, "GET", &base, None).await.json()["items"], json!([file]));
    let url = file["url"].as_str().unwrap();
    let given = world.ask(&axel, "GET", url, None).await;
    assert_eq!((given.text.as_str(), given.header("content-security-policy")), ("drip", "sandbox; default-src 'none'"));
    assert_eq!(world.ask(&axel, "DELETE", url, None).await.status, 204);
    world.ask(&axel, "GET", url, None).await.is_problem(404, &[]);
    assert_eq!(world.ask(&axel, "GET", &base, None).await.json()["items"], json!([]));
    world.ask(&axel, "PATCH", &base, None).await.is_problem(405, &[]);
}

#[tokio::test]
async fn a_program_is_refused_what_a_person_is() {
    let world = World::new();
    let (reference, other, axel) = (thing(&world).await, thing(&world).await, world.token("Axel"));
    let base = format!("/api/v1/things/{reference}/files");
    send(&world, &axel, &base, b"x", "").await.is_problem(400, &["name"]);
    send(&world, &axel, &format!("{base}?name=a&internal=maybe"), b"x", "").await.is_problem(400, &["internal"]);
    send(&world, &axel, &format!("{base}?name=a&folder=b"), b"x", "").await.is_problem(400, &["folder"]);
    send(&world, &axel, &format!("{base}?name=a"), b"", "").await.is_problem(422, &["name"]);
    send(&world, &axel, &format!("{base}?name=a"), &vec![7; (25 << 20) + 1], "").await.is_problem(413, &[]);
    let inner = send(&world, &world.token("Mia"), &format!("{base}?name=inner.txt&internal=true"), b"inner", "").await.json();
    let (url, rita) = (inner["url"].as_str().unwrap(), world.token("Rita"));
    assert_eq!(world.ask(&rita, "GET", &base, None).await.json()["items"], json!([]));
    world.ask(&rita, "GET", url, None).await.is_problem(404, &[]);
    send(&world, &rita, &format!("{base}?name=a&internal=true"), b"x", "").await.is_problem(403, &[]);
    send(&world, &world.token("Eve"), &format!("{base}?name=a"), b"x", "").await.is_problem(404, &[]);
    world.ask(&axel, "GET", &url.replace(&reference, &other), None).await.is_problem(404, &[]);
    world.ask(&axel, "GET", &format!("{base}/x"), None).await.is_problem(404, &[]);
    assert_eq!(stored(&world.app.settings.folder).len(), 1, "what was refused was not stored");
}
