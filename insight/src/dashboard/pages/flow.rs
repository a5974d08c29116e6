//! What came in each week, and what was left at its end.

use super::read::Read;
use super::{Part, heads, records};
use crate::address::tickets;
use crate::dashboard::control::{Stretch, outside, stretches};
use kernel::time::rfc3339;
use maud::{Render, html};
use ui::chart::{Control, Phase, Point, Table};
use ui::format::number;
use ui::text::noun;

const OPENED: &str = "Tickets whose opening falls into the week. The band is what chance alone explains: three standard deviations, estimated from one week to the next.";
const RUNNING: &str = " The week that is not over yet is left out.";
const LEFT: &str = "Tickets opened before the end of the week and, as far as is known now, not ended by then; a point opens those that were resolved since.";

/// Opened, week by week: of the weeks that are over, from the first in which there was anything to count.
pub fn came_in(read: &Read) -> Part {
    let (begins, over) = (read.begins(), read.over());
    let counted = read.opened.get(begins..over).unwrap_or_default();
    let values: Vec<f64> = counted.iter().map(|count| *count as f64).collect();
    let levels = stretches(&values);
    let odd = outside(&values, &levels);
    let named = |at: usize| read.week(begins + at);
    let points = counted.iter().enumerate().map(|(at, count)| Point {
        label: named(at),
        value: values[at],
        shown: number(*count),
        href: Some(records("opened_at", read.period.span(begins + at), "")),
        outside: odd[at],
    });
    let table = table(read);
    let finding = finding(&named, &levels, &odd);
    let control = Control {
        caption: format!("{finding} {OPENED}{}", if over < read.opened.len() { RUNNING } else { "" }),
        finding,
        points: points.collect(),
        phases: phases(&named, &levels),
        goal: None,
        table: table.clone(),
    };
    let picture = match (over, counted.len()) {
        (0, _) => html! { p.ink3 { "No week of this period is over yet." } },
        (_, 0) => html! { p.ink3 { "Nothing came in in the weeks that are over." } },
        _ => control.render(),
    };
    Part { key: "came-in", title: "Came in", remark: "tickets a week", wide: false, picture, table }
}

fn table(read: &Read) -> Table {
    let went = read.by_week(|count: &mut i64, _| *count += 1);
    let row = |(week, (came, went)): (usize, (&i64, &i64))| {
        vec![read.period.monday(week).to_string(), number(*came), number(*went), number(came - went), number(read.backlog[week])]
    };
    Table {
        heads: heads(["Week of", "Opened", "Resolved", "Difference", "Open at the end"]),
        rows: read.opened.iter().zip(&went).enumerate().map(row).collect(),
        csv: read.csv("came-in"),
    }
}

fn finding(named: &dyn Fn(usize) -> String, levels: &[Stretch], odd: &[bool]) -> String {
    let odd = odd.iter().filter(|it| **it).count();
    let beyond = match odd {
        0 => "no week lies outside what chance explains".to_owned(),
        odd => format!("{odd} {} outside what chance explains", noun(odd as i64, "week lies", "weeks lie")),
    };
    let mean = |it: &Stretch| ui::format::decimal(it.mean, 0);
    match levels {
        [] => "Too few weeks to tell change from chance.".into(),
        [one] => match odd {
            0 => format!("About {} a week, without a lasting change; {beyond}.", mean(one)),
            _ => format!("About {} a week; {beyond}.", mean(one)),
        },
        [before, .., after] => {
            let way = if after.mean > before.mean { "rose" } else { "fell" };
            let apart = format!("From the week of {} it {way} from about {} to {} a week", named(after.from), mean(before), mean(after));
            match odd {
                0 => format!("{apart}, which is more than chance explains."),
                _ => format!("{apart}, which is more than chance explains; beside that {beyond}."),
            }
        }
    }
}

fn phases(named: &dyn Fn(usize) -> String, levels: &[Stretch]) -> Vec<Phase> {
    let phase = |it: &Stretch| {
        let mean = ui::format::decimal(it.mean, 0);
        let label = match (levels.len(), it.from) {
            (1, _) => mean,
            (_, 0) => format!("mean {mean}"),
            (_, from) => format!("mean {mean} since {}", named(from)),
        };
        Phase { from: it.from, until: it.until, band: Some((it.low, it.high)), mean: it.mean, label }
    };
    levels.iter().map(phase).collect()
}

/// Open at the end of each week.
pub fn backlog(read: &Read) -> Part {
    let weeks = read.backlog.len();
    let point = |(week, count): (usize, &i64)| {
        let end = read.period.span(week).1;
        let href = match end > read.request.now {
            true => "/tickets?active=true".to_owned(),
            false => tickets(&format!("opened_at__lt={0}&resolved_at__gte={0}", rfc3339(end))),
        };
        Point { label: read.week(week), value: *count as f64, shown: number(*count), href: Some(href), outside: false }
    };
    let (first, last) = (read.backlog.first().copied().unwrap_or(0), read.backlog.last().copied().unwrap_or(0));
    let row = |(week, count): (usize, &i64)| vec![read.period.monday(week).to_string(), number(*count)];
    let table = Table {
        heads: heads(["Week of", "Open at its end"]),
        rows: read.backlog.iter().enumerate().map(row).collect(),
        csv: read.csv("backlog"),
    };
    let control = Control {
        finding: format!("Open at the end of the week: {} in the first, {} in the last of {weeks} weeks.", number(first), number(last)),
        caption: LEFT.into(),
        points: read.backlog.iter().enumerate().map(point).collect(),
        phases: Vec::new(),
        goal: None,
        table: table.clone(),
    };
    Part { key: "backlog", title: "Left over", remark: "open at the end of the week", wide: false, picture: control.render(), table }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(values: &[f64]) -> String {
        let levels = stretches(values);
        finding(&|week| format!("number {week}"), &levels, &outside(values, &levels))
    }

    #[test]
    fn a_lasting_change_and_chance_are_not_claimed_in_one_breath() {
        let fell = [32.0, 34.0, 32.0, 29.0, 29.0, 32.0, 28.0, 15.0, 11.0, 14.0, 13.0];
        assert_eq!(told(&fell), "From the week of number 7 it fell from about 31 to 13 a week, which is more than chance explains.");
        assert_eq!(told(&fell[..10]), "About 26 a week; 3 weeks lie outside what chance explains.");
        assert_eq!(told(&fell[..7]), "About 31 a week, without a lasting change; no week lies outside what chance explains.");
        assert_eq!(told(&fell[..3]), "Too few weeks to tell change from chance.");
    }
}
