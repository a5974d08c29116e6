//! How numbers and times read.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ui::format::{ago, bytes, chip, decimal, duration, money, number, percent, upper, when, words, working};
use ui::text::plural;

#[test]
fn numbers() {
    let cases = [
        (0, "0"),
        (7, "7"),
        (999, "999"),
        (1000, "1,000"),
        (24918, "24,918"),
        (-1200, "−1,200"),
        (1_234_567, "1,234,567"),
        (i64::MIN, "−9,223,372,036,854,775,808"),
    ];
    for (value, text) in cases {
        assert_eq!(number(value), text);
    }
    assert_eq!(plural(1, "ticket", "tickets"), "1 ticket");
    assert_eq!(plural(12_000, "ticket", "tickets"), "12,000 tickets");
}

#[test]
fn decimals_shares_and_money() {
    assert_eq!(decimal(99.954, 2), "99.95");
    assert_eq!(decimal(-12_345.67, 1), "−12,345.7");
    assert_eq!(decimal(-0.001, 1), "0.0");
    assert_eq!(decimal(f64::NAN, 1), "–");
    assert_eq!(percent(0.712, 0), "71\u{a0}%");
    assert_eq!(money("€", 20_520), "€20,520");
    assert_eq!(money("€", -1_584_000), "−€1.58\u{a0}m");
}

#[test]
fn sizes() {
    let cases = [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 KB"),
        (184_320, "184 KB"),
        (2_400_000, "2.4 MB"),
        (999_600, "1.0 MB"),
        (40_000_000_000, "40 GB"),
    ];
    for (size, text) in cases {
        assert_eq!(bytes(size).replace('\u{a0}', " "), text);
    }
}

#[test]
fn durations() {
    let cases =
        [(0, "0 s"), (59, "59 s"), (60, "1 min"), (12_120, "3 h 22 min"), (7_200, "2 h"), (100_800, "1 d 4 h"), (-2_820, "−47 min")];
    for (seconds, text) in cases {
        assert_eq!(duration(seconds).replace('\u{a0}', " "), text);
    }
    let chips = [(12_120, "3:22"), (660, "11 min"), (-2_820, "0:47"), (100_800, "1 d 4 h"), (172_800, "2 d")];
    for (seconds, text) in chips {
        assert_eq!(chip(seconds, true).replace('\u{a0}', " "), text);
    }
}

#[test]
fn working_time_has_days_only_around_the_clock() {
    let chips = [(86_340, "23:59"), (86_400, "24 h"), (100_800, "28 h"), (-104_340, "28 h"), (432_000, "120 h")];
    for (seconds, text) in chips {
        assert_eq!(chip(seconds, false).replace('\u{a0}', " "), text);
    }
    let sentences = [(12_120, "3 h 22 min"), (100_800, "28 h"), (102_600, "28 h 30 min"), (-432_000, "−120 h")];
    for (seconds, text) in sentences {
        assert_eq!(working(seconds, false).replace('\u{a0}', " "), text);
    }
    assert_eq!(working(100_800, true), duration(100_800));
}

#[test]
fn moments_in_the_readers_zone() {
    let zone = TimeZone::get("Europe/Copenhagen").expect("zone");
    let now: Timestamp = "2026-11-24T07:24:00Z".parse().expect("now");
    let cases = [
        ("2026-11-24T07:05:00Z", "08:05"),
        ("2026-11-23T22:59:00Z", "Mon"),
        ("2026-11-23T23:01:00Z", "00:01"),
        ("2026-10-02T10:00:00Z", "2 Oct"),
        ("2025-10-02T10:00:00Z", "2 Oct 2025"),
        ("2026-11-26T10:00:00Z", "Thu 11:00"),
        ("2026-11-30T10:00:00Z", "Mon 11:00"),
    ];
    for (moment, text) in cases {
        assert_eq!(when(moment.parse().expect("moment"), now, &zone).shown, text, "{moment}");
    }
    let shown = when("2026-07-01T10:00:00Z".parse().expect("moment"), now, &zone);
    assert_eq!(shown.exact, "Wed 1 Jul 2026 12:00:00 CEST");
    assert_eq!(shown.iso, "2026-07-01T10:00:00Z");
    assert_eq!(ago("2026-11-24T07:12:00Z".parse().expect("moment"), now, &zone).shown.replace('\u{a0}', " "), "12 min");
    assert_eq!(ago("2026-11-24T05:20:00Z".parse().expect("moment"), now, &zone).shown.replace('\u{a0}', " "), "2 h");
}

#[test]
fn numbers_of_sentences_are_words_up_to_twelve() {
    assert_eq!([0, 1, 12, 13, 1_200].map(words), ["no", "one", "twelve", "13", "1,200"]);
    assert_eq!(upper(&words(5)), "Five");
    assert_eq!(upper(""), "");
}
