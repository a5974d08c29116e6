//! A clock drawn to scale: its days, when work was open, when it counted, rested and stood still. The ledger holds the figures.

use maud::{Markup, Render, html};

use crate::text::t;

/// A day, from its midnight to the next.
#[derive(Debug, Clone, Default)]
pub struct Day {
    /// "Thu 19", with the name of a holiday.
    pub label: String,
    /// Where it begins, in milliseconds.
    pub from: i64,
    /// Where it ends.
    pub until: i64,
    /// When work is open on it.
    pub open: Vec<(i64, i64)>,
}

/// What the clock did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// It counted.
    Counted,
    /// It rested for a reason.
    Rested,
}

/// A stretch of the clock.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// From, in milliseconds.
    pub from: i64,
    /// Until.
    pub until: i64,
    /// What it did.
    pub band: Band,
    /// "2:40"; for a rest "paused 4:30".
    pub label: String,
}

/// The picture.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    /// What it shows, in words.
    pub finding: String,
    /// The days side by side.
    pub days: Vec<Day>,
    /// What the clock did.
    pub stretches: Vec<Stretch>,
    /// Now (or when it was met), and how that reads.
    pub now: Option<(i64, String)>,
}

const WIDTH: f64 = 1080.0;
/// Narrower than this, a stretch carries no figure of its own.
const ROOM: f64 = 26.0;
/// About as wide is a letter.
const LETTER: f64 = 7.0;
/// Where figures of what counted are written, and below them those of rests.
const LINES: [f64; 2] = [57.0, 70.0];
/// Where the names of the days are written.
const NAMES: f64 = 12.0;

impl Drawn {
    fn x(&self, at: i64) -> f64 {
        let (from, until) = (self.days.first().map_or(0, |day| day.from), self.days.last().map_or(1, |day| day.until));
        (at - from) as f64 / (until - from).max(1) as f64 * WIDTH
    }

    fn bar(&self, from: i64, until: i64, class: &str) -> Markup {
        let (from, until) = (self.x(from).clamp(0.0, WIDTH), self.x(until).clamp(0.0, WIDTH));
        html! { rect class=(class) x=(u(from)) y="22" width=(u((until - from).max(1.0))) height="20" {} }
    }

    /// The line and the place of the figure of a stretch, if there is room for one.
    fn place(&self, stretch: &Stretch) -> Option<(f64, f64)> {
        let (from, until) = (self.x(stretch.from), self.x(stretch.until));
        let line = if stretch.band == Band::Counted { LINES[0] } else { LINES[1] };
        let wide = stretch.label.chars().count() as f64 * LETTER;
        let at = from.min(WIDTH - 70.0);
        let now = self.now.as_ref().map_or(0.0, |(at, _)| self.x(*at));
        let crosses = at < now && now < at + wide && now - wide > 4.0;
        (until - from >= ROOM || stretch.band == Band::Rested).then_some((line, if crosses { now - wide - 4.0 } else { at }))
    }

    fn figure(&self, stretch: &Stretch) -> Markup {
        let class = if stretch.band == Band::Counted { "t-acc" } else { "t-warn" };
        html! { @if let Some((y, x)) = self.place(stretch) { text class=(class) x=(u(x)) y=(y) { (stretch.label) } } }
    }

    /// Now is written beside its line: on the first line of figures where it covers none, else on the second, else above among the
    /// names of the days.
    fn now(&self, at: i64, label: &str) -> Markup {
        let (at, wide) = (self.x(at), label.chars().count() as f64 * LETTER);
        let left = at > WIDTH - wide - 8.0;
        let from = if left { at - 5.0 - wide } else { at + 5.0 };
        let covers = |x: f64, text: &str| x < from + wide && from < x + text.chars().count() as f64 * LETTER;
        let figures = |line: f64| {
            let mut placed = self.stretches.iter().filter_map(move |it| Some((self.place(it).filter(|(y, _)| *y == line)?.1, &it.label)));
            placed.any(|(x, label)| covers(x, label))
        };
        let days = || self.days.iter().any(|day| covers(self.x(day.from) + 4.0, &day.label));
        let line = LINES.into_iter().find(|line| !figures(*line)).or((!days()).then_some(NAMES)).unwrap_or(LINES[1]);
        html! {
            line.goal x1=(u(at)) x2=(u(at)) y1="16" y2="62" {}
            text.t-ink x=(u(if left { at - 5.0 } else { at + 5.0 })) y=(line) text-anchor=[left.then_some("end")] { (label) }
        }
    }

    fn day(&self, day: &Day) -> Markup {
        let from = self.x(day.from);
        html! {
            @if self.x(day.until) - from >= 40.0 { text x=(u(from + 4.0)) y=(NAMES) { (day.label) } }
            line.grid x1=(u(from)) x2=(u(from)) y1="16" y2="58" {}
            (self.bar(day.from, day.until, "fband"))
            @for (open, close) in &day.open { (self.bar(*open, *close, "open")) }
        }
    }
}

fn u(value: f64) -> String {
    format!("{value:.1}")
}

impl Render for Drawn {
    fn render(&self) -> Markup {
        html! {
            figure.scrolls data-now tabindex="0" role="group" aria-label=(t("The clock drawn to scale, scrolls sideways on a small screen")) {
                svg.chart.drawn viewBox="0 0 1080 74" role="img" aria-label=(self.finding) {
                    defs { pattern #rest width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { line.hatch x1="0" y1="0" x2="0" y2="5" {} } }
                    @for day in &self.days { (self.day(day)) }
                    @for one in &self.stretches { (self.bar(one.from, one.until, if one.band == Band::Counted { "f1" } else { "rest" })) }
                    @for one in &self.stretches { (self.figure(one)) }
                    @if let Some((at, label)) = &self.now { (self.now(*at, label)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn now_covers_no_figure() {
        let hour = |hour: i64| hour * 3_600_000;
        let stretch = |from, until, label: &str| Stretch { from, until, band: Band::Counted, label: label.into() };
        let day = Day { from: 0, until: hour(24), ..Day::default() };
        let line = |now: i64, stretches: Vec<Stretch>| {
            let drawn = Drawn { days: vec![day.clone()], stretches, now: Some((now, "now, 17:00".into())), ..Drawn::default() };
            let html = drawn.render().into_string();
            html.split("t-ink").nth(1).and_then(|rest| rest.split("y=\"").nth(1)?.split('"').next().map(str::to_owned))
        };
        let (five, evening) = (hour(17), hour(23) + 1_800_000);
        let short = |until: i64| stretch(until - 2_400_000, until, "0:40:00");
        assert_eq!(line(five, vec![stretch(hour(8), hour(12), "4:00:00")]).as_deref(), Some("57"), "far away");
        assert_eq!(line(five, vec![short(five)]).as_deref(), Some("57"), "a short one that ends there is written before it");
        assert_eq!(line(evening, vec![short(evening)]).as_deref(), Some("70"), "and now below it, where now has no room after itself");
        let tiny = Drawn {
            days: vec![Day { from: 0, until: hour(24), ..Day::default() }],
            stretches: vec![stretch(hour(24) - 300_000, hour(24), "0:05:00")],
            ..Drawn::default()
        };
        assert!(!tiny.render().into_string().contains("0:05:00"), "what is too narrow has no figure, at the end neither");
        let rested = Stretch { band: Band::Rested, ..stretch(evening - 4_200_000, evening - 2_400_000, "paused 0:30:00") };
        assert_eq!(line(evening, vec![short(evening), rested]).as_deref(), Some("12"), "where both lines are taken, above them");
    }
}
