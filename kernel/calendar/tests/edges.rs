//! Days on which clocks change, and questions that must end although they have no answer.

mod cases;
use calendar::{Calendar, Closed, EARLIEST, LATEST, MAX_HOLIDAYS, Spec};
use cases::{always, at, calendar, date, text, workdays};
use serde_json::{Value, json};

const HOUR: i64 = 3600;

#[test]
fn a_day_is_as_long_as_its_clock_says() {
    for (zone, midnight, next, hours) in [
        ("Europe/Berlin", "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00", 23.0),
        ("Europe/Berlin", "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00", 25.0),
        ("America/Los_Angeles", "2026-03-08T00:00-08:00", "2026-03-09T00:00-07:00", 23.0),
        ("America/Los_Angeles", "2026-11-01T00:00-07:00", "2026-11-02T00:00-08:00", 25.0),
        ("Australia/Lord_Howe", "2026-04-05T00:00+11:00", "2026-04-06T00:00+10:30", 24.5),
        ("Australia/Lord_Howe", "2026-10-04T00:00+10:30", "2026-10-05T00:00+11:00", 23.5),
        ("UTC", "2024-02-29T00:00Z", "2024-03-01T00:00Z", 24.0),
    ] {
        let open = always(zone);
        let (midnight, next) = (at(midnight), at(next));
        assert_eq!(open.elapsed(midnight, next), (hours * HOUR as f64) as i64, "{zone}");
        assert_eq!(open.add(midnight, (hours * HOUR as f64) as i64), Some(next), "{zone}");
        assert_eq!(open.intervals(midnight, next).count(), 1, "{zone}: one opening without a seam");
    }
}

#[test]
fn hours_in_a_gap_or_repeat_follow_the_wall_clock() {
    let sunday = |from: &str, until: &str| calendar(json!({"zone": "Europe/Berlin", "week": {"sun": [[from, until]]}}));
    let openings = |c: &Calendar, day: &str| -> Vec<String> {
        let noon = at(&format!("{day}T12:00Z"));
        c.intervals(noon - 12 * HOUR * 1000, noon).map(|s| format!("{} {}", &text(s.from)[11..16], &text(s.until)[11..16])).collect()
    };
    let (gap, repeat) = ("2026-03-29", "2026-10-25");
    assert_eq!(openings(&sunday("02:15", "02:45"), gap), Vec::<String>::new(), "skipped as a whole");
    assert_eq!(openings(&sunday("01:30", "02:30"), gap), ["00:30 01:00"], "ends where the gap begins");
    assert_eq!(openings(&sunday("02:30", "03:30"), gap), ["01:00 01:30"], "starts where the gap ends");
    assert_eq!(openings(&sunday("02:00", "03:00"), repeat), ["00:00 02:00"], "both hours in one");
    assert_eq!(openings(&sunday("01:30", "02:30"), repeat), ["00:00 00:30", "01:00 01:30"], "half of either hour (cut at 00:00Z)");
}

#[test]
fn a_week_without_a_closed_hour_is_around_the_clock() {
    let holidays = json!({"zone": "Europe/Berlin", "week": always("Europe/Berlin").spec().week, "holidays": [{"date": "2026-12-25"}]});
    assert!(always("UTC").around_the_clock() && calendar(holidays).around_the_clock());
    let week = json!({"mon": [["00:00", "24:00"]], "tue": [["08:00", "18:00"]]});
    for spec in [json!({"zone": "UTC", "week": week}), json!({"zone": "UTC"})] {
        assert!(!calendar(spec).around_the_clock());
    }
}

#[test]
fn a_calendar_without_hours_never_opens_and_says_so() {
    let never = calendar(json!({"zone": "Europe/Berlin"}));
    let now = at("2026-03-27T12:00Z");
    assert_eq!(never.add(now, 1), None);
    assert_eq!(never.add(now, 0), None);
    assert_eq!(never.subtract(now, 1), None);
    assert_eq!(never.next_open(now), None);
    assert_eq!(never.elapsed(EARLIEST, LATEST), 0);
    assert_eq!(never.intervals(EARLIEST, LATEST).count(), 0);
    assert_eq!(never.add_working_days(date("2026-03-27"), 1), None);
    assert_eq!(never.add_working_days(date("2026-03-27"), i32::MIN), None);
    assert!(!never.is_open(now));
}

#[test]
fn one_special_day_is_found_in_an_empty_week() {
    let once = calendar(json!({"zone": "UTC", "special_days": [{"date": "2150-02-28", "hours": [["23:00", "24:00"]]}]}));
    assert_eq!(once.next_open(at("1950-01-01T00:00Z")), Some(at("2150-02-28T23:00Z")));
    assert_eq!(once.add(0, HOUR), Some(at("2150-03-01T00:00Z")));
    assert_eq!(once.add(0, HOUR + 1), None);
    assert_eq!(once.subtract(LATEST, HOUR), Some(at("2150-02-28T23:00Z")));
}

#[test]
fn holidays_for_ten_years_are_passed_over() {
    let first = date("2026-01-01");
    let days: Vec<_> = first.series(jiff::Span::new().days(1)).take(3653).map(|d| d.to_string()).collect();
    let days: Vec<_> = days.iter().map(String::as_str).collect();
    let closed = workdays("Europe/Berlin", "08:00", "18:00", &days);
    assert_eq!(closed.next_open(at("2026-01-01T00:00Z")), Some(at("2036-01-02T07:00Z")));
    assert_eq!(closed.add_working_days(first, 1), Some(date("2036-01-03")));
}

#[test]
fn two_hundred_years_add_up_and_what_is_beyond_ends() {
    let desk = workdays("America/New_York", "09:00", "17:00", &[]);
    let (from, to) = (at("1990-01-01T00:00Z"), at("2190-01-01T00:00Z"));
    let sum: i64 = desk.intervals(from, to).map(|s| s.until - s.from).sum();
    assert_eq!(desk.elapsed_ms(from, to), sum);
    assert_eq!(desk.add(from, sum / 1000), desk.intervals(from, to).last().map(|s| s.until));
    for extreme in [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX] {
        assert_eq!(desk.add(from, extreme.max(1_000_000_000_000)), None);
        for other in [i64::MIN, 0, i64::MAX] {
            assert_eq!(desk.elapsed_ms(extreme, other), -desk.elapsed_ms(other, extreme));
            let _ = (desk.add(other, extreme), desk.subtract(other, extreme), desk.closes(other, extreme), desk.closed(other));
            let _ = (desk.intervals(other, extreme).next(), desk.add_working_days_at(other, extreme as i32));
        }
    }
    assert_eq!(desk.next_open(LATEST), None);
    assert_eq!(desk.next_open(i64::MIN), desk.next_open(EARLIEST));
}

#[test]
fn a_special_day_beats_a_holiday_and_both_say_why() {
    let desk = calendar(json!({
        "zone": "UTC", "week": {"thu": [["08:00", "18:00"]]},
        "holidays": [{"date": "2026-12-24", "name": "Christmas Eve"}, {"date": "2026-12-31", "name": "New Year's Eve"}],
        "special_days": [{"date": "2026-12-24", "name": "Half day", "hours": [["09:00", "12:00"]]}],
    }));
    assert!(desk.is_open(at("2026-12-24T10:00Z")));
    assert_eq!(desk.closed(at("2026-12-24T10:00Z")), Closed::No);
    assert_eq!(desk.closed(at("2026-12-24T13:00Z")), Closed::SpecialDay("Half day".into()));
    assert_eq!(desk.closed(at("2026-12-31T13:00Z")), Closed::Holiday("New Year's Eve".into()));
    assert_eq!(desk.closed(at("2026-12-30T13:00Z")), Closed::Hours);
}

#[test]
fn faults_are_named_by_field_all_at_once() {
    let faults = |spec: Value| -> Vec<String> {
        let spec: Spec = serde_json::from_value(spec).unwrap();
        Calendar::new(spec).unwrap_err().0.into_iter().map(|f| f.field).collect()
    };
    let broken = json!({
        "zone": "Mars/Olympus",
        "week": {"mon": [["08:00", "12:00"], ["11:59", "18:00"]], "tue": [["18:00", "08:00"]], "wed": [["8:00", "24:01"]], "thu": [["09:00", "09:00"]]},
        "holidays": [{"date": "2026-02-29"}, {"date": "2026-2-1"}, {"date": "1899-12-31"}],
        "special_days": [{"date": "2026-05-01", "hours": [["25:00", "26:00"]]}, {"date": "2026-05-01"}],
    });
    assert_eq!(
        faults(broken),
        [
            "zone",
            "week.mon[1]",
            "week.tue[0]",
            "week.wed[0][0]",
            "week.wed[0][1]",
            "week.thu[0]",
            "holidays[0].date",
            "holidays[1].date",
            "holidays[2].date",
            "special_days[0].hours[0][0]",
            "special_days[0].hours[0][1]",
            "special_days[1].date",
        ]
    );
    let many = vec![json!({"date": "2026-01-01"}); MAX_HOLIDAYS + 1];
    assert_eq!(faults(json!({"zone": "UTC", "holidays": many})), ["holidays"]);
    assert_eq!(faults(json!({"zone": "UTC", "week": {"sun": vec![["00:00", "01:00"]; 13]}})).first().unwrap(), "week.sun");
    assert_eq!(faults(json!({"zone": "UTC", "holidays": [{"date": "2026-01-01", "name": "x".repeat(201)}]})), ["holidays[0].name"]);
    let unknown = serde_json::from_value::<Calendar>(json!({"zone": "UTC", "week": {"monday": []}}));
    assert!(unknown.unwrap_err().to_string().contains("monday"));
}

#[test]
fn the_written_form_comes_back_as_it_was() {
    let desk = workdays("Europe/Berlin", "08:00", "18:00", &["2026-12-25"]);
    let written = serde_json::to_string(&desk).unwrap();
    let again: Calendar = serde_json::from_str(&written).unwrap();
    assert_eq!(again, desk);
    assert_eq!(serde_json::to_string(&again).unwrap(), written);
}

#[test]
fn working_days_keep_the_wall_time_and_close_with_the_day() {
    let desk = workdays("Europe/Berlin", "08:00", "18:00", &["2026-03-30"]);
    assert_eq!(desk.add_working_days_at(at("2026-03-27T09:00:00.123Z"), 1), Some(at("2026-03-31T08:00:00.123Z")));
    assert_eq!(desk.add_working_days_to_close(at("2026-03-27T09:00Z"), 1), Some(at("2026-03-31T16:00Z")));
    let late = always("Europe/Berlin");
    assert_eq!(late.closing(date("2026-03-29")), Some(at("2026-03-29T22:00Z")), "24:00 on a day of 23 hours");
    assert_eq!(desk.closing(date("2026-03-30")), None);
}
