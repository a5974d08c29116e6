//! Risks seen as a whole: the heat map above their list, what they may cost, and what rose of late.

use crate::risk::register::{REGISTER, borne, rule};
use db::{Tx, Value};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::Result;
use kernel::describe::{Choice, OverviewRequest};
use kernel::journal::course;
use kernel::register::{Filter, Op, Query, list, pairs, sums};
use maud::{Markup, html};
use pages::{Address, money};
use ui::chart::{Cell, Heat};
use ui::figure::{Figure, figures};
use ui::format::number;
use ui::marks::Tone;

/// The two scales of the map.
const SCALES: [&str; 2] = ["likelihood", "impact"];
const STATE: &str = "state";
/// A rise is told for so long, in milliseconds.
const OF_LATE: i64 = 7 * 24 * 3_600_000;
/// Records that changed last among which a rise is looked for.
const LOOKED_AT: usize = 100;

/// Heat map, sum and the latest rise of the risks of a list; none where there is nothing on the map.
pub fn show(tx: &mut Tx, asked: &OverviewRequest) -> Result<Option<Markup>> {
    let (query, pairs) = standing(asked);
    whole(tx, &OverviewRequest { query: &query, pairs: &pairs, ..*asked })
}

/// What a list asks, without the risks that are closed unless it asks by state: they threaten nothing any more.
fn standing(asked: &OverviewRequest) -> (Query, Vec<(String, String)>) {
    let (mut query, mut pairs) = (asked.query.clone(), asked.pairs.to_vec());
    if query.filters.iter().all(|filter| filter.key != STATE) {
        let written = standing_states();
        pairs.push((STATE.into(), written.clone()));
        query.filters.push(Filter { key: STATE.into(), op: Op::Is, values: written.split(',').map(Value::from).collect(), written });
    }
    (query, pairs)
}

fn whole(tx: &mut Tx, asked: &OverviewRequest) -> Result<Option<Markup>> {
    // The map is of the list without its own narrowing, so that the other cells can be reached.
    let mut query = asked.query.clone();
    query.filters.retain(|filter| !SCALES.contains(&filter.key.as_str()));
    let counted = pairs(tx, asked.house, asked.view, &REGISTER, &query, SCALES)?;
    if counted.is_empty() {
        return Ok(None);
    }
    let borne = borne(tx, asked.house)?;
    let sums = sums(tx, asked.house, asked.view, &REGISTER, asked.query, "expected_loss")?;
    let rose = latest_rise(tx, asked)?;
    Ok(Some(html! {
        div.reg-top {
            (heat(asked, &counted, borne))
            div {
                @if let [(minor, currency, of)] = sums.as_slice() { (figures(&[loss(*minor, currency, *of)])) }
                @if let Some(rose) = rose { (ui::facts::note(Tone::Warn, &rose)) }
                p.small.ink3 { (rule(borne)) ". Press a cell to see its risks." }
            }
        }
    }))
}

fn loss(minor: i64, currency: &str, of: i64) -> Figure {
    let (risks, say) = if of == 1 { ("1 risk".to_owned(), "says") } else { (format!("{} risks", number(of)), "say") };
    Figure {
        value: pages::money_short(minor, currency),
        label: format!("expected loss a year, of the {risks} that {say} it"),
        definition: format!("The sum of the expected losses: {}", money(minor, currency)),
        ..Figure::default()
    }
}

fn heat(asked: &OverviewRequest, counted: &[(i64, i64, i64)], borne: i64) -> Heat {
    let scale = |key: &str| -> &'static [Choice] { REGISTER.field(key).map_or(&[], |field| field.choices()) };
    let (likelihoods, impacts) = (scale(SCALES[0]), scale(SCALES[1]));
    let cell = |likelihood: &Choice, impact: &Choice| {
        let count = counted.iter().find(|(l, i, _)| (*l, *i) == (likelihood.rung, impact.rung)).map_or(0, |(_, _, count)| *count);
        let (href, on) = narrowed(asked.pairs, likelihood.key, impact.key);
        Cell {
            count: count.unsigned_abs(),
            heat: heat_of(likelihood.rung * impact.rung, borne),
            href,
            label: format!(
                "{}, likelihood {}, impact {}",
                if count == 1 { "risk" } else { "risks" },
                likelihood.label.to_lowercase(),
                impact.label.to_lowercase()
            ),
            on,
        }
    };
    Heat {
        caption: "Risks by likelihood and impact".into(),
        columns: impacts.iter().map(|impact| impact.label.to_lowercase()).collect(),
        rows: likelihoods
            .iter()
            .rev()
            .map(|likelihood| (likelihood.label.to_lowercase(), impacts.iter().map(|impact| cell(likelihood, impact)).collect()))
            .collect(),
    }
}

/// The states of risks that still threaten something, as an address has them.
fn standing_states() -> String {
    REGISTER.states.iter().filter(|state| !state.ends).map(|state| state.key).collect::<Vec<_>>().join(",")
}

/// The list narrowed to a cell, or widened again if it is narrowed to that one; then closed risks are in it again.
fn narrowed(pairs: &[(String, String)], likelihood: &str, impact: &str) -> (String, bool) {
    let is = |key: &str, value: &str| pairs.iter().any(|(name, it)| name == key && it == value);
    let on = is(SCALES[0], likelihood) && is(SCALES[1], impact);
    let rest = Address { path: format!("/{}", REGISTER.key), pairs: pairs.to_vec() }.first_page();
    let rest = rest.without(SCALES[0]).without(SCALES[1]);
    let widened = if is(STATE, &standing_states()) { rest.without(STATE) } else { rest.clone() };
    let href = if on { widened.href() } else { rest.with(SCALES[0], likelihood).with(SCALES[1], impact).href() };
    (href, on)
}

/// Heat 0 to 4: the hottest is what is not borne.
fn heat_of(score: i64, borne: i64) -> u8 {
    match score {
        score if score > borne => 4,
        10.. => 3,
        6.. => 2,
        3.. => 1,
        _ => 0,
    }
}

/// The risk of the list whose score rose last, if it did so of late.
fn latest_rise(tx: &mut Tx, asked: &OverviewRequest) -> Result<Option<Markup>> {
    let mut query = Query { limit: LOOKED_AT, cursor: None, lean: true, ..asked.query.clone() };
    query.sort = kernel::register::Sort::read("-updated_at");
    let risks = list(tx, asked.house, asked.view, &REGISTER, &query)?.records;
    let ids: Vec<i64> = risks.iter().map(|risk| risk.id).collect();
    let courses = course(tx, &ids, "score", asked.now - OF_LATE)?;
    let rises = courses.iter().flat_map(|(id, steps)| steps.iter().map(move |step| (*id, step)));
    let rises = rises.filter(|(_, step)| step.from.is_some() && step.to > step.from);
    let Some((id, step)) = rises.max_by_key(|(_, step)| step.at) else { return Ok(None) };
    let Some(risk) = risks.iter().find(|risk| risk.id == id) else { return Ok(None) };
    let (from, to) = (step.from.unwrap_or_default(), step.to.unwrap_or_default());
    Ok(Some(html! {
        b { (risk.reference) " rose from " (from) " to " (to) " " (said(&asked.view.zone, step.at, asked.now)) }
        @if step.reason.is_empty() { ": " (risk.title()) } @else { ": “" (step.reason) "”" }
    }))
}

/// The day of a moment of the last week: "today", "on Mon".
fn said(zone: &TimeZone, at: i64, now: i64) -> String {
    let there = |at: i64| Timestamp::from_millisecond(at).unwrap_or_default().to_zoned_datetime(zone.clone());
    if there(at).date() == there(now).date() { "today".into() } else { there(at).strftime("on %a").to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hottest_cells_are_those_that_are_not_borne() {
        assert_eq!([1, 3, 6, 12, 15, 16, 25].map(|score| heat_of(score, 15)), [0, 1, 2, 3, 3, 4, 4]);
        assert_eq!(heat_of(12, 9), 4);
    }

    #[test]
    fn a_cell_narrows_the_list_and_widens_it_again() {
        let pairs = |text: &str| Address::read(text);
        assert_eq!(narrowed(&pairs("state=open&cursor=x"), "4", "5"), ("/risks?state=open&likelihood=4&impact=5".into(), false));
        assert_eq!(narrowed(&pairs("state=open&likelihood=4&impact=5"), "4", "5"), ("/risks?state=open".into(), true));
        assert_eq!(narrowed(&pairs("state=open,accepted&likelihood=4&impact=5"), "4", "5"), ("/risks".into(), true));
    }
}
