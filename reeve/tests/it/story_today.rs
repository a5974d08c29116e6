//! The morning: what needs whom, in which order, and what happened last night, on a clock that moves.

use crate::browsed::{between, figures_agree};
use crate::world::{World, world};
use serde_json::{Value as Json, json};

const HOUR: i64 = 3_600;

/// Working hours, a promise to resolve within four of them, and a service that is worth something.
fn furnished() -> World {
    let world = world();
    let make = |kind: &str, fields: Json| {
        let made = world.post("Ada", &format!("/api/v1/{kind}"), &fields);
        assert_eq!(made.status, 201, "{kind}: {}", made.json);
        made.json["reference"].as_str().unwrap_or_default().to_owned()
    };
    make("calendars", json!({ "name": "Office", "zone": "UTC", "hours": "mon-fri 08:00-18:00" }));
    make("levels", json!({ "name": "Standard", "calendar": "Office", "promised_share": 90 }));
    make("targets", json!({ "level": "Standard", "measure": "resolution", "within": "PT4H" }));
    make("teams", json!({ "name": "Integration" }));
    make("services", json!({ "name": "Customs EDI", "value_per_hour": { "amount": "32400.00", "currency": "EUR" } }));
    world
}

fn incident(world: &World, fields: Json) -> String {
    let made = world.post("Dana", "/api/v1/incidents", &fields);
    assert_eq!(made.status, 201, "{}", made.json);
    made.json["reference"].as_str().unwrap_or_default().to_owned()
}

fn does(world: &World, who: &str, reference: &str, verb: &str, input: Json) {
    let answer = world.post(who, &format!("/api/v1/incidents/{reference}/{verb}"), &input);
    assert_eq!(answer.status, 200, "{who} does {verb}: {}", answer.json);
}

/// Notes breaches, as the clock of the house does every 15 seconds.
fn sweep(world: &World) {
    let house = std::sync::Arc::clone(&world.house);
    world.db.write_wait(move |tx| desk::ticket::sweep(tx, &house, house.clock.now())).expect("a sweep");
}

#[test]
fn last_night_is_told_in_three_sentences_whose_figures_open_their_records() {
    let world = furnished();
    for (kind, fields) in [
        ("calendars", json!({ "name": "Always", "zone": "UTC", "hours": "mon-sun 00:00-24:00" })),
        ("services", json!({ "name": "Gate" })),
        ("levels", json!({ "name": "Round the clock", "calendar": "Always", "service": "Gate" })),
        ("targets", json!({ "level": "Round the clock", "measure": "resolution", "within": "PT10H30M" })),
    ] {
        assert_eq!(world.post("Ada", &format!("/api/v1/{kind}"), &fields).status, 201, "{kind}");
    }
    let old = incident(&world, json!({ "summary": "From before", "impact": 2, "urgency": 2, "service": "Gate" }));
    incident(&world, json!({ "summary": "Broken by day, noticed in the evening", "impact": 2, "urgency": 2 }));
    world.later(11 * HOUR);
    sweep(&world);
    let gone = incident(&world, json!({ "summary": "Gate prints nothing", "service": "Customs EDI" }));
    incident(&world, json!({ "summary": "Declarations stuck", "impact": 1, "urgency": 1, "service": "Customs EDI" }));
    does(&world, "Dana", &gone, "resolve", json!({ "resolution": "Toner" }));
    let max = world.session("Max");
    let evening = world.page(&max, "/today");
    assert_eq!(evening.status, 200, "{}", evening.text);
    assert!(evening.text.contains("Since 18:00 the desk has taken "), "{}", evening.text);
    world.later(13 * HOUR + HOUR / 2);
    let morning = world.page(&world.session("Max"), "/today").text;
    for words in [
        "Between 18:00 and 08:00 the desk took ",
        ">2 contacts</a> and closed ",
        ">1</a>. A promise was broken on ",
        ">one ticket</a>. At 19:00 ",
        ">Declarations stuck</a> was reported as P1; it is still open.",
    ] {
        assert!(morning.contains(words), "{words} is not in {morning}");
    }
    assert!(morning.contains(&format!("/tickets?reference={old}")), "the ticket of the broken promise is named");
    assert!(figures_agree(&world, "Max", &morning) >= 4, "two of the night, its breach and open incidents");
    world.later(24 * HOUR);
    assert!(world.page(&world.session("Max"), "/today").text.contains("no contacts</a> and closed "), "the next night was quiet");
}

#[test]
fn what_was_called_off_in_the_night_is_not_open() {
    let world = furnished();
    world.later(11 * HOUR);
    let off = incident(&world, json!({ "summary": "Declarations stuck", "impact": 1, "urgency": 1 }));
    world.later(HOUR);
    does(&world, "Dana", &off, "cancel", json!({ "reason": "It was the cable" }));
    world.later(12 * HOUR + HOUR / 2);
    let max = world.session("Max");
    for path in ["/today", "/today/sheet"] {
        let page = world.page(&max, path).text;
        assert!(page.contains("Declarations stuck</a> was reported as P1; it was called off."), "{path}: {page}");
    }
}

#[test]
fn the_hours_of_the_day_stand_where_they_are_when_the_clocks_change() {
    // 09:00 in Copenhagen on 28 March 2027, when the clocks go on, and on 31 October, when they go back.
    for hours in [124 * 24 - 1, 341 * 24] {
        let world = world();
        assert_eq!(world.form(&world.session("Max"), "/me/writing", "zone=Europe/Copenhagen").status, 303);
        world.later(hours * HOUR);
        let page = world.page(&world.session("Max"), "/today").text;
        let now = between(&page, "class=\"nowline\" x1=\"", "\"");
        assert!(!now.is_empty() && page.contains(">now 09:00<"), "{page}");
        assert!(page.contains(&format!("<text x=\"{now}\" y=\"10\" text-anchor=\"middle\">09:00<")), "now is not at 09:00: {page}");
    }
}

#[test]
fn an_empty_morning_leads_back_to_the_first_hour_while_steps_are_left() {
    let world = world();
    let morning = |who: &str| world.page(&world.session(who), "/today").text;
    let ada = morning("Ada");
    assert_eq!(ada.matches("Nothing needs you now</h").count(), 1, "it is said once");
    assert!(ada.contains("Your first hour: ") && ada.contains("href=\"/first-hour\""));
    assert!(!morning("Dana").contains("Your first hour"));
}

#[test]
fn what_stands_still_comes_first_and_says_what_an_hour_costs() {
    let world = furnished();
    let process =
        json!({ "name": "Cargo release", "kind": "business-process", "value_per_hour": { "amount": "26000.00", "currency": "EUR" } });
    for (kind, fields) in [("services", process), ("relations", json!({ "source": "SVC-2", "target": "SVC-1" }))] {
        let made = world.post("Ada", &format!("/api/v1/{kind}"), &fields);
        assert_eq!(made.status, 201, "{kind}: {}", made.json);
    }
    let mouse = incident(&world, json!({ "summary": "Mouse is slow", "service": "Customs EDI" }));
    let down = incident(&world, json!({ "summary": "Declarations stuck", "impact": 1, "urgency": 1, "service": "Customs EDI" }));
    world.later(HOUR / 2);
    let max = world.session("Max");
    let page = world.page(&max, "/today").text;
    let first = page.split("<li").find(|part| part.contains("class=\"no\"")).unwrap_or_default();
    assert!(first.contains("Declarations stuck") && first.contains("€32,400/h") && first.contains("at most €16,200 so far"), "{first}");
    let stops = world.page(&max, &format!("/incidents/{down}/stops")).text;
    assert!(stops.contains("Cargo release</a><span class=\"def\" title=\"What an hour without it costs\">€26,000/h"), "{stops}");
    assert!(
        stops.contains("Customs EDI</a><span class=\"def\" title=\"What an hour without it costs\">€32,400/h"),
        "what is counted is told: {stops}"
    );
    assert!(stops.contains("At most so far, 30\u{a0}min</span><b>€16,200"), "the ticket says what the morning says: {stops}");
    let other = world.page(&max, &format!("/incidents/{mouse}/stops")).text;
    assert!(!other.contains("so far"), "{other}");
    assert!(page.contains("one cannot wait</h1>") || page.contains("and it cannot wait</h1>"), "{page}");
    let verb = format!("action=\"/incidents/{down}/take\"");
    assert!(first.contains(&verb), "the verb stands right there: {first}");
    let taken = world.form(&max, &format!("/incidents/{down}/take"), "back=/today");
    assert_eq!((taken.status, taken.header("location")), (303, "/today"), "{}", taken.text);
    assert!(!world.page(&max, "/today").text.contains(&verb), "what is taken is not to be taken");
    assert!(world.page(&max, "/today/order").text.contains("cannot wait"), "the order explains itself");
}

#[test]
fn everybody_sees_what_needs_them_and_nothing_else() {
    let world = furnished();
    let theirs = incident(&world, json!({ "summary": "Declarations stuck", "impact": 1, "urgency": 1, "team": "Integration" }));
    let (max, dana, bao, foreign) = (world.session("Max"), world.session("Dana"), world.session("Bao"), world.session("Foreign"));
    let sees = |session: &str| world.page(session, "/today").text.contains("class=\"what subject\" href=\"/incidents/");
    assert!(sees(&max), "whoever answers for the promises sees every critical incident");
    assert!(!sees(&dana), "an agent of no team has nothing to do with it");
    does(&world, "Max", &theirs, "assign", json!({ "assignee": "Dana" }));
    assert!(sees(&dana), "now it is hers");
    let outside = world.page(&foreign, "/today");
    assert_eq!(outside.status, 200, "{}", outside.text);
    assert!(!outside.text.contains("Declarations stuck") && !outside.text.contains(&theirs), "{}", outside.text);
    assert!(matches!(world.page(&bao, "/today").status, 403 | 404), "who only asks has a portal");
    assert!(matches!(world.page(&bao, "/today/sheet").status, 403 | 404));
}

#[test]
fn a_line_that_is_turned_off_stays_off_for_that_person_alone() {
    let world = furnished();
    incident(&world, json!({ "summary": "Declarations stuck", "impact": 1, "urgency": 1 }));
    let (max, ada) = (world.session("Max"), world.session("Ada"));
    for session in [&max, &ada] {
        assert!(world.page(session, "/today").text.contains("Declarations stuck"));
    }
    let counts = world.page(&max, "/today/counts").text;
    let keys: Vec<&str> = counts.split("name=\"on\"").skip(1).map(|part| between(part, "value=\"", "\"")).collect();
    assert!(keys.contains(&"ticket.critical") && keys.contains(&"contract.cancel"), "{keys:?}");
    let kept: Vec<String> = keys.iter().filter(|key| **key != "ticket.critical").map(|key| format!("on={key}")).collect();
    let saved = world.form(&max, "/today/counts", &kept.join("&"));
    assert_eq!((saved.status, saved.header("location")), (303, "/today"), "{}", saved.text);
    // The promise on it is a line of its own; the line that says how long it is open is the one turned off.
    let lines = |session: &str| world.page(session, "/today").text.contains("Open for ");
    assert!(!lines(&max) && lines(&ada));
    assert_eq!(world.form(&max, "/me/screen", "theme=dark").status / 100, 3);
    assert!(!lines(&max), "another choice leaves it as it is");
}

#[test]
fn a_level_below_its_share_says_how_many_must_be_kept() {
    let world = furnished();
    incident(&world, json!({ "summary": "Late one" }));
    world.later(5 * HOUR);
    sweep(&world);
    for n in 0..4 {
        let kept = incident(&world, json!({ "summary": format!("Kept {n}") }));
        does(&world, "Dana", &kept, "resolve", json!({ "resolution": "Done" }));
    }
    let max = world.session("Max");
    let page = world.page(&max, "/today?all=1").text;
    let wanted = "Of 5 promises to resolve made this month 1 are broken: at best 80.0 % are kept. The next 5 must all be kept to reach it.";
    assert!(page.contains(wanted), "{page}");
    assert!(!world.page(&world.session("Dana"), "/today?all=1").text.contains(wanted), "agents do not answer for levels");
}

#[test]
fn books_contribute_what_is_at_stake_to_whoever_answers_for_it() {
    let world = furnished();
    let make = |kind: &str, fields: Json| assert_eq!(world.post("Ada", &format!("/api/v1/{kind}"), &fields).status, 201, "{fields}");
    make(
        "contracts",
        json!({ "name": "Line to the mainland", "starts_on": "2020-12-01", "ends_on": "2023-11-30", "renewal": "tacit", "renewal_months": 36,
            "value_per_year": { "amount": "137600.00", "currency": "EUR" } }),
    );
    make("risks", json!({ "summary": "One line", "likelihood": 4, "impact": 5, "treatment": "A second", "review_on": "2026-11-20" }));
    make("improvements", json!({ "summary": "Faster answers", "due_on": "2026-11-01" }));
    let max = world.session("Max");
    let page = world.page(&max, "/today?all=1").text;
    for words in [
        "Line to the mainland renews for 36 months unless you give notice by Mon 30 Nov",
        "€412,800",
        "Look at the risk again: One line",
        "Its review was due 4 days ago. It scores 20 of 25.",
        "One open risk scores more than 14, where what is borne ends",
        "Late: Faster answers",
    ] {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    let dana = world.page(&world.session("Dana"), "/today?all=1").text;
    assert!(!dana.contains("Line to the mainland") && !dana.contains("One open risk"), "an agent answers for none of them");
}

#[test]
fn what_is_borne_ends_at_one_score_everywhere() {
    let world = furnished();
    let risk = json!({ "summary": "One line", "likelihood": 3, "impact": 5 });
    let refused = world.post("Ada", "/api/v1/risks", &risk);
    assert!(refused.status == 422 && refused.json.to_string().contains("What is borne ends at 14"), "{}", refused.json);
    let ada = world.session("Ada");
    assert_eq!(
        world.post("Ada", "/api/v1/risks", &json!({ "summary": "Two", "likelihood": 3, "impact": 5, "treatment": "A second" })).status,
        201
    );
    let alarms = || world.page(&ada, "/risks").text.contains("<b class=\"bad\">15</b>");
    assert!(alarms(), "15 is not borne");
    assert_eq!(world.form(&ada, "/settings", "risk.appetite=20").status / 100, 3);
    let made = world.post("Ada", "/api/v1/risks", &risk);
    assert_eq!(made.status, 201, "up to 20 it is borne: {}", made.json);
    let reference = made.json["reference"].as_str().expect("a reference");
    assert!(!alarms(), "the list goes by the same score");
    let rule = "What is borne ends at 20; a risk that scores more needs a treatment";
    for path in ["/risks".to_owned(), format!("/risks/{reference}?why=score")] {
        let page = world.page(&ada, &path).text;
        assert!(page.contains(rule), "{path}: {page}");
    }
    assert!(!world.page(&ada, "/today?all=1").text.contains("open risk scores more"), "nothing is above it");
}

#[test]
fn a_line_says_only_what_is_known_and_once() {
    let world = furnished();
    let make = |kind: &str, fields: Json| assert_eq!(world.post("Ada", &format!("/api/v1/{kind}"), &fields).status, 201, "{fields}");
    make(
        "risks",
        json!({ "summary": "One line", "likelihood": 2, "impact": 5, "owner": "Dana", "review_on": "2026-11-20",
            "expected_loss": { "amount": "5000.00", "currency": "EUR" } }),
    );
    let lines = |who: &str| world.page(&world.session(who), "/today?all=1").text;
    let dana = lines("Dana");
    assert!(dana.contains("Look at the risk again") && !dana.contains("expected loss"), "she may not read the amount: {dana}");
    for n in 0..3 {
        incident(&world, json!({ "summary": format!("Stuck {n}"), "service": "Customs EDI" }));
    }
    let max = lines("Max");
    assert!(max.contains("€5,000") && max.contains("expected loss a year"), "{max}");
    assert!(max.contains("€32,400/h<small>without Customs EDI"), "the hour is said once: {max}");
    let asked = incident(&world, json!({ "summary": "No sound", "requester": "Bao", "assignee": "Dana" }));
    world.later(HOUR);
    let dana = lines("Dana");
    assert!(dana.contains("No answer since it was opened") && !dana.contains(&format!("The oldest is {asked}")), "{dana}");
}

#[test]
fn every_sort_of_line_is_described_and_guarded() {
    let world = world();
    let mut keys = Vec::new();
    for practice in &world.house.practices {
        for line in practice.today {
            assert!(line.key.starts_with(&format!("{}.", practice.key)), "{} belongs to {}", line.key, practice.key);
            assert!(!line.title.is_empty() && line.about.ends_with('.'), "{}", line.key);
            let (register, verb) = line.may.split_once('.').expect("a permission");
            let register = world.house.register(register).unwrap_or_else(|| panic!("{} needs a register", line.key));
            assert!(register.permissions().any(|it| it == verb), "{}: there is no {}", line.key, line.may);
            keys.push(line.key);
        }
    }
    keys.sort_unstable();
    let count = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), count, "a key names one sort of line");
    assert!(count >= 15, "{keys:?}");
}
