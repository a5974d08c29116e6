//! A year of a real service desk, imported whole and compared row by row with the log it came from.

use crate::world::{World, world};
use db::{Tx, Value};
use desk::incident_log::{Input, Options, Report, import};
use kernel::journal::rewind;
use kernel::register::{Record, by_id_unguarded};
use kernel::who::Means;
use kernel::{House, Result};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../reeve/data/incident_event_log.csv.xz")
}

fn imported(world: &World) -> Report {
    let mut view = world.view("house");
    view.means = Means::Import("incident-log".into());
    let input = Input::file(&file()).expect("the log is there");
    import(&world.db, &world.house, &view, vec![input], None, &Options::default(), &mut |_| {}).expect("it is imported")
}

/// An agreement for every ticket, so that every ticket has a clock to be held against its ledger.
fn promise(world: &World) {
    let level = world.make("house", "levels", json!({ "name": "Standard", "calendar": "CAL-1", "pauses_vendor": true })).reference;
    for (priority, hours) in [(1, 4), (2, 8), (3, 40), (4, 80)] {
        let within = format!("PT{hours}H");
        world.make("house", "targets", json!({ "level": level, "measure": "resolution", "priority": priority, "within": within }));
    }
}

/// A row of the log, by column name.
type Line = HashMap<&'static str, String>;

/// The log read plainly, by incident, in order of time and then of the file.
fn plainly() -> BTreeMap<String, Vec<(i64, Line)>> {
    const COLUMNS: [&str; 30] = [
        "number",
        "incident_state",
        "reassignment_count",
        "reopen_count",
        "sys_mod_count",
        "made_sla",
        "caller_id",
        "opened_by",
        "opened_at",
        "sys_updated_by",
        "sys_updated_at",
        "contact_type",
        "location",
        "category",
        "subcategory",
        "u_symptom",
        "cmdb_ci",
        "impact",
        "urgency",
        "priority",
        "assignment_group",
        "assigned_to",
        "knowledge",
        "notify",
        "problem_id",
        "rfc",
        "vendor",
        "caused_by",
        "closed_code",
        "closed_at",
    ];
    let packed = std::fs::File::open(file()).expect("the log is there");
    let mut reader = csv::Reader::from_reader(lzma_rust2::XzReader::new(std::io::BufReader::new(packed), true));
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let places = COLUMNS.map(|column| header.iter().position(|it| it == column).expect("the column is there"));
    let mut all: BTreeMap<String, Vec<(i64, Line)>> = BTreeMap::new();
    for record in reader.records() {
        let record = record.expect("a row");
        let line: Line = COLUMNS.iter().zip(places).map(|(column, place)| (*column, record[place].to_owned())).collect();
        all.entry(line["number"].clone()).or_default().push((minute(&line["sys_updated_at"]), line));
    }
    for lines in all.values_mut() {
        lines.sort_by_key(|it| it.0);
    }
    all
}

/// `D/M/YYYY HH:MM` in UTC.
fn minute(text: &str) -> i64 {
    let numbers: Vec<i16> = text.split(['/', ' ', ':']).map(|it| it.parse().expect("a number")).collect();
    let [day, month, year, hour, minute] = numbers[..] else { panic!("{text} is a time") };
    let civil = jiff::civil::DateTime::new(year, month as i8, day as i8, hour as i8, minute as i8, 0, 0).expect("a time");
    jiff::tz::TimeZone::UTC.to_timestamp(civil).expect("in range").as_millisecond()
}

/// Names of people, teams, services and items by id.
fn names(tx: &mut Tx) -> Result<HashMap<i64, String>> {
    let mut names = HashMap::new();
    for table in ["person", "team", "service", "item"] {
        tx.each(&format!("select id, name from {table}"), &[], &mut |row| {
            names.insert(row.int(0)?, row.text(1)?.to_owned());
            Ok(ControlFlow::Continue(()))
        })?;
    }
    Ok(names)
}

/// A record's fields as the log would say them.
struct Told<'a>(&'a Record, &'a HashMap<i64, String>);

impl Told<'_> {
    fn text(&self, key: &str) -> String {
        let text = self.0.text(key);
        if text.is_empty() { "?".into() } else { text.into() }
    }
    fn name(&self, key: &str) -> String {
        self.0.int(key).map_or("?".into(), |id| self.1[&id].clone())
    }
    fn number(&self, key: &str) -> i64 {
        self.0.int(key).unwrap_or(-1)
    }
}

/// Where a record and a row of the log differ, in the log's words. `state`: the one before, for the rows that have none.
fn difference(record: &Record, names: &HashMap<i64, String>, line: &Line, state: &str) -> Option<String> {
    let told = Told(record, names);
    let pending = |reason: &str| ("pending".to_owned(), reason.to_owned());
    let expected = match line["incident_state"].as_str() {
        "New" => ("new".into(), "?".into()),
        "Active" => ("in_progress".into(), "?".into()),
        "Awaiting User Info" => pending("requester"),
        "Awaiting Vendor" => pending("vendor"),
        "Awaiting Problem" => pending("problem"),
        "Awaiting Evidence" => pending("evidence"),
        "Resolved" => ("resolved".into(), "?".into()),
        "Closed" => ("closed".into(), "?".into()),
        "-100" => (state.to_owned(), told.text("pending_reason")),
        other => panic!("state {other}"),
    };
    if (record.state.clone(), told.text("pending_reason")) != expected {
        return Some(format!("state {} for {}", record.state, line["incident_state"]));
    }
    let words = [
        ("number", told.text("external_reference")),
        ("caller_id", told.name("requester")),
        ("opened_by", told.name("opened_by")),
        ("assignment_group", told.name("team")),
        ("assigned_to", told.name("assignee")),
        ("category", told.name("service")),
        ("category", told.text("category")),
        ("cmdb_ci", told.name("item")),
        ("location", told.text("location")),
        ("subcategory", told.text("subcategory")),
        ("u_symptom", told.text("symptom")),
        ("problem_id", told.text("problem_reference")),
        ("rfc", told.text("change_reference")),
        ("vendor", told.text("vendor_reference")),
        ("caused_by", told.text("caused_by")),
    ];
    let codes = [
        (
            "contact_type",
            told.text("channel"),
            [("Phone", "phone"), ("Email", "email"), ("Self service", "self_service"), ("IVR", "ivr"), ("Direct opening", "direct")]
                .as_slice(),
        ),
        ("notify", told.text("notify"), &[("Do Not Notify", "none"), ("Send Email", "email")]),
    ];
    let leading = |column: &str| i64::from(line[column].as_bytes()[0] - b'0');
    let counted = |column: &str| line[column].parse().expect("a number");
    let numbers = [
        ("impact", told.number("impact"), leading("impact")),
        ("urgency", told.number("urgency"), leading("urgency")),
        ("priority", told.number("priority"), leading("priority")),
        ("knowledge", told.number("knowledge_used"), i64::from(line["knowledge"] == "true")),
        ("made_sla", told.number("made_sla"), i64::from(line["made_sla"] == "true")),
        ("reassignment_count", told.number("reassignment_count"), counted("reassignment_count")),
        ("reopen_count", told.number("reopen_count"), counted("reopen_count")),
        ("sys_mod_count", told.number("update_count"), counted("sys_mod_count")),
        ("opened_at", told.number("opened_at"), minute(&line["opened_at"])),
        ("active", told.number("active"), i64::from(!matches!(record.state.as_str(), "resolved" | "closed"))),
    ];
    let word = words.into_iter().find(|(column, told)| line[column].trim() != told).map(|(column, told)| format!("{column} {told}"));
    let code = || {
        codes.iter().find(|(column, told, of)| !of.contains(&(line[column].as_str(), told.as_str()))).map(|it| format!("{} {}", it.0, it.1))
    };
    let number = || numbers.iter().find(|it| it.1 != it.2).map(|it| format!("{} {} for {}", it.0, it.1, it.2));
    let ended = || {
        let over = matches!(record.state.as_str(), "resolved" | "closed");
        let code = if over { line["closed_code"].trim() } else { "?" };
        let closed = (record.state == "closed").then(|| record.int("closed_at").is_some_and(|at| at <= minute(&line["closed_at"])));
        (told.text("closure_code") != code || closed == Some(false)).then(|| format!("closure code {}", told.text("closure_code")))
    };
    word.or_else(code).or_else(number).or_else(ended)
}

/// Looks at some incidents as of each of their update times; gives what differs and how many moments were looked at.
fn compare(tx: &mut Tx, house: &House, names: &HashMap<i64, String>, some: &[(String, Vec<(i64, Line)>)]) -> Result<(Vec<String>, usize)> {
    let (mut wrong, mut moments) = (Vec::new(), 0);
    for (number, lines) in some {
        let row = tx.one("select id from ticket where external_reference = ?1", &[Value::from(number.as_str())])?;
        let record = by_id_unguarded(tx, house, &desk::ticket::INCIDENTS, row.int(0)?)?.expect("the incident is there");
        let mut state = String::new();
        for (place, (at, line)) in lines.iter().enumerate() {
            let last = lines.get(place + 1).is_none_or(|next| next.0 > *at);
            if !last {
                continue;
            }
            moments += 1;
            let then = rewind(tx, record.clone(), *at)?.expect("it existed by then");
            wrong.extend(difference(&then, names, line, &state).map(|why| format!("{number} at {}: {why}", line["sys_updated_at"])));
            state = then.state;
        }
    }
    Ok((wrong, moments))
}

fn count(world: &World, what: &'static str) -> i64 {
    let sql = format!("select count(*) from ticket where kind = 'incident' and {what}");
    world.db.read_wait(move |tx| tx.one(&sql, &[])?.int(0)).expect("a count")
}

#[test]
fn every_row_of_the_log_is_there_at_its_own_time() {
    let world = world();
    promise(&world);
    let report = imported(&world);
    assert_eq!((report.new, report.entries, report.rejects.len()), (24_918, 141_712, 0));
    assert_eq!(count(&world, "state = 'closed'"), 24_918);
    for (priority, expected) in ["priority = 1", "priority = 2", "priority = 3", "priority = 4"].into_iter().zip([270, 408, 23_466, 774]) {
        assert_eq!(count(&world, priority), expected, "{priority}");
    }
    assert_eq!(count(&world, "reopen_count > 0"), 275);
    assert_eq!(count(&world, "reassignment_count > 0"), 11_369);
    assert_eq!(count(&world, "reassignment_count = 27"), 1);
    assert_eq!(count(&world, "reassignment_count > 27"), 0);
    assert_eq!(count(&world, "made_sla = 0"), 9_115);
    assert_eq!(count(&world, "priority_reason is not null"), 0, "the log's priorities follow from the matrix");

    let log: Vec<_> = plainly().into_iter().collect();
    assert_eq!(log.len(), 24_918);
    let names = Arc::new(world.db.read_wait(names).expect("names"));
    let log = Arc::new(log);
    let parts: Vec<_> = (0..2).map(|part| (part * log.len() / 2)..((part + 1) * log.len() / 2)).collect();
    let results = std::thread::scope(|scope| {
        let threads: Vec<_> = parts
            .into_iter()
            .map(|range| {
                let (db, house, names, log) = (world.db.clone(), world.house.clone(), names.clone(), log.clone());
                scope.spawn(move || {
                    let mut all = (Vec::new(), 0);
                    for from in range.clone().step_by(500) {
                        let some = from..(from + 500).min(range.end);
                        let (house, names, log) = (house.clone(), names.clone(), log.clone());
                        let part = db.read_wait(move |tx| compare(tx, &house, &names, &log[some.clone()])).expect("it is compared");
                        all.0.extend(part.0);
                        all.1 += part.1;
                    }
                    all
                })
            })
            .collect();
        threads.into_iter().map(|it| it.join().expect("a thread")).collect::<Vec<_>>()
    });
    let wrong: Vec<String> = results.iter().flat_map(|it| it.0.clone()).collect();
    assert!(wrong.is_empty(), "{} moments differ: {:?}", wrong.len(), &wrong[..wrong.len().min(5)]);
    let moments = log.iter().map(|(_, lines)| lines.iter().map(|it| it.0).collect::<std::collections::BTreeSet<_>>().len()).sum::<usize>();
    assert_eq!(results.iter().map(|it| it.1).sum::<usize>(), moments);

    let again = imported(&world);
    assert_eq!((again.new, again.grown, again.same, again.entries, again.names), (0, 0, 24_918, 0, 0));
    assert_eq!(again.rejects, []);

    let clocks = "select count(*) from clock c join ticket t on t.id = c.ticket where c.state = 'met' and c.measure = 'resolution'";
    assert_eq!(world.db.read_wait(|tx| tx.one(clocks, &[])?.int(0)).expect("a count"), 24_918);
    world.verified();
}
