//! Working time against an oracle that looks at the wall clock every minute.

mod cases;
use calendar::{Calendar, Counted, Instant, Span, apart};
use cases::{Chance, calendar, text};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

/// Zones with the week in which something odd happens to their clocks.
const WEEKS: [(&str, &str); 9] = [
    ("Europe/Berlin", "2026-03-26"),
    ("Europe/Berlin", "2026-10-22"),
    ("America/Los_Angeles", "2026-03-05"),
    ("America/Los_Angeles", "2026-10-29"),
    ("Australia/Lord_Howe", "2026-04-02"),
    ("Australia/Lord_Howe", "2026-10-01"),
    ("Pacific/Apia", "2011-12-27"),
    ("Asia/Kathmandu", "2024-02-26"),
    ("UTC", "2023-12-29"),
];

#[test]
fn every_answer_equals_the_wall_clock_watched_by_the_minute() {
    let mut chance = Chance(20260101);
    for round in 0..27 {
        let (zone, day) = WEEKS[round % WEEKS.len()];
        let spec = random_spec(&mut chance, zone, day.parse().unwrap());
        let oracle = Oracle::new(&spec, zone, day.parse().unwrap());
        let calendar = calendar(spec.clone());
        for _ in 0..150 {
            oracle.compare(&calendar, &mut chance, &spec);
        }
        oracle.compare_intervals(&calendar, &spec);
    }
}

#[test]
fn what_is_taken_out_of_working_time_does_not_count_and_nothing_else_changes() {
    let mut chance = Chance(20261128);
    for round in 0..18 {
        let (zone, day) = WEEKS[round % WEEKS.len()];
        let spec = random_spec(&mut chance, zone, day.parse().unwrap());
        let mut oracle = Oracle::new(&spec, zone, day.parse().unwrap());
        let calendar = calendar(spec.clone());
        let len = oracle.open.len();
        let mut spans = Vec::new();
        for _ in 0..chance.below(6) {
            let from = chance.below(len as i64) as usize;
            let until = (from + chance.below(2_000) as usize).min(len);
            oracle.open[from..until].fill(false);
            spans.push(Span { from: oracle.start + from as i64 * MINUTE, until: oracle.start + until as i64 * MINUTE });
        }
        let spans = apart(spans);
        assert!(spans.windows(2).all(|pair| pair[0].until < pair[1].from), "{spans:?}");
        let counted = Counted::new(&calendar, &spans);
        for _ in 0..150 {
            oracle.compare_counted(&counted, &mut chance, &format!("{spans:?} in {spec}"));
        }
    }
}

/// Which minutes of nine days are open.
struct Oracle {
    start: Instant,
    open: Vec<bool>,
}

impl Oracle {
    fn new(spec: &Value, zone: &str, day: Date) -> Self {
        let zone = TimeZone::get(zone).unwrap();
        let start = zone.to_ambiguous_timestamp(day.at(0, 0, 0, 0)).compatible().unwrap().as_millisecond();
        let open = (0..9 * 24 * 60).map(|i| wall_clock_open(spec, &zone, start + i * MINUTE)).collect();
        Oracle { start, open }
    }

    fn counted(&self, from: usize, to: usize) -> i64 {
        self.open[from..to].iter().filter(|o| **o).count() as i64 * 60
    }

    fn compare(&self, calendar: &Calendar, chance: &mut Chance, spec: &Value) {
        let len = self.open.len();
        let (a, b) = (chance.below(len as i64) as usize, chance.below(len as i64) as usize);
        let (from, to) = (a.min(b), a.max(b));
        let [start, end] = [from, to].map(|i| self.start + i as i64 * MINUTE);
        let hint = || format!("{} to {} in {spec}", text(start), text(end));
        assert_eq!(calendar.is_open(start), self.open[from], "open {}", hint());
        let counted = self.counted(from, to);
        assert_eq!(calendar.elapsed(start, end), counted, "elapsed {}", hint());
        assert_eq!(calendar.elapsed(end, start), -counted, "backwards {}", hint());
        if let Some(next) = (from..len).find(|&i| self.open[i]) {
            assert_eq!(calendar.next_open(start), Some(self.start + next as i64 * MINUTE), "next {}", hint());
        }
        if counted > 0 {
            let last = (from..to).rev().find(|&i| self.open[i]).unwrap() as i64;
            assert_eq!(calendar.add(start, counted), Some(self.start + (last + 1) * MINUTE), "add {}", hint());
            let first = (from..to).find(|&i| self.open[i]).unwrap() as i64;
            assert_eq!(calendar.subtract(end, counted), Some(self.start + first * MINUTE), "subtract {}", hint());
            let odd = calendar.add_ms(start, counted * 1000 - 1).unwrap();
            assert_eq!(calendar.elapsed_ms(start, odd), counted * 1000 - 1, "millisecond {}", hint());
        }
    }

    fn compare_counted(&self, counted: &Counted, chance: &mut Chance, told: &str) {
        let len = self.open.len();
        let (a, b) = (chance.below(len as i64) as usize, chance.below(len as i64) as usize);
        let (from, to) = (a.min(b), a.max(b));
        let place = |minute: usize| self.start + minute as i64 * MINUTE;
        let hint = || format!("{} to {} without {told}", text(place(from)), text(place(to)));
        let minutes = self.counted(from, to) * 1000;
        assert_eq!(counted.elapsed_ms(place(from), place(to)), minutes, "elapsed {}", hint());
        assert_eq!(counted.is_open(place(from)), self.open[from], "open {}", hint());
        let next = (from..len).find(|&i| self.open[i]).map(place);
        if next.is_some() {
            assert_eq!(counted.add_ms(place(from), 0), next, "next {}", hint());
        }
        if let Some(last) = (from..to).rev().find(|&i| self.open[i]) {
            assert_eq!(counted.add_ms(place(from), minutes), Some(place(last + 1)), "add {}", hint());
        }
        let ends = (from..len).find(|&i| !self.open[i]).map_or(place(len), place);
        let closes = self.open[from].then_some(ends);
        assert_eq!(counted.closes(place(from), place(len)), closes, "closes {}", hint());
    }

    fn compare_intervals(&self, calendar: &Calendar, spec: &Value) {
        let mut open = vec![false; self.open.len()];
        let mut last = Instant::MIN;
        for span in calendar.intervals(self.start, self.start + self.open.len() as i64 * MINUTE) {
            assert!(last < span.from && span.from < span.until, "touching or empty in {spec}");
            last = span.until;
            let [from, until] = [span.from, span.until].map(|t| ((t - self.start) / MINUTE) as usize);
            open[from..until].fill(true);
        }
        assert!(open == self.open, "intervals of {spec}");
    }
}

fn wall_clock_open(spec: &Value, zone: &TimeZone, at: Instant) -> bool {
    let local = zone.to_datetime(jiff::Timestamp::from_millisecond(at).unwrap());
    let date = json!(local.date().to_string());
    let time = format!("{:02}:{:02}", local.hour(), local.minute());
    let inside = |hours: &Value| {
        hours.as_array().into_iter().flatten().any(|h| h[0].as_str().unwrap() <= time.as_str() && time.as_str() < h[1].as_str().unwrap())
    };
    let on = |list: &str| spec[list].as_array().unwrap().iter().find(|d| d["date"] == date);
    match (on("special_days"), on("holidays")) {
        (Some(special), _) => inside(&special["hours"]),
        (None, Some(_)) => false,
        (None, None) => {
            let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            inside(&spec["week"][names[local.date().weekday().to_monday_zero_offset() as usize]])
        }
    }
}

fn random_spec(chance: &mut Chance, zone: &str, day: Date) -> Value {
    let week: serde_json::Map<_, _> =
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().map(|d| (d.to_string(), random_hours(chance))).collect();
    let mut dates: Vec<_> = day.series(jiff::Span::new().days(1)).take(9).filter(|_| chance.below(4) == 0).collect();
    let special: Vec<_> = dates.iter().filter(|_| chance.below(2) == 0).map(|d| d.to_string()).collect();
    dates.retain(|_| chance.below(2) == 0);
    let holidays: Vec<_> = dates.iter().map(|d| json!({"date": d.to_string(), "name": "free"})).collect();
    let special: Vec<_> = special.into_iter().map(|d| json!({"date": d, "hours": random_hours(chance)})).collect();
    json!({"zone": zone, "week": week, "holidays": holidays, "special_days": special})
}

/// Up to three intervals, often around the hours in which clocks change, sometimes to midnight.
fn random_hours(chance: &mut Chance) -> Value {
    let mut edges: Vec<i64> =
        (0..2 * chance.below(4)).map(|_| if chance.below(3) == 0 { 60 + chance.below(180) } else { chance.below(1441) }).collect();
    if chance.below(5) == 0 {
        edges.extend([0, 1440]);
    }
    edges.sort_unstable();
    edges.dedup();
    edges.chunks_exact(2).map(|p| json!([clock(p[0]), clock(p[1])])).collect()
}

fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
