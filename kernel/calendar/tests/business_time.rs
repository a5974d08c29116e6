//! Working time against cases other products agreed on.

mod cases;
use calendar::Calendar;
use cases::{at, date, from_case, text};
use serde_json::{Value, json};

/// Cases that mark a choice of their source, with ours and the reason.
const OURS: [(&str, &str, &str); 1] = [(
    "bt076",
    "2006-04-02T10:00:00Z",
    "02:30-03:15 on the day 02:00-03:00 is skipped: the wall clock shows 03:00 to 03:15, so these 15 minutes are open",
)];

#[test]
fn every_case_holds() {
    let file: Value = serde_json::from_str(include_str!("data/business_time_cases.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 44);
    for case in cases {
        let id = case["id"].as_str().unwrap();
        let calendar = from_case(&file["calendars"][case["calendar"].as_str().unwrap()]);
        let ours = OURS.iter().find(|(ours, ..)| *ours == id);
        assert_eq!(ours.is_some(), case.get("note").is_some(), "{id}: a choice needs a note, a note a choice");
        let expected = match ours {
            Some((_, expected, _)) => json!(expected),
            None => case.get("expected").unwrap_or(&case["expected_seconds"]).clone(),
        };
        assert_eq!(answer(&calendar, case), expected, "{id} {}", case["title"]);
    }
}

fn answer(calendar: &Calendar, case: &Value) -> Value {
    let word = |name: &str| case[name].as_str().unwrap();
    match word("op") {
        "add" => json!(text(calendar.add(at(word("start")), case["seconds"].as_i64().unwrap()).unwrap())),
        "elapsed" => json!(calendar.elapsed(at(word("start")), at(word("end")))),
        "is_open" => json!(calendar.is_open(at(word("at")))),
        "next_open_or_same" => json!(text(calendar.next_open(at(word("at"))).unwrap())),
        "add_working_days" => {
            let (start, days) = (word("start"), case["days"].as_i64().unwrap() as i32);
            if start.len() == 10 {
                json!(calendar.add_working_days(date(start), days).unwrap().to_string())
            } else if case["end_of_working_day"] == true {
                json!(text(calendar.add_working_days_to_close(at(start), days).unwrap()))
            } else {
                json!(text(calendar.add_working_days_at(at(start), days).unwrap()))
            }
        }
        op => panic!("unknown operation {op}"),
    }
}
