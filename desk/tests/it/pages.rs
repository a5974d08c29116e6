//! The queue and the page of a ticket, as people get them.

use crate::world::{FRIDAY, HOUR, World, world};
use kernel::describe::Practice;
use kernel::web::{Form, Reply, Request, Route, Serves};
use kernel::{Error, Result};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// The route whose path fits, with the values of its names.
fn route(path: &str, post: bool) -> (&'static Route, Vec<(String, String)>) {
    let practices: &[&'static Practice] = desk::PRACTICES;
    let segments: Vec<&str> = path.split('/').collect();
    let fits = |route: &&Route| {
        let parts: Vec<&str> = route.path.split('/').collect();
        let same = parts.len() == segments.len() && parts.iter().zip(&segments).all(|(part, it)| part.starts_with('{') || part == it);
        same && matches!(route.serves, Serves::Act(_)) == post
    };
    let route = practices.iter().flat_map(|it| it.routes).find(fits).unwrap_or_else(|| panic!("{path} is a page of the desk"));
    let names = route.path.split('/').zip(segments).filter(|(part, _)| part.starts_with('{'));
    (route, names.map(|(part, it)| (part.trim_matches(['{', '}']).to_owned(), it.to_owned())).collect())
}

pub fn request(world: &World, who: &str, address: &str, form: Json) -> Request {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    Request {
        view: world.view(who),
        house: Arc::clone(&world.house),
        now: world.house.clock.now(),
        site: "https://desk.example".into(),
        path: path.into(),
        parts: Vec::new(),
        query: pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        form: form.as_object().cloned().unwrap_or_else(Form::new),
        files: Vec::new(),
        csrf: "token".into(),
        fragment: false,
        theme: String::new(),
        density: String::new(),
    }
}

pub fn get(world: &World, who: &str, address: &str) -> Result<Reply> {
    let mut request = request(world, who, address, json!({}));
    let (route, names) = route(&request.path, false);
    request.parts = names;
    world.db.read_wait(move |tx| match route.serves {
        Serves::Page(page) => page(tx, &request),
        Serves::Act(_) => unreachable!("it reads"),
    })
}

pub fn post(world: &World, who: &str, address: &str, form: Json) -> Result<Reply> {
    send(world, who, address, form, Vec::new())
}

pub fn send(world: &World, who: &str, address: &str, form: Json, files: Vec<(String, String, Arc<[u8]>)>) -> Result<Reply> {
    let mut request = Request { files, ..request(world, who, address, form) };
    let (route, names) = route(&request.path, true);
    request.parts = names;
    world.write(who, move |act| match route.serves {
        Serves::Act(deed) => deed(act, &request),
        Serves::Page(_) => unreachable!("it acts"),
    })
}

pub fn body(reply: Result<Reply>) -> String {
    match reply.unwrap_or_else(|error| panic!("a page: {error}")) {
        Reply::Page { body, .. } => body.into_string(),
        Reply::Fragment(body) => body.into_string(),
        Reply::Status(_, inner) => body(Ok(*inner)),
        Reply::Redirect { to, .. } => panic!("a page, not a way to {to}"),
        _ => panic!("a page"),
    }
}

pub fn way(reply: Result<Reply>) -> String {
    match reply.unwrap_or_else(|error| panic!("a way: {error}")) {
        Reply::Redirect { to, .. } => to,
        _ => panic!("a way to another page"),
    }
}

pub fn promised(world: &World) {
    let level = world.make("house", "levels", json!({ "name": "Standard", "calendar": "CAL-1" })).reference;
    for (measure, within) in [("first_response", "PT2H"), ("resolution", "PT8H")] {
        world.make("house", "targets", json!({ "level": level, "measure": measure, "within": within }));
    }
}

#[test]
fn the_page_of_a_ticket_shows_each_reader_their_side() {
    let world = world();
    promised(&world);
    let ticket = world.incident("Bao", json!({ "summary": "Gate B prints <nothing>", "description": "see https://example.org/x" }));
    world.does("Dana", &ticket, "take", json!({}));
    world.does("Dana", &ticket, "note", json!({ "text": "zwiebel" }));
    world.does("Dana", &ticket, "reply", json!({ "text": "Is the cable in?\n<b>bold</b>" }));
    let address = format!("/incidents/{ticket}");
    let dana = body(get(&world, "Dana", &address));
    for part in [
        "Gate B prints &lt;nothing&gt;",
        "zwiebel",
        "Is the cable in?<br>",
        "&lt;b&gt;",
        "took it",
        "href=\"https://example.org/x\"",
        "Internal note",
    ] {
        assert!(dana.contains(part), "{part} stands on\n{dana}");
    }
    let bao = body(get(&world, "Bao", &address));
    assert!(bao.contains("Is the cable in?") && bao.contains("Resolve</em>") == dana.contains("Resolve</em>"));
    for part in ["zwiebel", "Internal note", "/resolve\"", "wrote a note", "Vendor"] {
        assert!(!bao.contains(part), "{part} is not for the requester");
    }
    assert!(matches!(get(&world, "Bea", &address), Err(Error::NotFound)));
}

#[test]
fn a_clock_says_why_at_an_address_of_its_own() {
    let world = world();
    promised(&world);
    let ticket = world.incident("Bao", json!({ "summary": "Gate B prints nothing", "impact": 1, "urgency": 2 }));
    world.at(FRIDAY + HOUR);
    world.does("Dana", &ticket, "pend", json!({ "reason": "requester" }));
    world.at(FRIDAY + 3 * HOUR);
    world.does("Dana", &ticket, "resume", json!({}));
    world.at(FRIDAY + 4 * HOUR + 30 * 60_000);
    let page = body(get(&world, "Dana", &format!("/incidents/{ticket}?why=resolution")));
    for part in [
        "Used of 8:00",
        ">2:30<",
        "Waiting for the requester",
        "5:30",
        "Standard",
        "Dana: wait",
        "clock of the resolution say 5\u{a0}h 30\u{a0}min left",
    ] {
        assert!(page.contains(part), "{part} stands on\n{page}");
    }
    let page = body(get(&world, "Dana", &format!("/incidents/{ticket}?why=priority")));
    assert!(page.contains("Matrix of impact and urgency") && page.contains(">P2<"));
    assert!(matches!(get(&world, "Dana", &format!("/incidents/{ticket}?why=next_update")), Err(Error::NotFound)), "nothing was promised");
}

#[test]
fn what_is_typed_is_sent_or_kept_and_never_lost() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Gate B prints nothing" }));
    let address = format!("/incidents/{ticket}/said");
    let to = way(post(&world, "Dana", &address, json!({ "mode": "public", "text": "Is the cable in?" })));
    assert_eq!(to, format!("/incidents/{ticket}#composer"));
    way(post(&world, "Dana", &address, json!({ "mode": "internal", "text": "He sounds tired" })));
    let page = body(get(&world, "Dana", &format!("/incidents/{ticket}")));
    assert!(page.contains("Is the cable in?") && page.contains("He sounds tired"));
    let refused = post(&world, "Dana", &address, json!({ "mode": "public", "text": "  " }));
    assert!(matches!(refused, Ok(Reply::Status(422, _))));

    let place = format!("incidents/{ticket}/said");
    let person = world.view("Dana").person;
    let typed = move |act: &mut kernel::Act| {
        let sql = "insert into draft (person, place, content, saved_at) values (?1, ?2, ?3, ?4)";
        let content = json!({ "text": "half a sentence", "mode": "internal" }).to_string();
        Ok(act.tx.run(sql, &[person.into(), place.as_str().into(), content.into(), FRIDAY.into()])?)
    };
    world.write("house", typed).expect("a draft");
    let page = body(get(&world, "Dana", &format!("/incidents/{ticket}")));
    assert!(page.contains(">half a sentence</textarea>") && page.contains("Draft saved 07:00"));
    assert!(!body(get(&world, "Ravi", &format!("/incidents/{ticket}"))).contains("half a sentence"));
    world.does("Dana", &ticket, "cancel", json!({ "reason": "x" }));
    let late = post(&world, "Dana", &address, json!({ "mode": "public", "text": "Too late to say this" }));
    assert!(matches!(&late, Ok(Reply::Status(409, _))));
    assert!(body(late).contains("Too late to say this"), "what could not be sent still stands there");
    let sent = way(post(&world, "Dana", &address, json!({ "mode": "internal", "text": "half a sentence, ended" })));
    assert!(sent.contains("#composer"));
    assert!(!body(get(&world, "Dana", &format!("/incidents/{ticket}"))).contains(">half a sentence</textarea>"));
}

#[test]
fn the_queue_has_views_filters_and_pages() {
    let world = world();
    promised(&world);
    let first = world.incident("Bao", json!({ "summary": "Printer", "impact": 1, "urgency": 1 }));
    world.at(FRIDAY + 1000);
    let second = world.make("Bea", "requests", json!({ "summary": "A mouse" })).reference;
    world.at(FRIDAY + 2000);
    let third = world.incident("Bao", json!({ "summary": "Screen" }));
    world.does("Dana", &first, "take", json!({}));
    world.does("Dana", &third, "resolve", json!({ "resolution": "Done" }));
    let queue = |who: &str, query: &str| body(get(&world, who, &format!("/queue{query}")));
    let holds = |page: &str| [&first, &second, &third].map(|reference| page.contains(&format!(">{reference}<")));
    assert_eq!(holds(&queue("Dana", "")), [true, true, false], "what is owed, of both kinds");
    assert_eq!(holds(&queue("Dana", "?view=mine")), [true, false, false]);
    assert_eq!(holds(&queue("Dana", "?view=unassigned")), [false, true, false]);
    assert_eq!(holds(&queue("Dana", "?view=team")), [false, false, false], "Dana has no team");
    assert_eq!(holds(&queue("Dana", "?view=all")), [true, true, true]);
    assert_eq!(holds(&queue("Dana", "?view=all&priority=1")), [true, false, false]);
    assert_eq!(holds(&queue("Dana", "?q=mouse")), [false, true, false]);
    assert_eq!(holds(&queue("Bao", "?view=all")), [true, false, true], "requesters have a queue of their own");
    let page = queue("Dana", "?view=all&limit=2&sort=priority");
    assert_eq!(page.matches("<tr").count(), 3);
    let next = page.split("rel=\"next\"").next().and_then(|it| it.rsplit("href=\"").next()).and_then(|it| it.split('"').next());
    let next = next.expect("a next page").replace("&amp;", "&");
    assert_eq!(body(get(&world, "Dana", &next)).matches("<tr").count(), 2);
    let wrong = get(&world, "Dana", "/queue?no_such_field=1");
    assert!(matches!(wrong, Ok(Reply::Status(400, _))));
    assert_eq!(way(get(&world, "Dana", "/queue?view=all&field=priority&op=gte&value=2")), "/queue?view=all&priority__gte=2");
    world.at(FRIDAY + 3 * HOUR);
    let page = queue("Dana", "?view=breaching");
    assert_eq!(holds(&page), [true, true, false], "both wait for a first response");
    assert!(page.find(&first) < page.find(&second) && page.contains("over"));
}

#[test]
fn that_it_works_again_stands_in_the_menu_of_whoever_asked_alone() {
    let world = world();
    let menu = |who: &str| {
        let ticket = world.incident("Dana", json!({ "summary": "Printer", "requester": who }));
        body(get(&world, "Ada", &format!("/incidents/{ticket}")))
    };
    assert!(menu("Ada").contains("It works again") && !menu("Bea").contains("It works again"));
}

#[test]
fn a_reply_that_would_reach_nobody_says_so() {
    let world = world();
    let ticket = world.incident("Dana", json!({ "summary": "Printer" }));
    let says = || body(get(&world, "Dana", &format!("/incidents/{ticket}"))).contains("This reaches nobody");
    assert!(says());
    world.does("Dana", &ticket, "assign", json!({ "assignee": "Ravi" }));
    assert!(!says(), "whoever works on it hears of it");
    let other = world.incident("Dana", json!({ "summary": "Printer", "requester": "Bao" }));
    assert!(!body(get(&world, "Dana", &format!("/incidents/{other}"))).contains("This reaches nobody"));
}

#[test]
fn addresses_lead_on_and_the_engines_pages_stay() {
    let world = world();
    let one = world.incident("Dana", json!({ "summary": "Mail server is down again" }));
    let two = world.incident("Dana", json!({ "summary": "Mail server does not answer" }));
    assert_eq!(way(get(&world, "Dana", &format!("/tickets/{one}"))), format!("/incidents/{one}"));
    let new = body(get(&world, "Dana", "/incidents/new"));
    assert!(new.contains("name=\"summary\"") && new.matches("<details class=\"form-more\"").count() == 2, "{new}");
    let filled = body(get(&world, "Dana", "/incidents/new?closure_code=Repaired"));
    assert_eq!(filled.matches("<details class=\"form-more\"").count(), 1, "what stands in a section is seen: {filled}");
    assert!(body(get(&world, "Dana", &format!("/incidents/{one}?why=access"))).contains("whybox"));
    assert!(body(get(&world, "Dana", &format!("/incidents/{one}/similar"))).contains(&two));
    world.does("Dana", &one, "merge", json!({ "into": two }));
    assert_eq!(way(get(&world, "Dana", &format!("/incidents/{one}"))), format!("/incidents/{two}"));
    assert!(body(get(&world, "Dana", &format!("/incidents/{one}M"))).contains("lives on in"));
    assert!(matches!(get(&world, "Dana", "/incidents/INC-999"), Err(Error::NotFound)));
}
