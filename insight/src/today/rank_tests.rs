use super::*;
use kernel::describe::{Amount, Press, Stake};

const NOW: i64 = 1_000 * HOUR;
const MIDNIGHT: i64 = NOW + 16 * HOUR;

fn need(what: &str, by: By, money: i64, promises: i64, people: i64) -> (&'static str, Need) {
    let money = (money > 0).then(|| Amount { minor: money, currency: "EUR".into(), per_hour: false });
    let stake = Stake { money, promises, people, basis: String::new() };
    let need = Need {
        what: what.into(),
        because: format!("because of {what}"),
        stands: String::new(),
        href: "/x".into(),
        reference: String::new(),
        stake,
        by,
        verbs: Vec::new(),
    };
    ("test.line", need)
}

fn names(placed: &[Placed]) -> Vec<&str> {
    placed.iter().map(|it| it.need.what.as_str()).collect()
}

#[test]
fn bands_end_where_they_say() {
    let of = |by| band(by, NOW, MIDNIGHT);
    assert_eq!((of(By::Now), of(By::Time(NOW + HOUR)), of(By::Time(NOW - 1))), (Band::Now, Band::Now, Band::Now));
    assert_eq!((of(By::Time(NOW + HOUR + 1)), of(By::Time(MIDNIGHT)), of(By::Late(0))), (Band::Today, Band::Today, Band::Today));
    assert_eq!((of(By::Time(MIDNIGHT + 1)), of(By::Time(NOW + WEEK))), (Band::Week, Band::Week));
    assert_eq!((of(By::Time(NOW + WEEK + 1)), of(By::Someday)), (Band::Later, Band::Later));
}

#[test]
fn what_is_due_on_a_day_is_not_urgent_in_its_last_hour_and_a_clock_that_ends_then_is() {
    let late = MIDNIGHT - HOUR / 2;
    let of = |at| band(By::Time(at), late, MIDNIGHT);
    assert_eq!((of(MIDNIGHT - 1), of(MIDNIGHT)), (Band::Today, Band::Today));
    assert_eq!((of(MIDNIGHT - HOUR / 4), of(MIDNIGHT + HOUR / 4)), (Band::Now, Band::Now));
}

#[test]
fn what_is_lost_by_the_hour_comes_before_what_is_expected_in_a_year() {
    let mut hour = need("an hour", By::Late(1), 5, 0, 0);
    hour.1.stake.money.as_mut().expect("money").per_hour = true;
    let placed = rank(vec![need("a year", By::Late(1), 9_000, 0, 0), hour], NOW, MIDNIGHT);
    assert_eq!(names(&placed), ["an hour", "a year"]);
}

#[test]
fn time_comes_before_money_and_money_before_promises_and_people() {
    let found = vec![
        need("people", By::Late(1), 0, 0, 900),
        need("promises", By::Late(1), 0, 5, 0),
        need("fortune next month", By::Someday, 1_000_000_000, 0, 0),
        need("money", By::Late(1), 1, 0, 0),
        need("more money", By::Late(9), 2, 0, 0),
        need("stands still", By::Now, 0, 0, 0),
        need("this week", By::Time(NOW + 2 * 24 * HOUR), 500, 9, 9),
    ];
    let placed = rank(found, NOW, MIDNIGHT);
    assert_eq!(names(&placed), ["stands still", "more money", "money", "promises", "people", "this week", "fortune next month"]);
}

#[test]
fn the_order_does_not_depend_on_who_spoke_first() {
    let found: Vec<_> = (0..40).map(|n| need(&format!("{n:02}"), By::Late(n % 7), n % 5, n % 3, n % 2)).collect();
    let mut backwards = found.clone();
    backwards.reverse();
    assert_eq!(rank(found, NOW, MIDNIGHT), rank(backwards, NOW, MIDNIGHT));
}

#[test]
fn lines_about_one_record_become_one_with_all_reasons() {
    let with = |(key, mut need): (&'static str, Need), reference: &str, verb: Press| {
        need.reference = reference.into();
        need.verbs = vec![verb];
        (key, need)
    };
    let found = vec![
        with(need("late", By::Late(1), 0, 1, 0), "INC-7", Press::opens("Open", "/incidents/INC-7").first()),
        with(need("stands still", By::Now, 0, 0, 0), "INC-7", Press::posts("Take", "/incidents/INC-7/take").first()),
        with(need("another", By::Late(1), 0, 0, 0), "INC-8", Press::opens("Open", "/incidents/INC-8")),
    ];
    let placed = rank(found, NOW, MIDNIGHT);
    assert_eq!(names(&placed), ["stands still", "another"]);
    assert_eq!(placed[0].need.because, "because of stands still because of late");
    assert_eq!(placed[0].need.verbs.len(), 2);
    assert_eq!(placed[0].need.verbs.iter().filter(|it| it.first).count(), 1, "one verb is first");
}

#[test]
fn lines_about_several_records_stay_apart() {
    let placed = rank(vec![need("a", By::Now, 0, 0, 0), need("b", By::Now, 0, 0, 0)], NOW, MIDNIGHT);
    assert_eq!(placed.len(), 2);
}

#[test]
fn the_title_counts_what_cannot_wait_longer_than_a_week() {
    let title = |now: i64, today: i64, later: i64| {
        let some = |count: i64, by: By| (0..count).map(move |n| need(&format!("{by:?}{n}"), by, 0, 0, 0));
        let found = some(now, By::Now).chain(some(today, By::Late(1))).chain(some(later, By::Someday)).collect();
        super::title(&rank(found, NOW, MIDNIGHT))
    };
    assert_eq!(title(0, 0, 3), "Nothing needs you now");
    assert_eq!((title(0, 1, 0), title(1, 0, 9)), ("One thing needs you".into(), "One thing needs you, and it cannot wait".into()));
    assert_eq!(title(2, 8, 5), "Ten things need you; two cannot wait");
    assert_eq!(title(0, 13, 0), "13 things need you; all can wait an hour");
    assert_eq!(title(3, 0, 0), "Three things need you, and none of them can wait");
}

#[test]
fn the_line_lies_below_twelve_and_above_what_can_wait() {
    let some = |count: i64, by: By| (0..count).map(move |n| need(&format!("{n}"), by, 0, 0, 0)).collect::<Vec<_>>();
    assert_eq!(above(&rank(some(40, By::Now), NOW, MIDNIGHT)), MOST_ABOVE);
    assert_eq!(above(&rank(some(4, By::Someday), NOW, MIDNIGHT)), 0);
}
