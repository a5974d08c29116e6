use super::*;
use calendar::{Calendar, Spec, Week};

/// Tuesday, 24 November 2026, 00:00 in Copenhagen.
const TUESDAY: i64 = 1_795_474_800_000;

fn office() -> Calendar {
    let day = || vec![["08:00".to_owned(), "18:00".to_owned()]];
    let week = Week { mon: day(), tue: day(), wed: day(), thu: day(), fri: day(), ..Week::default() };
    Calendar::new(Spec { zone: "Europe/Copenhagen".into(), week, holidays: Vec::new(), special_days: Vec::new() }).expect("a calendar")
}

fn seen(day: i64, hour: i64, minute: i64) -> Night {
    night(Some(&office()), TUESDAY + day * 24 * HOUR + hour * HOUR + minute * 60_000, &TimeZone::UTC)
}

#[test]
fn in_the_morning_the_night_is_over_since_work_began() {
    let expected = Night { from: TUESDAY - 6 * HOUR, until: TUESDAY + 8 * HOUR, over: true };
    assert_eq!((seen(0, 8, 24), seen(0, 17, 59), seen(0, 8, 0)), (expected, expected, expected));
}

#[test]
fn before_work_and_after_it_the_night_is_still_on() {
    assert_eq!(seen(0, 7, 30), Night { from: TUESDAY - 6 * HOUR, until: TUESDAY + 7 * HOUR + HOUR / 2, over: false });
    assert_eq!(seen(0, 19, 0), Night { from: TUESDAY + 18 * HOUR, until: TUESDAY + 19 * HOUR, over: false });
}

#[test]
fn on_monday_the_night_is_the_weekend() {
    assert_eq!(seen(-1, 9, 0), Night { from: TUESDAY - (3 * 24 + 6) * HOUR, until: TUESDAY - 16 * HOUR, over: true });
    assert_eq!(seen(-2, 12, 0).from, TUESDAY - (3 * 24 + 6) * HOUR, "on Sunday it began on Friday");
}

#[test]
fn without_hours_it_is_from_evening_to_morning() {
    let zone = TimeZone::get("Europe/Copenhagen").expect("a zone");
    let always = night(None, TUESDAY + 9 * HOUR, &zone);
    assert_eq!(always, Night { from: TUESDAY - 6 * HOUR, until: TUESDAY + 8 * HOUR, over: true });
    assert!(!night(None, TUESDAY + HOUR, &zone).over);
}

fn quiet() -> Facts {
    Facts { from: "18:00".into(), until: Some("08:00".into()), ..Facts::default() }
}

#[test]
fn a_quiet_night_is_told_in_three_sentences() {
    assert_eq!(
        plain(&sentences(&quiet())),
        "Between 18:00 and 08:00 the desk took no contacts and closed none. No promise was broken. Nothing critical was reported."
    );
    let firmware = Ran { name: "Core switch firmware".into(), href: "/w".into(), from: "04:00".into(), until: "05:30".into() };
    let told = plain(&sentences(&Facts { until: None, window: Some(firmware), ..quiet() }));
    assert!(told.starts_with("Since 18:00 the desk has taken no contacts"), "{told}");
    assert!(told.ends_with("Core switch firmware ran from 04:00 to 05:30; nothing critical was reported."), "{told}");
}

#[test]
fn a_loud_night_names_its_figures_and_every_figure_opens_its_records() {
    let facts = Facts {
        opened: Counted { count: 23, href: "/a".into() },
        resolved: Counted { count: 17, href: "/b".into() },
        broken: Counted { count: 3, href: "/c".into() },
        broken_critical: 1,
        critical: Some(Critical {
            at: "07:46".into(),
            summary: "Customs EDI is down".into(),
            href: "/d".into(),
            priority: 1,
            stands: Stands::Open,
            more: 2,
        }),
        ..quiet()
    };
    let pieces = sentences(&facts);
    assert_eq!(
        plain(&pieces),
        "Between 18:00 and 08:00 the desk took 23 contacts and closed 17. Promises were broken on three tickets, one of them a critical \
         incident. At 07:46 Customs EDI is down was reported as P1; it is still open, and two more critical incidents were reported."
    );
    let opened: Vec<&str> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Figure(_, href, _) | Piece::Link(_, href) => Some(href.as_str()),
            Piece::Text(_) => None,
        })
        .collect();
    assert_eq!(opened, ["/a", "/b", "/c", "/d"]);
}
