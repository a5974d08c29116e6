//! The head with its period, and the figures across the top.

use super::read::Read;
use super::{ATTAINED, RESOLVED, TAKEN, records};
use crate::dashboard::period::Period;
use crate::dashboard::rules::quantile;
use jiff::civil::Date;
use maud::{Markup, html};
use ui::figure::Figure;
use ui::format::{duration, number, percent};
use ui::head::Head;
use ui::text::noun;

const OPENED: &str = "Tickets whose opening falls into the period.";
const BACKLOG: &str = "Tickets opened before the end of the period and, as far as is known now, not ended by then.";

/// The finding, the period, and the way to others.
pub fn head(read: &Read) -> Markup {
    let (came, went) = (read.opened.iter().sum::<i64>(), read.resolved.len() as i64);
    let finding = match came - went {
        0 => format!("As many came in as went out: {}", number(came)),
        more if more > 0 => format!("{} more came in than went out", number(more)),
        fewer => format!("{} more went out than came in", number(-fewer)),
    };
    let period = &read.period;
    let day = |date: Date| ui::manner::written(date, "%-d %B %Y");
    let why = match period.remark(read.request.asked("from"), read.request.asked("until")) {
        Some(remark) => format!(". {remark}"),
        None if read.older => ". The last 12 weeks have few tickets, so this is the year that ends with the most.".into(),
        None => String::new(),
    };
    let weeks = noun(period.weeks, "week", "weeks");
    let asked = html! {
        form.filters method="get" action="/desk/dashboard" role="search" aria-label="Period" {
            label.line.tight { "From" input.in.small type="date" name="from" value=(period.first); }
            label.line.tight { "until" input.in.small type="date" name="until" value=(period.last()); }
            button.verb.small type="submit" { "Show" }
        }
    };
    let head = Head {
        crumbs: vec![("Desk".into(), "/queue".into())],
        title: finding,
        lead: Some(format!("{} {weeks}, from {} to {}{why}", period.weeks, day(period.first), day(period.last()))),
        verbs: vec![asked],
        ..Head::default()
    };
    html! { (head) (others(read)) }
}

/// Other periods: usual lengths that end now, and the one before.
fn others(read: &Read) -> Markup {
    let (now, zone) = (read.request.now, &read.request.view.zone);
    let lengths = [(12, "12 weeks"), (26, "Half a year"), (52, "A year")];
    let shown = |period: &Period| *period == read.period;
    html! {
        nav.line.tight.periods.no-print aria-label="Periods" {
            @for (weeks, name) in lengths {
                @let period = Period::ending(now, weeks, zone);
                a.verb.small.bare href={ "/desk/dashboard?" (period.query()) } aria-current=[shown(&period).then_some("true")] { (name) }
            }
            @if let Some(at) = read.earlier {
                a.verb.small.bare href={ "/desk/dashboard?" (Period::ending(at, read.period.weeks, zone).query()) } { (ui::icon::small("chevron-left")) "Earlier" }
            }
            @if read.period.until <= now {
                a.verb.small.bare href={ "/desk/dashboard?" (Period::ending(read.period.until, read.period.weeks, zone).query()) } { "One week on" (ui::icon::small("chevron-right")) }
            }
        }
    }
}

/// Six figures, each with its definition and its records.
pub fn figures(read: &Read) -> Markup {
    let promised: Vec<bool> = read.resolved.iter().filter_map(|it| it.kept).collect();
    let kept = promised.iter().filter(|kept| **kept).count();
    let mut seconds: Vec<i64> = read.resolved.iter().map(|it| it.seconds).collect();
    seconds.sort_unstable();
    let share = if promised.is_empty() { "none promised".into() } else { percent(kept as f64 / promised.len() as f64, 1) };
    let within = |column| Some(records(column, read.span(), ""));
    // No list says "resolved later, called off later or open still" in one question, so what was open then leads nowhere.
    let open = (read.period.until > read.request.now).then(|| "/tickets?active=true".to_owned());
    let time = |share| quantile(&seconds, share).map_or("none".into(), duration);
    ui::figure::figures(&[
        figure(number(read.opened.iter().sum()), "opened", OPENED, within("opened_at")),
        figure(number(read.resolved.len() as i64), "resolved", RESOLVED, within("resolved_at")),
        figure(number(read.backlog.last().copied().unwrap_or(0)), "open at the end", BACKLOG, open),
        figure(share, "promises kept", ATTAINED, Some(format!("/desk/dashboard/attainment?{}", read.period.query()))),
        figure(time(0.5), "half resolved within", TAKEN, within("resolved_at")),
        figure(time(0.85), "85\u{a0}% resolved within", TAKEN, within("resolved_at")),
    ])
}

fn figure(value: String, label: &str, definition: &str, href: Option<String>) -> Figure {
    Figure { value, label: label.into(), definition: definition.into(), href, ..Figure::default() }
}
