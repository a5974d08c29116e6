//! Small logs, one rule each.

use crate::world::{World, world};
use desk::incident_log::{Doing, Input, Mapping, Options, Report, import};
use kernel::journal::history;
use kernel::who::Means;
use kernel::{Error, Result};
use serde_json::json;
use std::path::Path;

const MAPPING: &str = r#"
source = "test"
title = "Test"
columns = ["case", "at", "state"]
case = "case"
unknown = ["?"]
at = "at"
actor = "who"
time = { format = "%d/%m/%Y %H:%M", zone = "Europe/Berlin" }
summary = ["{what}", " at {where}"]
note = [{ column = "where" }]

[state]
column = "state"
[state.values]
"New" = { state = "new" }
"Work" = { state = "in_progress" }
"Vendor" = { state = "pending", set = { pending_reason = "vendor" } }
"Done" = { state = "resolved" }
"Over" = { state = "closed" }
"?!" = { note = "No such state" }

[[field]]
field = "team"
column = "team"
[[field]]
field = "priority"
column = "priority"
[[field]]
field = "impact"
value = "2"
[[field]]
field = "urgency"
value = "2"
[[field]]
field = "external_reference"
column = "case"
[[field]]
field = "closure_code"
column = "code"
when = ["resolved", "closed"]
[[field]]
field = "resolved_at"
column = "done"
when = ["resolved", "closed"]
moment = true
"#;

const HEADER: &str = "case,at,who,state,team,priority,what,where,code,done\n";

const STORY: &str = "A,1/3/2016 09:00,Ann,New,First,3,Mail,?,c1,1/3/2016 15:00
A,1/3/2016 10:00,Ann,Work,Second,3,Mail,Porto,c1,1/3/2016 15:00
A,1/3/2016 11:00,Bob,Vendor,Second,3,Mail,Porto,c1,1/3/2016 15:00
A,1/3/2016 12:00,Bob,?!,Second,3,Mail,Porto,c1,1/3/2016 15:00
A,1/3/2016 14:00,Bob,Done,Second,3,Mail,Porto,c1,1/3/2016 15:00
A,1/3/2016 14:30,Ann,Work,First,3,Mail,Porto,c1,1/3/2016 15:00
A,1/3/2016 15:00,Ann,Done,First,3,Mail,Porto,c1,1/3/2016 15:00
";

fn run(world: &World, text: &str, options: &Options) -> Result<Report> {
    let mut view = world.view("house");
    view.means = Means::Import("incident-log".into());
    let bytes: &'static [u8] = Box::leak(text.as_bytes().to_vec().into_boxed_slice());
    let mapping = Some(Mapping::parse(MAPPING)?);
    import(&world.db, &world.house, &view, vec![Input::bytes("test.csv", bytes)], mapping, options, &mut |_| {})
}

fn imported(world: &World, rows: &str) -> Report {
    run(world, &format!("{HEADER}{rows}"), &Options::default()).expect("it is imported")
}

/// The counts of a report: new, grown, same, entries, rejects.
fn counts(report: &Report) -> [usize; 5] {
    [report.new, report.grown, report.same, report.entries, report.rejects.len()]
}

fn instant(text: &str) -> Option<i64> {
    kernel::time::parse(text)
}

#[test]
fn a_row_becomes_an_entry_with_its_time_its_actor_and_its_verb() {
    let world = world();
    assert_eq!(counts(&imported(&world, STORY)), [1, 0, 0, 7, 0]);
    let ticket = world.ticket("INC-1");
    assert_eq!((ticket.title(), ticket.state.as_str(), ticket.version), ("Mail at Porto", "resolved", 7));
    assert_eq!((ticket.text("closure_code"), ticket.int("resolved_at")), ("c1", instant("2016-03-01T14:00:00Z")));
    assert_eq!((ticket.int("reassignment_count"), ticket.int("reopen_count"), ticket.int("update_count")), (Some(2), Some(1), Some(6)));
    let id = ticket.id;
    let entries = world.db.read_wait(move |tx| history(tx, id, None, 20)).expect("a history");
    let told: Vec<_> = entries.iter().rev().map(|it| it.verb.as_str()).collect();
    assert_eq!(told, ["create", "start", "pend", "edit", "resolve", "reopen", "resolve"]);
    assert_eq!(Some(entries[6].at), instant("2016-03-01T08:00:00Z"), "nine o'clock in Berlin");
    let content = |place: usize| entries[6 - place].content.clone().unwrap_or_default();
    assert_eq!(content(3).reason.as_deref(), Some("No such state"));
    assert_eq!(content(1).input["where"], json!("Porto"));
    assert_eq!(
        content(4).changes["resolved_at"][1],
        json!(instant("2016-03-01T13:00:00Z")),
        "the final time lies ahead, so the state's own counts"
    );
    assert_eq!(content(5).changes["closure_code"][1], json!(null), "reopened: no longer over");
    let actors = world
        .db
        .read_wait(|tx| tx.all("select name from person where id in (select actor from journal) order by name", &[]))
        .expect("actors");
    assert_eq!(actors.iter().map(|it| it.text(0).unwrap_or_default()).collect::<Vec<_>>(), ["Ann", "Bob"]);
    world.verified();
}

#[test]
fn the_clock_runs_from_the_opening_rests_while_it_waits_and_agrees_with_its_ledger() {
    let world = world();
    let level = world.make("house", "levels", json!({ "name": "Standard", "calendar": "CAL-1", "pauses_vendor": true })).reference;
    world.make("house", "targets", json!({ "level": level, "measure": "resolution", "within": "PT4H" }));
    imported(&world, STORY);
    let id = world.ticket("INC-1").id;
    let clocks = world.db.read_wait(move |tx| promises::clock::of_ticket(tx, id)).expect("clocks");
    assert_eq!(clocks.len(), 1);
    // From nine to eleven, and for half an hour after it was reopened.
    assert_eq!((clocks[0].elapsed_ms / 60_000, clocks[0].state.word(), clocks[0].broken), (150, "met", 0));
    world.verified();
}

#[test]
fn clocks_of_odd_histories_agree_with_their_ledgers_too() {
    let world = world();
    let level = world.make("house", "levels", json!({ "name": "Standard", "calendar": "CAL-1" })).reference;
    world.make("house", "targets", json!({ "level": level, "measure": "resolution", "within": "PT4H" }));
    let rows = "A,1/3/2016 09:00,Ann,Done,First,3,Mail,?,,\n\
                A,2/3/2016 09:00,Ann,Over,First,3,Mail,?,,\n\
                B,1/3/2016 09:00,Ann,Work,First,3,Mail,?,,\n\
                B,1/3/2016 10:00,Ann,Done,First,3,Mail,?,,\n\
                B,1/3/2016 12:00,Ann,Work,First,2,Mail,?,,\n\
                B,1/3/2016 12:00,Ann,Done,First,2,Mail,?,,\n\
                C,1/3/2016 09:00,Ann,Vendor,First,3,Mail,?,,\n\
                C,1/3/2016 10:00,Ann,Work,First,1,Post,?,,\n\
                C,1/3/2016 10:00,Ann,Over,First,2,Post,?,,\n";
    assert_eq!(counts(&imported(&world, rows)), [3, 0, 0, 9, 0]);
    let used = |reference: &str| {
        let id = world.ticket(reference).id;
        let clocks = world.db.read_wait(move |tx| promises::clock::of_ticket(tx, id)).expect("clocks");
        clocks.iter().map(|it| (it.state.word(), it.elapsed_ms / 60_000)).collect::<Vec<_>>()
    };
    assert_eq!(used("INC-1"), [("met", 0)], "it entered resolved");
    assert_eq!(used("INC-2"), [("met", 60)], "reopened for no time at all");
    assert_eq!(used("INC-3"), [("met", 60)]);
    world.verified();
}

#[test]
fn a_case_that_grew_gets_only_what_is_new_and_history_is_not_rewritten() {
    let world = world();
    let level = world.make("house", "levels", json!({ "name": "Standard", "calendar": "CAL-1" })).reference;
    world.make("house", "targets", json!({ "level": level, "measure": "resolution", "within": "PT4H" }));
    let lines: Vec<&str> = STORY.lines().collect();
    let rows = |count: usize| lines[..count].iter().map(|it| format!("{it}\n")).collect::<String>();
    assert_eq!(counts(&imported(&world, &rows(3))), [1, 0, 0, 3, 0]);
    assert_eq!(counts(&imported(&world, &rows(3))), [0, 0, 1, 0, 0]);
    assert_eq!(counts(&imported(&world, STORY)), [0, 1, 0, 4, 0]);
    assert_eq!((world.ticket("INC-1").version, world.ticket("INC-1").state), (7, "resolved".to_owned()));
    world.verified();

    let rewritten = STORY.replacen("Second", "Third", 1);
    let report = imported(&world, &rewritten);
    assert_eq!(counts(&report), [0, 0, 0, 0, 1]);
    assert!(report.rejects[0].reason.contains("not rewritten"), "{}", report.rejects[0].reason);
    assert_eq!(counts(&imported(&world, &rows(5)))[4], 1, "fewer rows than before");
}

#[test]
fn a_case_somebody_worked_on_is_left_alone() {
    let world = world();
    let lines: Vec<&str> = STORY.lines().collect();
    imported(&world, &lines[..2].join("\n"));
    world.edits("Dana", "INC-1", json!({ "description": "Looked at it" })).expect("an edit");
    let report = imported(&world, STORY);
    assert_eq!(counts(&report), [0, 0, 0, 0, 1]);
    assert!(report.rejects[0].reason.starts_with("INC-1 was worked on"), "{}", report.rejects[0].reason);
    assert_eq!(world.ticket("INC-1").text("description"), "Looked at it");
}

#[test]
fn rows_that_cannot_be_taken_are_listed_with_line_and_reason_and_the_rest_is_imported() {
    let world = world();
    let path = std::env::temp_dir().join(format!("rejects-{}.csv", kernel::id::hex(&kernel::id::random::<8>())));
    let rows = "A,1/3/2016 09:00,Ann,New,First,3,Mail,?,,\n\
                A,31/2/2016 09:00,Ann,Work,First,3,Mail,?,,\n\
                A,1/3/2016 10:00,Ann,Perhaps,First,3,Mail,?,,\n\
                A,1/3/2016 10:00,Ann,Work,First,9,Mail,?,,\n\
                ,1/3/2016 10:00,Ann,Work,First,3,Mail,?,,\n\
                A,1/3/2016 10:00\n\
                \"B\",\"1/3/2016 10:00\",Ann,New,First,3,\"two\nlines\",?,,\n\
                C,1/3/2016 10:00,Ann,New,Fi\0rst,3,Mail,?,,\n";
    let options = Options { dry_run: false, rejects: Some(path.clone()) };
    let report = run(&world, &format!("\u{feff}{HEADER}{rows}"), &options).expect("the rest is imported");
    assert_eq!(counts(&report), [2, 0, 0, 2, 6]);
    let listed = std::fs::read_to_string(&path).expect("a list");
    let lines: Vec<&str> = listed.lines().collect();
    let has = |line: usize, reason: &str| lines.iter().any(|it| it.starts_with(&format!("test.csv,{line},")) && it.contains(reason));
    assert_eq!(lines[0], "file,line,case,reason");
    assert!(has(3, "is no time") && has(4, "Perhaps") && has(5, "Priority") && has(6, "case is empty") && has(7, "2 columns"), "{listed}");
    assert!(has(10, "NUL"), "{listed}");
    let _ = std::fs::remove_file(path);
}

#[test]
fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let world = world();
    let before = world.db.read_wait(|tx| tx.one("select count(*) from journal", &[])?.int(0)).expect("a count");
    let report = run(&world, &format!("{HEADER}{STORY}"), &Options { dry_run: true, rejects: None }).expect("a dry run");
    assert_eq!((counts(&report), report.names), ([1, 0, 0, 7, 0], 4));
    let after = world.db.read_wait(|tx| tx.one("select (select count(*) from journal) + (select count(*) from imported)", &[])?.int(0));
    assert_eq!(after.expect("a count"), before);
}

#[test]
fn an_import_that_was_stopped_goes_on_where_it_was() {
    let world = world();
    let rows = |count: usize| (0..count).map(|number| format!("N{number},1/3/2016 09:00,Ann,New,First,3,Mail,?,,\n")).collect::<String>();
    let mapping = || Mapping::parse(MAPPING).ok();
    let text: &'static [u8] = Box::leak(format!("{HEADER}{}", rows(2_000)).into_bytes().into_boxed_slice());
    let stopped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut written = 0;
        import(
            &world.db,
            &world.house,
            &world.view("house"),
            vec![Input::bytes("test.csv", text)],
            mapping(),
            &Options::default(),
            &mut |at| {
                written += u32::from(at.doing == Doing::Writing);
                assert!(written < 2, "stopped on the way");
            },
        )
    }));
    assert!(stopped.is_err());
    let report = run(&world, &format!("{HEADER}{}", rows(2_000)), &Options::default()).expect("it goes on");
    assert!(report.same > 0 && report.new > 0 && report.same + report.new == 2_000, "{:?}", counts(&report));
    let row = world.db.read_wait(|tx| tx.one("select count(*), count(distinct external_reference) from ticket", &[])).expect("a count");
    assert_eq!((row.int(0), row.int(1)), (Ok(2_000), Ok(2_000)));
    world.verified();
}

#[test]
fn what_is_no_log_or_no_mapping_is_refused_in_words() {
    let world = world();
    let refused = |text: &str| match run(&world, text, &Options::default()) {
        Err(Error::Conflict(why) | Error::TooLarge(why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(refused("a,b\n1,2\n").contains("not a log that a mapping knows"));
    assert!(refused("").contains("not a log that a mapping knows"));
    assert!(refused("\u{1f}\u{8b}").len() > 20);
    let wrong = |from: &str, to: &str| match Mapping::parse(&MAPPING.replacen(from, to, 1)) {
        Err(error) => error.to_string(),
        Ok(mapping) => {
            let text: &'static [u8] = HEADER.as_bytes();
            let inputs = vec![Input::bytes("test.csv", text)];
            let view = world.view("house");
            let done = import(&world.db, &world.house, &view, inputs, Some(mapping), &Options::default(), &mut |_| {});
            done.expect_err("the mapping is refused").to_string()
        }
    };
    assert!(wrong("source", "sauce").contains("sauce"));
    assert!(wrong("column = \"team\"", "column = \"crew\"").contains("crew"));
    assert!(wrong("field = \"team\"", "field = \"crew\"").contains("crew"));
    assert!(wrong("state = \"new\"", "state = \"fresh\"").contains("fresh"));
    assert!(wrong("value = \"2\"", "value = \"7\"").contains("7"));
    assert!(wrong("Europe/Berlin", "Europe/Springfield").contains("Springfield"));
    assert!(matches!(Input::file(Path::new("/nowhere/log.csv")), Err(Error::Conflict(_))));
}

#[test]
fn whoever_may_not_import_imports_nothing() {
    let world = world();
    let inputs = vec![Input::bytes("test.csv", HEADER.as_bytes())];
    let done = import(&world.db, &world.house, &world.view("Bao"), inputs, None, &Options::default(), &mut |_| {});
    assert!(matches!(done, Err(Error::Forbidden(_))));
}

/// Rows of the two other logs that mappings ship for, made up in their form.
#[test]
fn the_other_shipped_mappings_read_logs_of_activities() {
    let world = world();
    let detail = "ci_name_aff,ci_type_aff,ci_subtype_aff,service_component_wbs_aff,incident_id,status,impact,urgency,priority,category,km_number,alert_status,x_reassignments,open_time,reopen_time,resolved_time,close_time,handle_time_hours,closure_code,x_related_interactions,related_interaction,x_related_incidents,x_related_changes,related_change,ci_name_cby,ci_type_cby,ci_subtype_cby,servicecomp_wbs_cby\n\
        WBA1,application,Web,WBS1,IM1,Closed,4,4,4,incident,KM1,closed,1,2013-10-17 12:00:00,,2013-10-17 14:00:00,2013-10-17 14:00:10,1.0,Other,1,SD1,,,,,,,\n\
        WBA1,application,Web,WBS1,IM2,Closed,5,5,5,request for information,KM1,closed,0,2013-10-18 12:00:00,,,2013-10-18 14:00:10,1.0,Other,1,SD2,,,,,,,\n";
    let activity = "incident_id,date_stamp,incident_activity_number,incident_activity_type,assignment_group,km_number,interaction_id,lifecycle\n\
        IM1,2013-10-17 14:00:10,004,Closed,TEAM2,KM1,SD1,complete\n\
        IM1,2013-10-17 12:00:00,001,Open,TEAM1,KM1,SD1,complete\n\
        IM1,2013-10-17 12:10:00,003,Operator Update,TEAM2,KM1,SD1,complete\n\
        IM1,2013-10-17 12:10:00,002,Reassignment,TEAM2,KM1,SD1,complete\n\
        IM2,2013-10-18 12:00:00,005,Open,TEAM1,KM1,SD2,complete\n\
        IM2,2013-10-18 14:00:10,006,Closed,TEAM1,KM1,SD2,complete\n";
    let view = world.view("house");
    let inputs = || vec![Input::bytes("detail.csv", detail.as_bytes()), Input::bytes("activity.csv", activity.as_bytes())];
    let report = import(&world.db, &world.house, &view, inputs(), None, &Options::default(), &mut |_| {}).expect("it is imported");
    assert_eq!((report.source.as_str(), counts(&report)), ("bpic2014", [2, 0, 0, 6, 0]));
    let incident = world.ticket("INC-1");
    assert_eq!((incident.state.as_str(), incident.int("priority"), incident.int("reassignment_count")), ("closed", Some(4), Some(1)));
    assert_eq!(incident.int("resolved_at"), instant("2013-10-17T12:00:00Z"));
    let request = world.ticket("REQ-1");
    assert_eq!((request.int("priority"), request.text("priority_reason").is_empty()), (Some(5), false));
    assert_eq!(request.int("resolved_at"), instant("2013-10-18T12:00:10Z"), "unknown: when it was closed");

    let italian = "Case ID,Activity,Resource,Complete Timestamp,Variant,Variant index,Variant,seriousness,customer,product,responsible_section,seriousness_2,service_level,service_type,support_section,workgroup\n\
        Case 1,Assign seriousness,Value 1,2012/10/09 14:50:17.000,V,1,V,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1\n\
        Case 1,Take in charge ticket,Value 2,2012/10/09 14:51:01.000,V,1,V,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1\n\
        Case 1,Closed,Value 3,2012/11/09 12:54:39.000,V,1,V,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1,Value 1\n";
    let inputs = vec![Input::bytes("helpdesk.csv", italian.as_bytes())];
    let report = import(&world.db, &world.house, &view, inputs, None, &Options::default(), &mut |_| {}).expect("it is imported");
    assert_eq!((report.source.as_str(), counts(&report)), ("italian-helpdesk", [1, 0, 0, 3, 0]));
    assert_eq!(world.ticket("INC-2").title(), "Product Value 1, service type Value 1");
    world.verified();
}
