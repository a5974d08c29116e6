//! Counts and facets that are remembered for a moment: the more there were, the longer, since the fewer would notice. A count up to
//! 999 is always fresh, one of 5,000 is five seconds old at most, "10,000+" a minute.

use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::kept::{self, Kept};
use kernel::register::{Count, Facet, Query, count as ask, facets as ask_facets};
use kernel::web::Request;
use std::sync::Arc;
use std::time::Duration;

/// Most counts remembered; then all are forgotten.
const MOST: usize = 5_000;

/// How many match, and whether there are more than that.
type Counted = (i64, bool);

/// How long a count is good for.
fn good_for((count, more): Counted) -> Duration {
    if more { Duration::from_secs(60) } else { Duration::from_secs((count / 1_000).max(0).unsigned_abs()) }
}

fn key(tx: &mut Tx, request: &Request, register: &Register, question: &str) -> Result<String> {
    kept::key(tx, &request.view, &format!("{} {question}", register.key))
}

/// How many records match a question, and whether there are more than that.
pub fn count(tx: &mut Tx, request: &Request, register: &'static Register, query: &Query, question: &str) -> Result<Counted> {
    if query.count == Count::Exact {
        return ask(tx, &request.house, &request.view, register, query);
    }
    let counts = request.house.memory.shared::<Kept<Counted>>();
    let key = key(tx, request, register, question)?;
    if let Some(counted) = counts.get(&key, request.now) {
        return Ok(*counted);
    }
    let counted = ask(tx, &request.house, &request.view, register, &Query { count: Count::Rough, ..query.clone() })?;
    let good = good_for(counted);
    if !good.is_zero() {
        counts.keep(key, request.now, good, Arc::new(counted), MOST);
    }
    Ok(counted)
}

/// Facets of a question that so many match; good for as long as the count is.
pub fn facets(
    tx: &mut Tx,
    request: &Request,
    register: &'static Register,
    query: &Query,
    question: &str,
    count: Counted,
) -> Result<Arc<Vec<Facet>>> {
    let facets = request.house.memory.shared::<Kept<Vec<Facet>>>();
    let key = key(tx, request, register, question)?;
    if let Some(facets) = facets.get(&key, request.now) {
        return Ok(facets);
    }
    let found = Arc::new(ask_facets(tx, &request.house, &request.view, register, query)?);
    let good = good_for(count);
    if !good.is_zero() {
        facets.keep(key, request.now, good, Arc::clone(&found), MOST);
    }
    Ok(found)
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
