//! The composer: whom a reply names, who reads along, and what becomes of it before it is sent.

use crate::pages::{body, get, post, send, way};
use crate::world::{World, world};
use kernel::journal;
use kernel::web::Reply;
use serde_json::{Value as Json, json};

fn toast(reply: kernel::Result<Reply>) -> String {
    match reply.expect("an answer") {
        Reply::Redirect { toast, .. } => toast,
        _ => panic!("a way to another page"),
    }
}

fn reply(world: &World, who: &str, ticket: &str, form: Json) -> kernel::Result<Reply> {
    post(world, who, &format!("/incidents/{ticket}/said"), form)
}

fn watchers(world: &World, ticket: &str) -> Vec<i64> {
    world.ticket(ticket).get("watchers").ids().to_vec()
}

fn entries(world: &World, ticket: &str) -> usize {
    let id = world.ticket(ticket).id;
    world.db.read_wait(move |tx| journal::history(tx, id, None, 1000)).expect("a history").len()
}

#[test]
fn a_text_of_nothing_but_names_does_not_stop_the_page() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let text = format!("@Network\n{}", "@Network".repeat(12_000));
    reply(&world, "Bao", &ticket, json!({ "text": text, "mode": "public" })).expect("a reply");
    let page = std::thread::Builder::new().stack_size(512 << 10).spawn(move || body(get(&world, "Dana", &format!("/incidents/{ticket}"))));
    let page = page.expect("a thread").join().expect("the page is drawn");
    assert_eq!(page.matches("class=\"at\"").count(), 1, "the one name that stands alone");
}

#[test]
fn a_name_lets_nobody_in_and_means_one_person_or_nobody() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Salaries" }));
    let id = |who: &str| world.view(who).person;
    world.write("house", people::role::seed).expect("roles");
    world.does("house", &world.view("Ravi").reference, "grant-roles", json!({ "roles": ["Agent"] }));
    world.does("house", &world.view("Bea").reference, "grant-roles", json!({ "roles": ["Requester"] }));
    way(reply(&world, "Dana", &ticket, json!({ "text": "@Ravi and @Bea, please look", "mode": "public" })));
    assert_eq!(watchers(&world, &ticket), [id("Ravi")], "Bea could not see it, and does not now");
    assert!(world.sees("Bea", &ticket).is_err());

    let first = world.make("house", "people", json!({ "name": "Anna Schmidt" }));
    let second = world.make("house", "people", json!({ "name": "Anna Schmidt" }));
    let said = toast(reply(&world, "Dana", &ticket, json!({ "text": "@Anna Schmidt, yours?", "mode": "internal" })));
    assert!(said.contains("Note kept") && said.contains("Several are called Anna Schmidt"), "{said}");
    let page = body(get(&world, "Dana", &format!("/incidents/{ticket}")));
    assert!(!page.contains("@Anna Schmidt</a>"), "nobody is linked");
    let picked = format!("@Anna Schmidt ({}), yours? @Anna Schmidt ({})!", second.reference, first.reference);
    assert_eq!(toast(reply(&world, "Dana", &ticket, json!({ "text": picked, "mode": "internal" }))), "Note kept");
    let page = body(get(&world, "Dana", &format!("/incidents/{ticket}")));
    for one in [&first, &second] {
        let link = format!("href=\"/people/{0}\">@Anna Schmidt ({0})</a>", one.reference);
        assert!(page.contains(&link), "{link} stands on\n{page}");
    }
}

#[test]
fn a_name_of_somebody_who_left_stops_no_reply() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let gone = world.make("house", "people", json!({ "name": "Greta Gone", "email": "greta@example.org" }));
    world.does("house", &gone.reference, "leave", json!({}));
    way(reply(&world, "Dana", &ticket, json!({ "text": "As @Greta Gone said", "mode": "public" })));
    assert!(watchers(&world, &ticket).is_empty());
}

#[test]
fn a_template_that_gives_to_somebody_who_left_stops_no_reply() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let gone = world.make("house", "people", json!({ "name": "Greta Gone", "email": "greta@example.org" })).reference;
    let gives = json!({ "name": "To Greta", "body": "Greta looks at it.", "audience": "personal", "to_person": gone });
    let template = world.make("Dana", "templates", gives).reference;
    world.does("house", &gone, "leave", json!({}));
    way(reply(&world, "Dana", &ticket, json!({ "text": "Greta looks at it.", "mode": "public", "template": template })));
    let ticket = world.ticket(&ticket);
    assert!(ticket.int("first_response_at").is_some() && ticket.int("assignee").is_none());
}

#[test]
fn readers_are_few_each_counted_once_and_followers_are_left_as_they_are() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let many = vec!["bao@example.org"; 1000].join(",");
    let refused = reply(&world, "Bao", &ticket, json!({ "text": "See", "cc": many, "mode": "public" }));
    assert!(matches!(&refused, Ok(Reply::Status(422, _))) && body(refused).contains("At most 20 people"));
    let before = entries(&world, &ticket);
    let some = ["Bea"; 10].join(",") + ",bea@example.org,Ravi";
    way(reply(&world, "Bao", &ticket, json!({ "text": "See", "cc": some, "mode": "public" })));
    assert_eq!(entries(&world, &ticket), before + 3, "two readers and the reply");
    way(reply(&world, "Bao", &ticket, json!({ "text": "See again", "cc": "Bea, Ravi", "mode": "public" })));
    assert_eq!(entries(&world, &ticket), before + 4, "the reply alone");
    world.does("Bao", &ticket, "watch", json!({ "person": "Bea" }));
    assert_eq!(entries(&world, &ticket), before + 4, "she follows it already");
    world.verified();
}

/// Writes a draft into the composer, as the page keeps it.
fn types(world: &World, who: &str, ticket: &str, form: Json) {
    let (person, place) = (world.view(who).person, format!("incidents/{ticket}/said"));
    let sql = "insert into draft (person, place, content, saved_at) values (?1, ?2, ?3, 0) \
               on conflict (person, place) do update set content = excluded.content";
    let content = form.to_string();
    let write = move |act: &mut kernel::Act| Ok(act.tx.run(sql, &[person.into(), place.as_str().into(), content.as_str().into()])?);
    world.write("house", write).expect("a draft");
}

/// The address at which the only reply that somebody holds is sent or taken back.
fn held(world: &World, who: &str, ticket: &str) -> String {
    let page = body(get(world, who, &format!("/incidents/{ticket}")));
    let (_, rest) = page.split_once(&format!("/incidents/{ticket}/held/")).unwrap_or_else(|| panic!("a reply waits on\n{page}"));
    format!("/incidents/{ticket}/held/{}", rest.split('/').next().expect("its id"))
}

#[test]
fn a_note_begun_meanwhile_is_never_mixed_with_a_reply_taken_back() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    way(reply(&world, "Dana", &ticket, json!({ "text": "Dear Bao", "mode": "public", "hold": "true" })));
    types(&world, "Dana", &ticket, json!({ "mode": "internal", "text": "He is a fool" }));
    let at = held(&world, "Dana", &ticket);
    assert!(toast(post(&world, "Dana", &format!("{at}/undo"), json!({}))).contains("It waits above"));
    world.at(crate::world::FRIDAY + 60_000);
    world.jobs();
    let page = body(get(&world, "Dana", &format!("/incidents/{ticket}")));
    let area = |page: &str| page.split("<textarea").nth(1).and_then(|rest| rest.split("</textarea>").next()).unwrap_or_default().to_owned();
    assert!(area(&page).ends_with("He is a fool"), "the note alone stands in the composer");
    assert!(page.contains("Not sent.") && page.contains("Dear Bao"), "the reply waits in its line");
    assert!(!body(get(&world, "Bao", &format!("/incidents/{ticket}"))).contains("Dear Bao"), "nobody else has it");
    types(&world, "Dana", &ticket, json!({ "mode": "internal", "text": "" }));
    assert!(toast(post(&world, "Dana", &format!("{at}/undo"), json!({}))).contains("in the composer"));
    assert!(area(&body(get(&world, "Dana", &format!("/incidents/{ticket}")))).ends_with("Dear Bao"));
}

#[test]
fn a_reply_taken_back_after_it_was_sent_is_never_mixed_with_a_note() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let address = format!("/incidents/{ticket}");
    let (_, sent) = world.does("Dana", &ticket, "reply", json!({ "text": "Dear Bao" }));
    types(&world, "Dana", &ticket, json!({ "mode": "internal", "text": "He is a fool" }));
    world.undoes("Dana", &ticket, sent).expect("it is taken back");
    let page = body(get(&world, "Dana", &address));
    let area = |page: &str| page.split("<textarea").nth(1).and_then(|rest| rest.split("</textarea>").next()).unwrap_or_default().to_owned();
    assert!(
        area(&page).ends_with(">He is a fool") && page.contains("Dear Bao") && page.contains("Not sent."),
        "the reply waits in its line"
    );
    let (_, noted) = world.does("Dana", &ticket, "note", json!({ "text": "He is none" }));
    world.undoes("Dana", &ticket, noted).expect("it is taken back");
    assert!(area(&body(get(&world, "Dana", &address))).ends_with(">He is none\n\nHe is a fool"), "before what was typed since");
    world.verified();
}

#[test]
fn a_reply_taken_back_keeps_its_template_its_readers_and_what_was_typed_since() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let template = world.make(
        "Dana",
        "templates",
        json!({ "name": "Given on", "body": "We give it on.", "audience": "personal", "to_team": "TEA-2" }),
    );
    let form = json!({ "text": "We give it on.", "mode": "public", "hold": "true", "cc": "Ravi", "template": template.reference, "then": "resolve" });
    way(reply(&world, "Dana", &ticket, form));
    types(&world, "Dana", &ticket, json!({ "mode": "public", "text": "And more.", "cc": "Bea", "kept": ["7"] }));
    let at = held(&world, "Dana", &ticket);
    post(&world, "Dana", &format!("{at}/undo"), json!({})).expect("it is taken back");
    let (person, place) = (world.view("Dana").person, format!("incidents/{ticket}/said"));
    let kept = world.db.read_wait(move |tx| {
        let row = tx.one("select content from draft where person = ?1 and place = ?2", &[person.into(), place.as_str().into()])?;
        Ok::<_, kernel::Error>(row.text(0)?.to_owned())
    });
    let kept: Json = serde_json::from_str(&kept.expect("a draft")).expect("json");
    let wanted = json!({ "mode": "public", "text": "We give it on.\n\nAnd more.", "cc": "Ravi, Bea", "kept": ["7"], "template": template.reference, "next": "resolve" });
    assert_eq!(kept, wanted);
    let page = body(get(&world, "Dana", &format!("/incidents/{ticket}")));
    let first = page.split("type=\"submit\"").find(|part| part.contains("Send and resolve")).is_some();
    assert!(first && page.contains(&format!("value=\"{}\"", template.reference)), "{page}");
}

/// What is sent with a file, and the address at which the page takes it back.
fn with_a_plan(world: &World, ticket: &str, form: Json) -> i64 {
    let files = vec![("files".to_owned(), "plan.txt".to_owned(), std::sync::Arc::from(&b"plan"[..]))];
    match send(world, "Dana", &format!("/incidents/{ticket}/said"), form, files).expect("it is sent") {
        Reply::Redirect { undo, .. } => {
            let act = undo.split_once("undo?act=").expect("it can be taken back").1;
            act.split('&').next().expect("an act").parse().expect("a number")
        }
        _ => panic!("a way to another page"),
    }
}

/// How many times a file is on a ticket for its requester, and whether its author's composer has it.
fn plan(world: &World, ticket: &str) -> (usize, bool) {
    let page = |who: &str, address: String| body(get(world, who, &address));
    let composer = page("Dana", format!("/incidents/{ticket}"));
    let (_, composer) = composer.split_once("id=\"composer\"").expect("a composer");
    (page("Bao", format!("/portal/things/{ticket}")).matches("plan.txt").count(), composer.contains("plan.txt"))
}

#[test]
fn what_is_taken_back_takes_its_files_along_into_the_composer() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let sent = with_a_plan(&world, &ticket, json!({ "text": "See the plan", "mode": "public" }));
    assert_eq!(plan(&world, &ticket), (1, false), "it is on the ticket");
    world.undoes("Dana", &ticket, sent).expect("it is taken back");
    assert_eq!(plan(&world, &ticket), (0, true));
    types(&world, "Dana", &ticket, json!({ "mode": "public", "text": "" }));
    let noted = with_a_plan(&world, &ticket, json!({ "text": "For us", "mode": "internal" }));
    types(&world, "Dana", &ticket, json!({ "mode": "public", "text": "Dear Bao" }));
    let refused = world.undoes("Dana", &ticket, noted).map(drop).expect_err("the files would come into the reply");
    assert!(refused.to_string().contains("Nothing was changed"), "{refused}");
    types(&world, "Dana", &ticket, json!({ "mode": "internal", "text": "Later" }));
    world.undoes("Dana", &ticket, noted).expect("it is taken back");
    assert_eq!(plan(&world, &ticket), (0, true));
    world.verified();
}

#[test]
fn a_note_never_stands_in_the_form_of_the_portal() {
    let world = world();
    let ticket = world.incident("Dana", json!({ "summary": "My own printer", "requester": world.view("Dana").reference }));
    let (_, noted) = world.does("Dana", &ticket, "note", json!({ "text": "Never for others" }));
    world.undoes("Dana", &ticket, noted).expect("it is taken back");
    assert!(body(get(&world, "Dana", &format!("/incidents/{ticket}"))).contains("Never for others"), "it is in the composer of the desk");
    assert!(!body(get(&world, "Dana", &format!("/portal/things/{ticket}"))).contains("Never for others"));
}

#[test]
fn of_many_notes_that_are_taken_back_at_once_none_is_put_into_a_composer() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let (_, noted) = world.does("Dana", &ticket, "note", json!({ "text": "To all of them" }));
    let own = ticket.clone();
    let undone = world.write("Dana", move |act| {
        act.several = true;
        kernel::register::undo(act, &desk::ticket::INCIDENTS, &own, noted)
    });
    undone.expect("it is taken back");
    assert!(!body(get(&world, "Dana", &format!("/incidents/{ticket}"))).contains("To all of them</textarea>"));
}

/// Lines of somebody's morning.
fn morning(world: &World, who: &str, key: &'static str) -> Vec<kernel::describe::Need> {
    let needs = world.read(who, move |tx, house, view| {
        let morning = kernel::describe::Morning { house, view, now: house.clock.now(), day_ends: house.clock.now() };
        let line = desk::PRACTICES.iter().flat_map(|it| it.today).find(|it| it.key == key).expect("a line of the morning");
        (line.find)(tx, &morning)
    });
    needs.expect("a morning")
}

#[test]
fn whoever_is_named_learns_of_it_until_they_look() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let team = world.make("house", "teams", json!({ "name": "Paper" }));
    world.edits("house", &world.view("Ada").reference, json!({ "teams": [team.reference] })).expect("a member");
    way(reply(&world, "Dana", &ticket, json!({ "text": "@Ravi or @Paper, whose is it?", "mode": "internal" })));
    for who in ["Ravi", "Ada"] {
        let needs = morning(&world, who, "ticket.named");
        assert!(needs.len() == 1 && needs[0].because.contains("whose is it?"), "{who}");
    }
    assert!(morning(&world, "Dana", "ticket.named").is_empty() && morning(&world, "Bao", "ticket.named").is_empty());
    world.house.clock.advance(60_000);
    get(&world, "Ravi", &format!("/incidents/{ticket}")).expect("he looks");
    assert!(morning(&world, "Ravi", "ticket.named").is_empty());
    assert_eq!(morning(&world, "Ada", "ticket.named").len(), 1);
}

#[test]
fn what_cannot_be_sent_is_refused_at_once_or_stays_with_the_reason() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let refused = reply(&world, "Dana", &ticket, json!({ "text": "See", "cc": "Rvai", "mode": "public", "hold": "true" }));
    assert!(matches!(&refused, Ok(Reply::Status(422, _))) && body(refused).contains("no person Rvai"), "a mistyped name");
    let long = reply(&world, "Dana", &ticket, json!({ "text": "x".repeat(100_001), "mode": "public", "hold": "true" }));
    assert!(matches!(&long, Ok(Reply::Status(422, _))));

    way(reply(&world, "Dana", &ticket, json!({ "text": "On its way", "mode": "public", "hold": "true" })));
    world.does("Ravi", &ticket, "resolve", json!({ "resolution": "x" }));
    world.does("Ravi", &ticket, "close", json!({}));
    world.write("house", people::role::seed).expect("roles");
    world.does("house", &world.view("Dana").reference, "grant-roles", json!({ "roles": ["Agent"] }));
    world.at(crate::world::FRIDAY + 11_000);
    world.jobs();
    let page = body(get(&world, "Dana", &format!("/incidents/{ticket}")));
    assert!(page.contains("Not sent.") && page.contains("On its way") && !page.contains("data-leaving"), "{page}");
    let needs = morning(&world, "Dana", "ticket.unsent");
    assert!(needs.len() == 1 && needs[0].what.contains("was not sent"), "its author learns of it the next morning");
    let at = held(&world, "Dana", &ticket);
    assert!(toast(post(&world, "Dana", &format!("{at}/send"), json!({}))).contains("Not sent"));
    world.does("Ravi", &ticket, "reopen", json!({ "reason": "x" }));
    assert_eq!(toast(post(&world, "Dana", &format!("{at}/send"), json!({}))), "Reply sent");
}

#[test]
fn a_file_of_a_reply_given_up_is_forgotten_once_nothing_awaits_it() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let form = json!({ "text": "See the file", "mode": "public", "hold": "true" });
    let files = vec![("files".to_owned(), "plan.txt".to_owned(), std::sync::Arc::from(&b"plan"[..]))];
    way(send(&world, "Dana", &format!("/incidents/{ticket}/said"), form, files));
    let at = held(&world, "Dana", &ticket);
    post(&world, "Dana", &format!("{at}/undo"), json!({})).expect("it is taken back");
    let count = |world: &World| {
        let files =
            world.db.read_wait(|tx| Ok::<_, kernel::Error>(tx.one("select count(*) from file where removed_at is null", &[])?.int(0)?));
        files.expect("a count")
    };
    world.house.clock.advance(30 * crate::world::HOUR);
    kernel::jobs::run_periodic(&world.db, &world.house).expect("it is tidied");
    assert_eq!(count(&world), 1, "the draft still names it");
    types(&world, "Dana", &ticket, json!({ "mode": "public", "text": "Without it" }));
    world.house.clock.advance(2 * crate::world::HOUR);
    kernel::jobs::run_periodic(&world.db, &world.house).expect("it is tidied");
    assert_eq!(count(&world), 0);
}

#[test]
fn whoever_makes_a_template_reads_that_others_can_read_it() {
    let help = desk::PRACTICES
        .iter()
        .flat_map(|it| it.registers)
        .find(|it| it.key == "templates")
        .and_then(|it| it.field("audience"))
        .expect("a field");
    assert!(help.help.contains("can read it"));
    let world = world();
    let mine = world.make("Dana", "templates", json!({ "name": "Mine", "body": "Words", "audience": "personal" }));
    assert!(world.sees("Ravi", &mine.reference).is_ok(), "as the form says");
}
