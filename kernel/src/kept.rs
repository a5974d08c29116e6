//! Answers that are kept for a while in this process, so that going back and forth between pages does not work them out again and again.

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

/// Answers of one type, each with the instant until which it is good.
pub struct Kept<T>(Mutex<HashMap<String, (i64, Arc<T>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Kept(Mutex::default())
    }
}

impl<T> Kept<T> {
    /// The answer of a key, if it is still good.
    pub fn get(&self, key: &str, now: i64) -> Option<Arc<T>> {
        let all = self.0.lock().unwrap_or_else(|broken| broken.into_inner());
        all.get(key).filter(|(until, _)| *until > now).map(|(_, answer)| Arc::clone(answer))
    }
    /// Keeps an answer for so long from `now`. When there are `most`, all others are forgotten first.
    pub fn keep(&self, key: String, now: i64, good: Duration, answer: Arc<T>, most: usize) {
        let until = now.saturating_add(i64::try_from(good.as_millis()).unwrap_or(i64::MAX));
        let mut all = self.0.lock().unwrap_or_else(|broken| broken.into_inner());
        if all.len() >= most {
            all.clear();
        }
        all.insert(key, (until, answer));
    }
}

/// The key of a question as one viewer asks it: who asks, for which organisation and as of which rights, so that a right taken away is
/// gone with the next request.
pub fn key(tx: &mut Tx, view: &View, question: &str) -> Result<String> {
    Ok(digest(&format!("{} {} {} {question}", view.person, view.organisation, epoch(tx)?)))
}

/// How long an answer is good that took so long.
fn good_for(took: Duration) -> Duration {
    if took < DEAR { Duration::ZERO } else { (took * TIMES).min(LONGEST) }
}

/// The answer to a question as one viewer may have it: a dear one that is still good, or one worked out now. `question` names it among
/// the answers of type `T`.
pub fn kept<T, F>(tx: &mut Tx, house: &House, view: &View, question: &str, work: F) -> Result<Arc<T>>
where
    T: Any + Send + Sync,
    F: FnOnce(&mut Tx) -> Result<T>,
{
    let now = house.clock.now();
    let all = house.memory.shared::<Kept<T>>();
    let key = key(tx, view, question)?;
    if let Some(answer) = all.get(&key, now) {
        return Ok(answer);
    }
    let begun = Instant::now();
    let answer = Arc::new(work(tx)?);
    let good = good_for(begun.elapsed());
    // What a transaction reads that may itself change could be undone with it.
    if !good.is_zero() && tx.reads_only() {
        all.keep(key, now, good, Arc::clone(&answer), MOST);
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
