//! Holidays from iCalendar files, friendly and hostile.

mod cases;
use calendar::ical::{Import, MAX_BYTES, MAX_EVENTS, MAX_NOTES, MAX_WORK, Refused, read};
use calendar::{Calendar, MAX_HOLIDAYS, Spec};
use cases::date;

fn take(text: &str) -> Result<Import, Refused> {
    read(text.as_bytes(), date("2026-01-01"), date("2028-12-31"))
}

/// Events, each a few lines of its own, inside a calendar.
fn events(events: &[&str]) -> Import {
    let body: String = events.iter().map(|e| format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", e.replace('\n', "\r\n"))).collect();
    take(&format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n")).unwrap()
}

fn dates(import: &Import) -> Vec<&str> {
    import.holidays.iter().map(|h| h.date.as_str()).collect()
}

#[test]
fn whole_days_one_and_several() {
    let import = events(&[
        "DTSTART;VALUE=DATE:20261225\nSUMMARY:Christ\n mas\\, first",
        "DTSTART:20261231\nDTEND:20270102\nSUMMARY;LANGUAGE=\"de:DE\":Turn\\nof the year\nBEGIN:VALARM\nDTSTART:20260101\nEND:VALARM",
        "DTSTART;VALUE=DATE:20280229\nDURATION:P1W",
        "DTSTART;VALUE=DATE:20270501\nDTEND;VALUE=DATE:20270501\nSUMMARY:Labour Day",
    ]);
    let expected = [
        "2026-12-25",
        "2026-12-31",
        "2027-01-01",
        "2027-05-01",
        "2028-02-29",
        "2028-03-01",
        "2028-03-02",
        "2028-03-03",
        "2028-03-04",
        "2028-03-05",
        "2028-03-06",
    ];
    assert_eq!(dates(&import), expected);
    assert_eq!(import.holidays[0].name, "Christmas, first");
    assert_eq!(import.holidays[1].name, "Turn of the year");
    assert_eq!(import.holidays[4].name, "Holiday");
    assert_eq!(import.notes.len(), 1, "{:?}", import.notes);
    let spec = Spec { zone: "UTC".into(), holidays: import.holidays, ..Spec::default() };
    assert!(Calendar::new(spec).is_ok(), "what was read can be used");
}

#[test]
fn midnight_to_midnight_counts_but_times_do_not() {
    let import = events(&[
        "SUMMARY:Floating\nDTSTART:20260406T000000\nDTEND:20260407T000000",
        "SUMMARY:Zoned\nDTSTART;TZID=Europe/Berlin:20260407T000000\nDTEND;TZID=Europe/Berlin:20260408T000000",
        "SUMMARY:Party\nDTSTART:20260408T180000Z\nDTEND:20260408T230000Z",
        "SUMMARY:UTC\nDTSTART:20260409T000000Z\nDTEND:20260410T000000Z",
        "SUMMARY:No end\nDTSTART:20260411T000000",
    ]);
    assert_eq!(dates(&import), ["2026-04-06", "2026-04-07"]);
    let notes: Vec<_> = import.notes.iter().map(|n| (n.line, n.text.as_str())).collect();
    assert_eq!(
        notes,
        [
            (15, "“Party” was left out: it has a time of day"),
            (20, "“UTC” was left out: it has a time of day"),
            (25, "“No end” was left out: it has a time of day"),
        ]
    );
}

#[test]
fn repetitions_end_with_the_years_asked_for() {
    let all = |rule: &str| -> Vec<String> {
        let import = events(&[rule]);
        assert!(import.notes.is_empty(), "{:?}", import.notes);
        dates(&import).iter().map(|d| d.to_string()).collect()
    };
    assert_eq!(all("DTSTART:19000101\nRRULE:FREQ=YEARLY"), ["2026-01-01", "2027-01-01", "2028-01-01"]);
    assert_eq!(all("DTSTART:20240229\nRRULE:FREQ=YEARLY"), ["2028-02-29"], "leap days only");
    assert_eq!(all("DTSTART:19701122\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"), ["2026-11-26", "2027-11-25", "2028-11-23"]);
    assert_eq!(all("DTSTART:20000529\nRRULE:FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5"), ["2026-05-25", "2027-05-31", "2028-05-29"]);
    assert_eq!(all("DTSTART:20250101\nRRULE:FREQ=YEARLY;COUNT=3"), ["2026-01-01", "2027-01-01"]);
    assert_eq!(all("DTSTART:20250101\nRRULE:FREQ=YEARLY;INTERVAL=2;UNTIL=20270101T000000Z"), ["2027-01-01"]);
    assert_eq!(all("DTSTART:20260130\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2"), ["2026-01-31", "2026-02-28"]);
    assert_eq!(all("DTSTART:20261224\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261225"), ["2026-12-24", "2026-12-26"]);
    assert_eq!(all("DTSTART:20261228\nDTEND:20270103\nRRULE:FREQ=YEARLY;UNTIL=20261231").len(), 6);
    assert_eq!(all("DTSTART:20251230\nDTEND:20260102").len(), 1, "cut at the first year asked for");
    assert_eq!(all("DTSTART:19000101\nRRULE:FREQ=DAILY").len(), 1096, "endless, over three years");
    assert_eq!(all("DTSTART:00010101\nRRULE:FREQ=WEEKLY;INTERVAL=65535").len(), 0);
    assert_eq!(all("DTSTART:00010101\nRRULE:FREQ=DAILY;COUNT=65535").len(), 0);
    assert_eq!(all("DTSTART:20260101\nRRULE:FREQ=DAILY;INTERVAL=65535").len(), 1);
    assert_eq!(all("DTSTART:99991231\nRRULE:FREQ=YEARLY;INTERVAL=65535\nRDATE:20260704").len(), 1);
}

#[test]
fn rules_that_are_not_understood_give_their_first_date() {
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=YEARLY;INTERVAL=0",
        "FREQ=YEARLY;BYDAY=MO",
        "nonsense",
        "FREQ=YEARLY;UNTIL=2027",
        "FREQ=WEEKLY;BYDAY=€O",
        "FREQ=YEARLY;COUNT=99999999999999999999",
        "FREQ=YEARLY;BYMONTH=13",
        "INTERVAL=1",
    ] {
        let import = events(&[&format!("DTSTART:20260101\nRRULE:{rule}")]);
        assert_eq!(dates(&import), ["2026-01-01"], "{rule}");
        assert_eq!(import.notes[0].line, 5, "{rule}");
        assert!(import.notes[0].text.starts_with("only the first date was taken"), "{rule}");
    }
}

#[test]
fn events_that_cannot_be_are_left_out_with_their_line() {
    for (event, line, why) in [
        ("SUMMARY:x", 3, "it has no DTSTART"),
        ("DTSTART:20260230", 4, "DTSTART is not a date"),
        ("DTSTART:2026-01-01", 4, "DTSTART is not a date"),
        ("DTSTART:2026010€", 4, "DTSTART is not a date"),
        ("DTSTART:20260101T99", 4, "DTSTART is not a date"),
        ("DTSTART:20260105\nDTEND:20260101", 4, "it ends before it starts"),
        ("DTSTART:20260105\nDTEND:tomorrow", 5, "DTEND is not a date"),
        ("DTSTART:20260105\nDURATION:PT5H", 5, "DURATION is not one of whole days"),
        ("DTSTART:20260101\nDTEND:20280101", 3, "it lasts 730 days, 366 are possible"),
        ("DTSTART:20260101\nSTATUS:CANCELLED", 3, "it is cancelled"),
    ] {
        let import = events(&[event]);
        assert!(import.holidays.is_empty(), "{event}");
        assert_eq!(import.notes[0].line, line, "{event}");
        assert!(import.notes[0].text.ends_with(why), "{event}: {:?}", import.notes);
    }
}

#[test]
fn files_that_are_none_are_refused_with_the_line() {
    let page = "<!DOCTYPE html>\n<html>sign in</html>";
    for (file, line, message) in [
        ("", 0, "the file is empty"),
        (page, 1, "has no “:”"),
        ("VERSION:2.0\n", 1, "must start with BEGIN:VCALENDAR"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\n", 3, "ends before END:VEVENT"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", 3, "END:VEVENT belongs"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nhello\n", 3, "has no “:”"),
        ("BEGIN:VCALENDAR\n= :x\n", 2, "does not start with a name"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\nX:1\n", 3, "must start with BEGIN:VCALENDAR"),
        (&"BEGIN:VCALENDAR\n".repeat(9), 9, "nested too deeply"),
        (&format!("BEGIN:VCALENDAR\nX:{}\n", "y".repeat(9000)), 2, "longer than"),
        (&format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\nEND:VEVENT\n".repeat(MAX_EVENTS + 1)), 10_002, "more than"),
    ] {
        let refused = take(file).unwrap_err();
        assert_eq!(refused.line, line, "{refused}");
        assert!(refused.message.contains(message), "{refused}");
    }
    assert!(read(&vec![b'x'; MAX_BYTES + 1], date("2026-01-01"), date("2026-12-31")).is_err());
    assert_eq!(read(b"BEGIN:VCALENDAR\nX:\xff\n", date("2026-01-01"), date("2026-12-31")).unwrap_err().line, 2);
    assert!(take("\u{feff}\r\nbegin:vcalendar\r\nEND:VCALENDAR\r\n\r\n").is_ok());
}

#[test]
fn a_moved_repetition_is_taken_and_noted() {
    let import = events(&["UID:a\nDTSTART:20260501\nRRULE:FREQ=YEARLY;COUNT=2", "UID:a\nRECURRENCE-ID:20270501\nDTSTART:20270503"]);
    assert_eq!(dates(&import), ["2026-05-01", "2027-05-01", "2027-05-03"]);
    assert_eq!(import.notes.len(), 1);
}

#[test]
fn floods_are_cut_and_said_to_be() {
    let flood: Vec<_> = (0..9).map(|i| format!("SUMMARY:feast {i}\nDTSTART:20260101\nRRULE:FREQ=DAILY")).collect();
    let import = events(&flood.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((import.holidays.len(), import.notes.len()), (MAX_HOLIDAYS, 1));
    let bad = vec!["SUMMARY:x"; MAX_NOTES + 100];
    assert_eq!(events(&bad).notes.len(), MAX_NOTES + 1);
    let long = events(&["DTSTART:20260101\nDTEND:20270102\nRRULE:FREQ=DAILY"]);
    assert_eq!(long.holidays.len(), 1096);
    let endless = ["DTSTART:00010101\nDURATION:P366D\nRRULE:FREQ=YEARLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"; 4_000];
    let worst = events(&endless);
    assert_eq!(worst.holidays.len(), 1096);
    assert_eq!(worst.notes.iter().filter(|n| n.text.contains(&MAX_WORK.to_string())).count(), 1);
}
