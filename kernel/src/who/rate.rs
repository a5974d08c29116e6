//! Rate limits: a bucket of tries per name that fills up again with time. Kept in memory, per node.

use crate::id::digest;
use crate::time::Instant;
use crate::{Error, Result};
use std::collections::HashMap;
use std::sync::Mutex;

/// Names remembered at most; beyond that those with a full bucket are forgotten, then all.
const MOST_NAMES: usize = 50_000;

/// A limit.
#[derive(Debug)]
pub struct Limiter {
    /// Tries in a row.
    burst: f64,
    /// Tries regained in a millisecond.
    refill: f64,
    /// By a digest of the name, so that none takes more room than another: strangers choose names.
    buckets: Mutex<HashMap<String, Bucket>>,
}

#[derive(Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Limiter {
    /// At most `burst` tries in a row, and `per_minute` in the long run.
    pub fn new(burst: u32, per_minute: u32) -> Limiter {
        Limiter { burst: f64::from(burst), refill: f64::from(per_minute) / 60_000.0, buckets: Mutex::default() }
    }

    /// Takes one try of a name; `TooMany` says in how many seconds the next is possible.
    pub fn take(&self, name: &str, now: Instant) -> Result<()> {
        let name = digest(name);
        let mut buckets = self.buckets.lock().unwrap_or_else(|broken| broken.into_inner());
        if buckets.len() >= MOST_NAMES && !buckets.contains_key(&name) {
            self.forget(&mut buckets, now);
        }
        if let Some(bucket) = buckets.get_mut(&name) {
            return self.from(bucket, now);
        }
        let mut bucket = Bucket { left: self.burst, at: now };
        let taken = self.from(&mut bucket, now);
        buckets.insert(name, bucket);
        taken
    }

    fn from(&self, bucket: &mut Bucket, now: Instant) -> Result<()> {
        bucket.left = self.level(bucket, now);
        bucket.at = bucket.at.max(now);
        if bucket.left < 1.0 {
            let wait = (1.0 - bucket.left) / self.refill.max(f64::MIN_POSITIVE) / 1000.0;
            return Err(Error::TooMany { retry_after: wait.ceil().clamp(1.0, 86_400.0) as u64 });
        }
        bucket.left -= 1.0;
        Ok(())
    }

    fn level(&self, bucket: &Bucket, now: Instant) -> f64 {
        let passed = (now - bucket.at).max(0) as f64;
        (bucket.left + passed * self.refill).min(self.burst)
    }

    fn forget(&self, buckets: &mut HashMap<String, Bucket>, now: Instant) {
        buckets.retain(|_, bucket| self.level(bucket, now) < self.burst);
        if buckets.len() >= MOST_NAMES {
            buckets.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_run_out_and_come_back_with_time() {
        let limit = Limiter::new(3, 6);
        for _ in 0..3 {
            limit.take("dana", 0).unwrap();
        }
        let refused = limit.take("dana", 0).unwrap_err();
        assert!(matches!(refused, Error::TooMany { retry_after: 10 }), "{refused:?}");
        limit.take("kaisa", 0).unwrap();
        assert!(limit.take("dana", 9_000).is_err());
        limit.take("dana", 10_100).unwrap();
        assert!(limit.take("dana", 10_100).is_err());
        assert!(limit.take("dana", 5_000).is_err(), "a clock that goes back gives nothing");
    }

    #[test]
    fn a_long_name_takes_no_more_room_than_a_short_one() {
        let limit = Limiter::new(1, 1);
        limit.take(&"x".repeat(1 << 20), 0).unwrap();
        assert!(limit.take(&"x".repeat(1 << 20), 0).is_err(), "it is known again");
        let buckets = limit.buckets.lock().unwrap();
        assert!(buckets.keys().all(|name| name.capacity() < 100));
    }
}
