//! A service at a glance: its health, its graph and its promises, as the people of the world may see them.

use crate::world::{World, world};
use kernel::web::{Reply, Request, Serves};
use kernel::who::{Means, view_of};
use kernel::{Error, Result};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// A page as somebody sees it, by the practice's own route.
fn page(world: &World, who: &str, path: &str, query: &[(&str, &str)]) -> Result<String> {
    let me = world.get(who, "/api/v1/people?limit=200").json["items"].as_array().cloned().unwrap_or_default();
    let email = format!("{}@example.org", who.to_lowercase());
    let reference = me.iter().find(|it| it["email"] == json!(email)).map(|it| it["reference"].as_str().unwrap_or_default().to_owned());
    let (house, path) = (Arc::clone(&world.house), path.to_owned());
    let query: Vec<(String, String)> = query.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    world.db.read_wait(move |tx| {
        let sql = "select id from person where reference = ?1 or email = ?2";
        let person = tx.one(sql, &[reference.clone().unwrap_or_default().into(), email.clone().into()])?.int(0)?;
        let view = view_of(tx, &house, person, 0, Means::Page)?;
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let routes = house.practices.iter().flat_map(|practice| practice.routes);
        let fits = |route: &&kernel::web::Route| {
            let own: Vec<&str> = route.path.split('/').filter(|part| !part.is_empty()).collect();
            own.len() == parts.len() && own.iter().zip(&parts).all(|(own, part)| own.starts_with('{') || own == part)
        };
        let route = routes.into_iter().find(fits).ok_or(Error::NotFound)?;
        if let Some((register, verb)) = route.may.split_once('.') {
            view.demand(house.register(register).ok_or(Error::NotFound)?, verb)?;
        }
        let request = Request {
            view,
            house: Arc::clone(&house),
            now: house.clock.now(),
            site: String::new(),
            path: path.clone(),
            parts: vec![("reference".into(), parts.get(1).map_or_else(String::new, |it| (*it).to_owned()))],
            query: query.clone(),
            form: serde_json::Map::new(),
            files: Vec::new(),
            csrf: "token".into(),
            fragment: false,
            theme: String::new(),
            density: String::new(),
        };
        let Serves::Page(serve) = route.serves else { return Err(Error::NotFound) };
        match serve(tx, &request)? {
            Reply::Page { body, .. } => Ok(body.into_string()),
            _ => Err(Error::Fault("that is no page".into())),
        }
    })
}

fn made(world: &World, kind: &str, fields: &Json) -> String {
    let answer = world.post("Ada", &format!("/api/v1/{kind}"), fields);
    assert_eq!(answer.status, 201, "{kind}: {}", answer.json);
    answer.json["reference"].as_str().expect("a reference").to_owned()
}

/// A process that needs a service that runs on two machines behind one switch.
fn port(world: &World) -> [String; 5] {
    let service = made(world, "services", &json!({ "name": "Customs", "kind": "technical-service" }));
    let process = made(
        world,
        "services",
        &json!({ "name": "Cargo release", "kind": "business-process", "value_per_hour": { "amount": "26000.00", "currency": "EUR" } }),
    );
    let machines = ["gw-1", "gw-2"].map(|name| made(world, "configuration-items", &json!({ "name": name, "kind": "virtual-machine" })));
    let switch = made(world, "configuration-items", &json!({ "name": "core switch", "kind": "network-device" }));
    let [one, two] = machines;
    for (source, target) in [(&process, &service), (&service, &one), (&service, &two), (&one, &switch), (&two, &switch)] {
        made(world, "relations", &json!({ "source": source, "target": target }));
    }
    [service, process, one, two, switch]
}

#[test]
fn the_page_says_how_the_service_stands_and_why() {
    let world = world();
    let [service, process, ..] = port(&world);
    let at = format!("/services/{service}");
    let calm = page(&world, "Dana", &at, &[]).expect("the page");
    assert!(calm.contains("No serious incident open") && !calm.contains("Down since"), "{calm}");
    let report = |summary: &str, impact: i64, urgency: i64| {
        made(&world, "incidents", &json!({ "summary": summary, "impact": impact, "urgency": urgency, "service": service }))
    };
    let small = report("A label is wrong", 3, 3);
    assert!(page(&world, "Dana", &at, &[]).expect("the page").contains("No serious incident open"), "a small one stops nothing");
    let high = report("Slow", 1, 2);
    assert!(page(&world, "Dana", &at, &[]).expect("the page").contains("Degraded since"));
    let worst = report("Nothing goes out", 1, 1);
    let down = page(&world, "Dana", &at, &[]).expect("the page");
    assert!(down.contains("Down since") && down.contains("node hit me") && down.contains("Nothing goes out"), "{down}");
    assert!(down.contains("node touched process") && down.contains("Suffering: Cargo release."), "what needs it suffers: {down}");
    let graph = page(&world, "Dana", &format!("{at}/graph"), &[]).expect("the graph");
    let (picture, table) = graph.split_once("The same as a table").expect("a picture and a table");
    assert!(picture.contains("suffers from Customs") && table.contains("<b>suffers from Customs</b>"), "{table}");
    let other = page(&world, "Dana", &format!("/services/{process}/graph"), &[]).expect("the graph");
    assert_eq!(other.matches("node touched").count(), 1, "what it needs does not suffer: {other}");
    let why = page(&world, "Dana", &at, &[("why", "health")]).expect("why");
    let counted =
        |reference: &str| why.split("<li").find(|step| step.contains(reference)).is_some_and(|step| !step.starts_with(" class=\"out"));
    assert!(counted(&worst) && counted(&high) && !counted(&small), "{why}");
    world.post("Dana", &format!("/api/v1/incidents/{worst}/resolve"), &json!({ "resolution": "Certificates renewed" }));
    assert!(page(&world, "Dana", &at, &[]).expect("the page").contains("Degraded since"), "what is resolved no longer counts");
}

#[test]
fn the_graph_draws_what_the_table_lists_and_tells_the_layers_apart() {
    let world = world();
    let [service, process, one, two, switch] = port(&world);
    let graph = page(&world, "Dana", &format!("/services/{service}/graph"), &[]).expect("the graph");
    let (picture, table) = graph.split_once("The same as a table").expect("a picture and a table");
    for reference in [&process, &one, &two, &switch] {
        assert!(picture.contains(&format!("/{reference}\"")) && table.contains(&format!("/{reference}\"")), "{reference} is in both");
    }
    for row in table.split("<tr").filter(|row| row.contains("f-main")) {
        for place in ["f-main", "f-side", "f-a", "f-b", "f-c"] {
            assert!(row.matches(&format!("\"{place}")).count() <= 1, "two cells in one place on narrow screens: {row}");
        }
    }
    assert_eq!(picture.matches("data-n=").count(), 5);
    assert_eq!(picture.matches("data-e=").count(), 5);
    for layer in ["Infrastructure", "Components", "Services", "Business processes"] {
        assert!(picture.contains(layer), "{layer}");
    }
    assert!(!picture.contains("Outside"), "no layer without things");
    assert!(picture.contains("€26,000/h") && table.contains("gw-1"), "{picture}");
    assert!(page(&world, "Dana", &format!("/configuration-items/{switch}/graph"), &[]).expect("an item's").matches("data-n=").count() == 5);
    let found = page(&world, "Dana", &format!("/services/{service}/graph"), &[("find", "SWITCH")]).expect("found");
    assert!(found.contains("1 thing is") && found.contains("class=\"node found\""), "{found}");
}

#[test]
fn the_graph_is_as_it_was_at_the_time_asked_for() {
    let world = world();
    let [service, _, one, ..] = port(&world);
    let before = world.now();
    world.later(3_600);
    let relations = world.get("Ada", &format!("/api/v1/relations?target={one}")).json;
    let relation = relations["items"][0]["reference"].as_str().expect("a relation").to_owned();
    assert_eq!(world.post("Ada", &format!("/api/v1/relations/{relation}/end"), &json!({})).status, 200);
    world.later(60);
    let at = format!("/services/{service}/graph");
    let now = page(&world, "Dana", &at, &[]).expect("now");
    assert_eq!(now.matches("data-n=").count(), 4, "gw-1 no longer carries it");
    let then = page(&world, "Dana", &at, &[("as_of", before.as_str())]).expect("then");
    assert_eq!(then.matches("data-n=").count(), 5);
    assert!(then.contains("The graph as it was on"));
    assert!(matches!(page(&world, "Dana", &at, &[("as_of", "yesterday")]), Err(Error::Malformed { .. })), "nonsense is refused by name");
}

#[test]
fn a_large_graph_folds_opens_and_beyond_a_limit_is_a_table() {
    let world = world();
    let service = made(&world, "services", &json!({ "name": "Wide" }));
    let many = |from: usize, until: usize| {
        for number in from..until {
            let item = made(&world, "configuration-items", &json!({ "name": format!("srv-{number}"), "kind": "server" }));
            made(&world, "relations", &json!({ "source": service, "target": item }));
        }
    };
    many(0, 39);
    let at = format!("/services/{service}/graph");
    assert_eq!(page(&world, "Dana", &at, &[]).expect("all").matches("data-n=").count(), 40, "forty are shown one by one");
    many(39, 60);
    let folded = page(&world, "Dana", &at, &[]).expect("folded");
    assert_eq!(folded.matches("data-n=").count(), 2);
    assert!(folded.contains("60 × Server") && folded.contains("?open=under-server"), "{folded}");
    let open = page(&world, "Dana", &at, &[("open", "under-server")]).expect("open");
    assert_eq!(open.matches("data-n=").count(), 61);
    assert!(open.contains("fold 60 server again"));
    many(60, 405);
    let table = page(&world, "Dana", &at, &[]).expect("a table");
    assert_eq!(table.matches("data-n=").count(), 0);
    assert!(table.contains("too many to read as a picture") && table.contains("srv-10"));
}

#[test]
fn what_may_not_be_seen_is_not_in_the_graph_or_on_the_page() {
    let world = world();
    let [service, ..] = port(&world);
    let bao = page(&world, "Bao", &format!("/services/{service}"), &[]).expect("requesters know services");
    assert!(!bao.contains("data-n=") && !bao.contains("€26,000"), "but not what they stand on");
    assert!(page(&world, "Bao", &format!("/services/{service}/graph"), &[]).is_err());
    assert!(matches!(page(&world, "Foreign", &format!("/services/{service}"), &[]), Err(Error::NotFound)));
    assert!(matches!(page(&world, "Foreign", &format!("/services/{service}/graph"), &[]), Err(Error::NotFound)));
}

#[test]
fn a_share_of_promises_names_what_counted_and_what_did_not() {
    let world = world();
    let service = made(&world, "services", &json!({ "name": "Ledger" }));
    let other = made(&world, "services", &json!({ "name": "Other" }));
    let calendar = made(&world, "calendars", &json!({ "name": "Always", "hours": "mon-sun 00:00-24:00" }));
    let level = made(&world, "levels", &json!({ "name": "Gold", "calendar": calendar, "service": service }));
    made(&world, "targets", &json!({ "level": level, "measure": "resolution", "within": "PT4H" }));
    let ticket = |service: &str| {
        let reference = made(&world, "incidents", &json!({ "summary": "It fails", "service": service }));
        format!("/api/v1/incidents/{reference}")
    };
    let (kept, broken, unpromised) = (ticket(&service), ticket(&service), ticket(&other));
    let resolve = |path: &str| assert_eq!(world.post("Dana", &format!("{path}/resolve"), &json!({ "resolution": "Done" })).status, 200);
    world.later(3_600);
    resolve(&kept);
    resolve(&unpromised);
    world.later(5 * 3_600);
    resolve(&broken);
    world.later(60);
    let why = page(&world, "Dana", &format!("/services/{service}"), &[("why", "attainment")]).expect("why");
    assert!(why.contains("50.0") && why.contains("1 of 2 promised"), "{why}");
    let of_level = page(&world, "Dana", &format!("/levels/{level}/attainment"), &[]).expect("why");
    assert!(of_level.contains("1 of 2 promised"), "{of_level}");
    let all = page(&world, "Dana", "/desk/dashboard/attainment", &[]).expect("why");
    assert!(all.contains("1 of 2 promised") && all.contains("made_sla__empty=true"), "{all}");
    assert!(all.split("<li").any(|step| step.contains("Without a promise") && step.contains(">1<")), "the other one is named");
    let list = world.get("Dana", &format!("/api/v1/tickets?service={service}&made_sla=false"));
    assert_eq!(list.json["items"].as_array().map(Vec::len), Some(1), "the figure and its records agree");
}

#[test]
fn a_level_lists_its_targets_in_the_order_in_which_they_fall_due() {
    let world = world();
    let calendar = made(&world, "calendars", &json!({ "name": "Always", "hours": "mon-sun 00:00-24:00" }));
    let level = made(&world, "levels", &json!({ "name": "Gold", "calendar": calendar }));
    let at = format!("/levels/{level}");
    let (ada, dana) = (world.session("Ada"), world.session("Dana"));
    assert!(world.page(&ada, &at).text.contains("it promises nothing"), "a level without targets says so");
    let target = |measure: &str, within: &str, priority: Option<i64>| {
        made(&world, "targets", &json!({ "level": level, "measure": measure, "within": within, "priority": priority }))
    };
    let all = [
        target("resolution", "PT4H", None),
        target("next_update", "PT30M", None),
        target("first_response", "PT10M", None),
        target("first_response", "PT5M", Some(1)),
    ];
    let page = world.page(&ada, &at).text;
    let place = |reference: &str| page.find(&format!("/targets/{reference}")).unwrap_or_else(|| panic!("{reference} is not in {page}"));
    let places = all.each_ref().map(|reference| place(reference));
    assert!(places.is_sorted_by(|a, b| a > b), "first response of critical ones, then of any, next update, resolution: {places:?}");
    for words in ["First response, critical", "5\u{a0}min", "30\u{a0}min", "4\u{a0}h", &format!("/targets/new?level={level}")] {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    assert!(world.page(&ada, &format!("/targets/new?level={level}")).text.contains("Gold"), "the form knows the level");
    assert!(!world.page(&dana, &at).text.contains("/targets/new"), "agents add none");
}
