//! A day on one axis: what happens together, hour by hour.

use maud::{Markup, Render, html};

use super::scale::{Scale, u};
use super::{Table, behind};
use crate::text::t;

/// What a mark on a lane is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// A span of work.
    #[default]
    Work,
    /// A window in which something is done.
    Window,
    /// Nothing may change.
    Freeze,
    /// A moment that must not be missed.
    Due,
    /// A moment that was missed.
    Missed,
}

/// A span or moment on a lane. `from` and `until` are shares of the axis, 0 at its begin and 1 at its end.
#[derive(Debug, Clone, Default)]
pub struct Mark {
    /// Where it begins.
    pub from: f64,
    /// Where it ends; the same for a moment.
    pub until: f64,
    /// What stands beside it.
    pub label: String,
    /// When it is, for the hover text.
    pub when: String,
    /// What it is.
    pub sort: Sort,
    /// The record.
    pub href: Option<String>,
}

/// The lanes of a day.
#[derive(Debug, Clone, Default)]
pub struct Hours {
    /// What the picture shows, in a sentence.
    pub finding: String,
    /// Place and name of the marks of the axis.
    pub ticks: Vec<(f64, String)>,
    /// Name and marks of each lane, from the top.
    pub lanes: Vec<(String, Vec<Mark>)>,
    /// Where now is, and how it reads.
    pub now: Option<(f64, String)>,
    /// The same as a list.
    pub table: Table,
}

const WIDTH: f64 = 1170.0;
/// Room for the names of the lanes.
const NAMES: f64 = 96.0;
const ROW: f64 = 26.0;
const TOP: f64 = 16.0;
/// A letter of a label, about.
const LETTER: f64 = 6.1;
/// Rows of one lane; what finds no room stands in the table.
const MOST_ROWS: usize = 4;

impl Render for Hours {
    fn render(&self) -> Markup {
        let x = Scale::over([0.0, 1.0].into_iter(), NAMES, WIDTH - 20.0);
        let placed: Vec<Vec<(usize, Side)>> = self.lanes.iter().map(|(_, marks)| rows(marks, x)).collect();
        let heights: Vec<usize> = placed.iter().map(|lane| lane.iter().map(|(row, _)| row + 1).max().unwrap_or(1)).collect();
        let bottom = TOP + heights.iter().sum::<usize>() as f64 * ROW;
        let pressed = self.lanes.iter().flat_map(|(_, marks)| marks).any(|mark| mark.href.is_some());
        html! {
            figure {
                div.over-x tabindex="0" role="group" aria-label={ (t("Today on the clock, scrolls sideways")) } data-now[self.now.is_some()] {
                    svg.chart.lanes viewBox={ "0 0 " (WIDTH) " " (u(bottom + 18.0)) } role=(if pressed { "group" } else { "img" }) aria-label=(self.finding) {
                        defs { pattern #hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                            rect.fband width="6" height="6" {} line.hatch x1="0" x2="0" y1="0" y2="6" {}
                        } }
                        @for (at, label) in &self.ticks {
                            line.grid x1=(u(x.at(*at))) x2=(u(x.at(*at))) y1=(TOP) y2=(u(bottom)) {}
                            text x=(u(x.at(*at))) y="10" text-anchor="middle" { (label) }
                        }
                        @let tops = tops(&heights);
                        @for (i, (name, marks)) in self.lanes.iter().enumerate() {
                            text x="0" y=(u(tops[i] + 16.0)) { (name) }
                            line.grid x1=(NAMES) x2=(WIDTH - 20.0) y1=(u(tops[i] + heights[i] as f64 * ROW)) y2=(u(tops[i] + heights[i] as f64 * ROW)) {}
                            @for (mark, (row, side)) in marks.iter().zip(&placed[i]) { @if *row < MOST_ROWS { (draw(mark, x, tops[i] + *row as f64 * ROW, *side)) } }
                        }
                        @if let Some((at, label)) = &self.now {
                            line.nowline x1=(u(x.at(*at))) x2=(u(x.at(*at))) y1=(TOP - 2.0) y2=(u(bottom + 3.0)) {}
                            text.t-acc x=(u(x.at(*at))) y=(u(bottom + 14.0)) text-anchor="middle" { (label) }
                        }
                    }
                }
                (behind(&self.finding, &self.table))
            }
        }
    }
}

fn tops(heights: &[usize]) -> Vec<f64> {
    let mut top = TOP;
    heights
        .iter()
        .map(|rows| {
            let here = top;
            top += *rows as f64 * ROW;
            here
        })
        .collect()
}

/// On which side of its mark a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    After,
    Before,
}

/// The row of each mark within its lane, and the side of its label, so that nothing lies on anything.
fn rows(marks: &[Mark], x: Scale) -> Vec<(usize, Side)> {
    let mut ends: Vec<Vec<(f64, f64)>> = Vec::new();
    let place = |mark: &Mark| {
        let (from, until) = (x.at(mark.from), x.at(mark.until).max(x.at(mark.from) + 8.0));
        let label = mark.label.chars().count() as f64 * LETTER + 10.0;
        let side = if until + label > WIDTH && from - label > NAMES { Side::Before } else { Side::After };
        let taken = if side == Side::After { (from - 4.0, until + label) } else { (from - label, until + 4.0) };
        let free = |row: &Vec<(f64, f64)>| row.iter().all(|(a, b)| taken.1 <= *a || taken.0 >= *b);
        let row = ends.iter().position(free).unwrap_or(ends.len()).min(MOST_ROWS);
        match ends.get_mut(row) {
            Some(spans) => spans.push(taken),
            None => ends.push(vec![taken]),
        }
        (row, side)
    };
    marks.iter().map(place).collect()
}

fn draw(mark: &Mark, x: Scale, top: f64, side: Side) -> Markup {
    let (from, until) = (x.at(mark.from), x.at(mark.until));
    let moment = matches!(mark.sort, Sort::Due | Sort::Missed);
    let (class, text) = match mark.sort {
        Sort::Work => ("work", "t-ink"),
        Sort::Window => ("win", "t-ink"),
        Sort::Freeze => ("freeze", "t-ink"),
        Sort::Due => ("due", "t-ink"),
        Sort::Missed => ("fbad", "t-bad"),
    };
    let (at, anchor) = match side {
        Side::After => (if moment { from + 9.0 } else { until.max(from + 3.0) + 6.0 }, "start"),
        Side::Before => (from - if moment { 9.0 } else { 6.0 }, "end"),
    };
    let inside = html! {
        title { (mark.label) ": " (mark.when) }
        @if moment { path class=(class) d={ "M" (u(from)) " " (u(top + 6.0)) "l6 6-6 6-6-6z" } {} }
        @else { rect class=(class) x=(u(from)) y=(u(top + 4.0)) width=(u((until - from).max(3.0))) height="16" rx="1.5" {} }
        text class=(text) x=(u(at)) y=(u(top + 16.0)) text-anchor=(anchor) { (mark.label) }
    };
    match &mark.href {
        Some(href) => html! { a href=(href) { (inside) } },
        None => html! { g { (inside) } },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(from: f64, until: f64, label: &str) -> Mark {
        Mark { from, until, label: label.into(), ..Mark::default() }
    }

    #[test]
    fn marks_that_would_lie_on_each_other_get_rows_of_their_own() {
        let x = Scale::over([0.0, 1.0].into_iter(), NAMES, WIDTH - 20.0);
        let marks = [mark(0.1, 0.2, "Firmware"), mark(0.15, 0.3, "Database"), mark(0.6, 0.7, "Release")];
        assert_eq!(rows(&marks, x).iter().map(|(row, _)| *row).collect::<Vec<_>>(), [0, 1, 0]);
    }

    #[test]
    fn what_scrolls_opens_where_now_is_if_now_is_on_the_axis() {
        let drawn = |now: Option<(f64, String)>| Hours { now, ..Hours::default() }.render().into_string();
        let today = drawn(Some((0.5, "now 12:00".into())));
        assert!(today.contains(" data-now>") && today.contains("class=\"nowline\""), "{today}");
        assert!(!drawn(None).contains("data-now"));
    }

    #[test]
    fn a_label_that_has_no_room_behind_stands_before() {
        let x = Scale::over([0.0, 1.0].into_iter(), NAMES, WIDTH - 20.0);
        let placed = rows(&[mark(0.97, 1.0, "A release with a long name"), mark(0.0, 1.0, "All day")], x);
        assert_eq!((placed[0].1, placed[1].1), (Side::Before, Side::After));
    }
}
