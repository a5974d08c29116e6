//! The queue as people at a desk get it.

use crate::pages::{body, get, promised, way};
use crate::world::{FRIDAY, HOUR, World, world};
use kernel::live::{Event, Followed, Happened};
use kernel::web::Reply;
use serde_json::json;

fn queue(world: &World, who: &str, query: &str) -> String {
    body(get(world, who, &format!("/queue{query}")))
}

/// The rows in their order.
fn rows(page: &str) -> Vec<String> {
    page.split("data-row=\"").skip(1).filter_map(|it| it.split('"').next()).map(str::to_owned).collect()
}

/// How many a view says that it holds.
fn counted(page: &str, view: &str) -> String {
    let after = page.split(&format!("id=\"n-{view}\">")).nth(1).unwrap_or_else(|| panic!("the view {view} stands on\n{page}"));
    after.split('<').next().unwrap_or_default().to_owned()
}

/// A row as it stands on the page.
fn row<'a>(page: &'a str, reference: &str) -> &'a str {
    let from = page.find(&format!("id=\"row-{reference}\"")).unwrap_or_else(|| panic!("{reference} stands on\n{page}"));
    page[from..].split("</tr>").next().unwrap_or_default()
}

/// Three tickets: the second breaks first, the third waits and has no running clock.
fn three(world: &World) -> [String; 3] {
    promised(world);
    let first = world.incident("Bao", json!({ "summary": "Printer prints nothing" }));
    world.does("Dana", &first, "reply", json!({ "text": "Is the cable in?" }));
    let second = world.incident("Bea", json!({ "summary": "Gate B stays shut" }));
    let third = world.make("Bao", "requests", json!({ "summary": "A second screen" })).reference;
    world.does("Ravi", &third, "take", json!({}));
    world.does("Ravi", &third, "pend", json!({ "reason": "requester" }));
    [first, second, third]
}

#[test]
fn what_breaks_next_stands_on_top_and_what_rests_at_the_end() {
    let world = world();
    let [first, second, third] = three(&world);
    let page = queue(&world, "Dana", "");
    assert_eq!(rows(&page), [second.clone(), first.clone(), third.clone()]);
    assert!(row(&page, &third).contains("With requester") && page.contains("next breach first"));
    let due = |reference: &str| world.ticket(reference).int("due_at");
    assert_eq!((due(&second), due(&first), due(&third)), (Some(FRIDAY + 2 * HOUR), Some(FRIDAY + 8 * HOUR), None));
    world.does("Ravi", &third, "resume", json!({}));
    world.does("Dana", &first, "resolve", json!({ "resolution": "Done" }));
    assert!(due(&third).is_some() && due(&first).is_none());
    world.verified();
}

#[test]
fn the_order_explains_itself() {
    let world = world();
    let [first, second, _] = three(&world);
    world.at(FRIDAY + 4 * HOUR);
    let page = queue(&world, "Dana", "?why=order");
    for part in ["Why this order?", "A promise is broken and still owed", ">1 here<", "No clock runs"] {
        assert!(page.contains(part), "{part} stands on\n{page}");
    }
    let page = queue(&world, "Dana", &format!("?why={first}"));
    assert!(
        page.contains(&format!("Why does {first} stand here?")) && page.contains(&format!("Above it: {second}")) && page.contains("2 of 3")
    );
}

#[test]
fn views_say_how_many_they_hold_and_what_they_ask_can_be_taken_away() {
    let world = world();
    let [first, second, third] = three(&world);
    world.does("Dana", &second, "take", json!({}));
    let page = queue(&world, "Dana", "");
    let said = ["mine", "unassigned", "vendor", "requester", "breaching", "open", "all"].map(|view| counted(&page, view));
    assert_eq!(said, ["1", "1", "0", "1", "2", "3", "3"]);
    world.does("Ravi", &first, "take", json!({}));
    assert_eq!(counted(&queue(&world, "Dana", ""), "unassigned"), "1", "what others do is counted some seconds later");
    world.at(FRIDAY + 600_000);
    assert_eq!(counted(&queue(&world, "Dana", ""), "unassigned"), "0");
    let page = queue(&world, "Dana", "?view=requester");
    assert_eq!(rows(&page), [third]);
    assert!(page.contains("href=\"/queue?view=all&amp;state=pending\""), "the chip of the reason can be taken away");
    let page = queue(&world, "Dana", "?view=breaching");
    assert!(page.contains("up to") && rows(&page).len() == 2, "{page}");
    let rest = page.split("href=\"").filter_map(|it| it.split('"').next()).find(|it| it.contains("due_at__lte=") && !it.contains("active"));
    let rest = rest.expect("without the status, the rest is written out").replace("&amp;", "&");
    assert_eq!(rows(&queue(&world, "Dana", &rest["/queue".len()..])).len(), 2, "{rest}");
    let unknown = queue(&world, "Dana", "?view=nonsense");
    assert!(unknown.contains("All open") && unknown.contains("Left out: View. There is no such view"), "{unknown}");
}

#[test]
fn what_changed_since_somebody_looked_is_told_apart_for_them_alone() {
    let world = world();
    let [first, second, _] = three(&world);
    assert!(!queue(&world, "Dana", "").contains("class=\"unread"), "nothing is news to whoever comes first");
    world.at(FRIDAY + HOUR);
    world.does("Ravi", &second, "note", json!({ "text": "The fuse" }));
    let new = world.incident("Bea", json!({ "summary": "Gate C stays shut, too" }));
    world.at(FRIDAY + HOUR + 1_000);
    let unread = |who: &str, reference: &str| row(&queue(&world, who, "?view=all"), reference).contains("class=\"unread");
    assert_eq!([&first, &second, &new].map(|it| unread("Dana", it)), [false, true, true]);
    let talk = body(get(&world, "Dana", &format!("/incidents/{second}")));
    assert!(talk.contains(&format!("data-reads=\"{second}\"")));
    assert_eq!([&second, &new].map(|it| unread("Dana", it)), [false, true], "who opens it has read it");
    assert!(!unread("Ravi", &second), "Ravi had no queue before");
    world.at(FRIDAY + 2 * HOUR);
    world.does("Dana", &second, "take", json!({}));
    world.at(FRIDAY + 2 * HOUR + 1_000);
    assert!(!unread("Dana", &second), "what one does oneself is no news");
    assert!(unread("Ravi", &second));
}

#[test]
fn a_preview_stands_beside_the_list_and_shows_what_its_reader_may_see() {
    let world = world();
    let [first, second, _] = three(&world);
    world.does("Dana", &second, "note", json!({ "text": "zwiebel" }));
    let page = queue(&world, "Dana", &format!("?at={second}"));
    let preview = page.split("id=\"preview\"").nth(1).expect("a preview");
    for part in ["Gate B stays shut", "zwiebel", "data-key=\"r\"", "data-key=\"e\"", "/assign?back=", "Bea"] {
        assert!(preview.contains(part), "{part} stands in\n{preview}");
    }
    assert!(row(&page, &second).contains("aria-current=\"true\""));
    let to = way(get(&world, "Dana", &format!("/queue/preview?in=%2Fqueue%3Fview%3Dall&at={first}")));
    assert!(to.starts_with("/queue") && to.ends_with(&format!("at={first}")), "without a script it leads to the list: {to}");
    let other = queue(&world, "Bao", &format!("?at={second}"));
    assert!(!other.contains("Gate B stays shut"), "a ticket that one may not see is not shown beside the list");
}

#[test]
fn a_filter_is_added_by_what_its_field_can_be() {
    let world = world();
    let [first, ..] = three(&world);
    let form = |field: &str| match get(&world, "Dana", &format!("/queue/filter?view=all&priority=3&field={field}")) {
        Ok(Reply::Fragment(form)) => form.0,
        Ok(Reply::Page { body, .. }) => body.0,
        _ => panic!("a form"),
    };
    let state = form("state");
    for part in
        ["<option value=\"in_progress\">In progress</option>", "<option value=\"ne\">is not</option>", "name=\"priority\" value=\"3\""]
    {
        assert!(state.contains(part), "{part} stands in\n{state}");
    }
    assert!(!state.contains("up to") && !state.contains("name=\"field\" value"), "a state has no order: {state}");
    let opened = form("opened_at");
    assert!(opened.contains("type=\"datetime-local\"") && opened.contains(">after<") && !opened.contains(">over<"), "{opened}");
    let none = way(get(&world, "Dana", "/queue?view=all&field=assignee&op=is&value=Ravi&empty=true"));
    assert_eq!(none, "/queue?view=all&assignee__empty=true");
    assert!(form("team").contains("/lookup/teams") && form("priority").contains("Moderate"));

    world.does("Dana", &first, "take", json!({}));
    let page = queue(&world, "Dana", "?view=all&state=assigned");
    assert!(page.contains(&first));
    assert_eq!(
        queue(&world, "Dana", "?view=all&state=Assigned").matches("id=\"row-").count(),
        page.matches("id=\"row-").count(),
        "by its label"
    );
    assert!(queue(&world, "Dana", "?view=all&state=nonsense").contains("Left out: State. There is no such state."));
    assert!(queue(&world, "Dana", "?view=all&opened_at__gte=soon").contains("Left out: Opened. This must be a time"));
}

#[test]
fn an_empty_list_says_which_kind_it_is() {
    let world = world();
    let page = queue(&world, "Dana", "");
    assert!(page.contains("No tickets yet") && page.contains("href=\"/incidents/new\""), "{page}");
    three(&world);
    world.at(FRIDAY + 600_000);
    let page = queue(&world, "Dana", "?view=vendor");
    assert!(page.contains("No vendor is asked") && !page.contains("The filters hide"));
    let page = queue(&world, "Dana", "?priority=1&q=screen");
    assert!(page.contains("The filters hide 3") && page.contains("Without priority: 1"), "{page}");
}

#[test]
fn a_saved_question_is_a_view_and_the_list_of_the_register_is_the_queue() {
    let world = world();
    let [_, second, third] = three(&world);
    let page = queue(&world, "Dana", "?view=requester");
    let question = page.split("name=\"question\" value=\"").nth(1).and_then(|it| it.split('"').next()).expect("a question");
    assert_eq!(question, "state=pending&amp;pending_reason=requester&amp;sort=-updated_at");
    let to = way(get(&world, "Dana", "/tickets?state=pending&pending_reason=requester&sort=-updated_at&view=requester"));
    assert_eq!(to, "/queue?view=requester", "what a view asks anyhow is left out");
    let to = way(get(&world, "Dana", &format!("/tickets?reference={second},{third}")));
    assert_eq!(to, format!("/queue?reference={second},{third}&view=all"));
    assert_eq!(rows(&queue(&world, "Dana", &to["/queue".len()..])).len(), 2);
}

#[test]
fn news_change_values_in_place_and_only_count_rows_that_would_move() {
    let world = world();
    let [first, second, third] = three(&world);
    queue(&world, "Dana", "");
    world.at(FRIDAY + HOUR);
    world.does("Ravi", &second, "take", json!({}));
    let new = world.incident("Bea", json!({ "summary": "Gate C stays shut, too" }));
    let shown = [second.clone(), first, third];
    let ids = [&second, &new].map(|it| world.ticket(it).id);
    let told = tell(&world, "Dana", "/queue", &shown, &ids);
    let (mut newer, mut patched) = (0, String::new());
    for event in told {
        match event {
            Event::Newer(count) => newer = count,
            Event::Patch(html) => patched.push_str(&html.0),
            _ => panic!("a list tells of rows and counts"),
        }
    }
    assert_eq!(newer, 1, "one enters; the others stay in their order");
    assert!(patched.contains(&format!("id=\"row-{second}\"")) && patched.contains("Assigned") && patched.contains("unread"));
    assert!(!patched.contains(&new), "what is not on the page is not put there");
    assert!(patched.contains("id=\"n-open\">4<"), "{patched}");
    assert!(!tell(&world, "Bao", "/queue", &shown, &ids).iter().any(|it| matches!(it, Event::Patch(html) if html.0.contains(&second))));
}

fn tell(world: &World, who: &str, address: &str, rows: &[String], records: &[i64]) -> Vec<Event> {
    let live = desk::PRACTICES.iter().flat_map(|it| it.live).find(|it| it.path == address).expect("a live page");
    let request = crate::pages::request(world, who, address, json!({}));
    let (rows, records) = (rows.to_vec(), records.to_vec());
    let told = world.db.read_wait(move |tx| {
        let entry = |record: &i64| Happened {
            position: 1,
            entry: 1,
            act: 1,
            at: FRIDAY,
            actor: None,
            register: "incidents".into(),
            record: *record,
            verb: "take".into(),
        };
        let happened: Vec<Happened> = records.iter().map(entry).collect();
        (live.tell)(tx, &request, &Followed { rows: &rows, happened: &happened })
    });
    told.expect("what is told")
}

#[test]
fn whoever_may_do_nothing_to_many_has_nothing_to_tick() {
    let world = world();
    three(&world);
    let page = queue(&world, "Dana", "");
    for part in ["name=\"pick\"", "action=\"/tickets/bulk\"", "value=\"assign\"", "Select all 3", "Change a field…"] {
        assert!(page.contains(part), "{part} stands on\n{page}");
    }
    assert!(matches!(get(&world, "Bao", "/queue"), Ok(Reply::Page { body, .. }) if !body.0.contains("value=\"assign\"")));
}

#[test]
fn the_neighbours_of_a_ticket_are_found_far_into_a_list() {
    let world = world();
    let all: Vec<String> = (0..203).map(|number| world.incident("Bao", json!({ "summary": format!("Number {number}") }))).collect();
    let list = "/incidents?sort=created_at";
    let near = |at: usize, go: &str| {
        let reply = get(&world, "Dana", &format!("/incidents/{}/near?go={go}&in={}", all[at], list));
        let Ok(Reply::Redirect { to, toast, .. }) = reply else { panic!("a way") };
        (to.split(['/', '?']).nth(2).unwrap_or_default().to_owned(), toast)
    };
    for at in [0, 198, 199, 200, 201] {
        assert_eq!(near(at, "next"), (all[at + 1].clone(), String::new()), "after {at}");
        assert_eq!(near(at + 1, "previous"), (all[at].clone(), String::new()), "before {}", at + 1);
    }
    assert_eq!(near(202, "next"), (all[202].clone(), "This is the last of the list".into()));
    assert_eq!(near(0, "previous"), (all[0].clone(), "This is the first of the list".into()));
}

#[test]
fn what_one_may_not_see_is_not_named_by_what_one_follows() {
    let world = world();
    let [gone, here] = ["Payroll", "Printer"].map(|summary| world.incident("Bao", json!({ "summary": summary })));
    for reference in [&gone, &here] {
        world.does("Dana", reference, "note", json!({ "text": "@Ravi, do you know this one?" }));
    }
    let followed = || queue(&world, "Ravi", "?view=followed");
    assert!(followed().contains(&gone) && followed().contains(&here));
    let reference = gone.clone();
    let moves = move |act: &mut kernel::Act| {
        act.tx.run("delete from share", &[])?;
        Ok(act.tx.run("update ticket set organisation = 1 where reference = ?1", &[reference.as_str().into()])?)
    };
    world.write("house", moves).expect("it goes to another organisation");
    let page = followed();
    assert!(page.contains(&here) && !page.contains(&gone), "{page}");
}
