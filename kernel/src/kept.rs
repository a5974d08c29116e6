//! Answers that are dear to work out, kept for a while in this process, so that going back and forth between pages, or many who look at
//! the same, does not work them out again and again.

use crate::Result;
use crate::house::House;
use crate::id::digest;
use crate::who::{View, epoch};
use db::Tx;
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What took less is never kept: in a house that is not large everything is as fresh as the page.
const DEAR: Duration = Duration::from_millis(20);
/// An answer is good for so many times as long as it took.
const TIMES: u32 = 100;
/// No answer is good for longer.
const LONGEST: Duration = Duration::from_secs(60);
/// Most answers of a type; then those of a type are forgotten.
const MOST: usize = 200;

struct All<T>(Mutex<HashMap<String, (i64, Arc<T>)>>);

impl<T> Default for All<T> {
    fn default() -> Self {
        All(Mutex::default())
    }
}

/// How long an answer is good that took so long.
fn good_for(took: Duration) -> Duration {
    if took < DEAR { Duration::ZERO } else { (took * TIMES).min(LONGEST) }
}

/// The answer to a question as one viewer may have it: one that is still good, or worked out now. `question` names it among the answers of
/// type `T`; who asks, for which organisation and by which rights is added, so a right taken away is gone with the next request.
pub fn kept<T, F>(tx: &mut Tx, house: &House, view: &View, question: &str, work: F) -> Result<Arc<T>>
where
    T: Any + Send + Sync,
    F: FnOnce(&mut Tx) -> Result<T>,
{
    let now = house.clock.now();
    let all = house.memory.shared::<All<T>>();
    let key = digest(&format!("{} {} {} {question}", view.person, view.organisation, epoch(tx)?));
    if let Some((until, answer)) = all.0.lock().unwrap_or_else(|broken| broken.into_inner()).get(&key)
        && *until > now
    {
        return Ok(Arc::clone(answer));
    }
    let begun = Instant::now();
    let answer = Arc::new(work(tx)?);
    let good = i64::try_from(good_for(begun.elapsed()).as_millis()).unwrap_or(0);
    // What a transaction reads that may itself change could be undone with it.
    if good > 0 && tx.reads_only() {
        let mut all = all.0.lock().unwrap_or_else(|broken| broken.into_inner());
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(key, (now + good, Arc::clone(&answer)));
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quick_is_never_kept_and_nothing_for_more_than_a_minute() {
        assert_eq!(good_for(Duration::from_millis(19)), Duration::ZERO);
        assert_eq!(good_for(Duration::from_millis(200)), Duration::from_secs(20));
        assert_eq!(good_for(Duration::from_secs(3)), LONGEST);
    }
}
