//! Counts and facets that are remembered for a moment: the more there were, the longer, since the fewer would notice. A count up to
//! 999 is always fresh, one of 5,000 is five seconds old at most, "10,000+" a minute.

use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::register::{Count, Facet, Query, count as ask, facets as ask_facets};
use kernel::web::Request;
use kernel::who::epoch;
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

/// Until when it is good, in milliseconds since the epoch; the count, and whether there are more.
type Counted = (i64, i64, bool);

#[derive(Default)]
struct Counts(Mutex<HashMap<String, Counted>>);

#[derive(Default)]
struct Facets(Mutex<HashMap<String, (i64, Vec<Facet>)>>);

/// Most counts remembered; then all are forgotten.
const MOST: usize = 5_000;

/// How long a count is good for.
fn good_for((count, more): (i64, bool)) -> Duration {
    if more { Duration::from_secs(60) } else { Duration::from_secs((count / 1_000).max(0).unsigned_abs()) }
}

fn millis(length: Duration) -> i64 {
    i64::try_from(length.as_millis()).unwrap_or(i64::MAX)
}

/// Whose question it is, as of which rights, and a digest of it: a right taken away is gone with the next request.
fn key(tx: &mut Tx, request: &Request, register: &Register, question: &str) -> Result<String> {
    let question = kernel::id::digest(question);
    Ok(format!("{} {} {} {} {question}", request.view.person, request.view.organisation, epoch(tx)?, register.key))
}

/// How many records match a question, and whether there are more than that.
pub fn count(tx: &mut Tx, request: &Request, register: &'static Register, query: &Query, question: &str) -> Result<(i64, bool)> {
    let mut query = query.clone();
    if query.count != Count::Exact {
        query.count = Count::Rough;
    }
    let counts = request.house.memory.shared::<Counts>();
    let key = key(tx, request, register, question)?;
    let now = request.now;
    if query.count == Count::Rough
        && let Some((until, count, more)) = counts.0.lock().unwrap_or_else(|broken| broken.into_inner()).get(&key)
        && *until > now
    {
        return Ok((*count, *more));
    }
    let (count, more) = ask(tx, &request.house, &request.view, register, &query)?;
    let good = good_for((count, more));
    if query.count == Count::Rough && !good.is_zero() {
        let mut counts = counts.0.lock().unwrap_or_else(|broken| broken.into_inner());
        if counts.len() >= MOST {
            counts.clear();
        }
        counts.insert(key, (now + millis(good), count, more));
    }
    Ok((count, more))
}

/// Facets of a question that so many match; good for as long as the count is.
pub fn facets(
    tx: &mut Tx,
    request: &Request,
    register: &'static Register,
    query: &Query,
    question: &str,
    count: (i64, bool),
) -> Result<Vec<Facet>> {
    let good = good_for(count);
    let kept = request.house.memory.shared::<Facets>();
    let key = format!("{} {:?}", key(tx, request, register, question)?, query.count);
    let now = request.now;
    if let Some((until, facets)) = kept.0.lock().unwrap_or_else(|broken| broken.into_inner()).get(&key)
        && *until > now
    {
        return Ok(facets.clone());
    }
    let facets = ask_facets(tx, &request.house, &request.view, register, query)?;
    if !good.is_zero() {
        let mut all = kept.0.lock().unwrap_or_else(|broken| broken.into_inner());
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(key, (now + millis(good), facets.clone()));
    }
    Ok(facets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_are_always_fresh() {
        assert!(good_for((999, false)).is_zero());
        assert_eq!(good_for((5_400, false)), Duration::from_secs(5));
        assert_eq!(good_for((10_000, true)), Duration::from_secs(60));
    }
}
