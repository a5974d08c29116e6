//! Passwords are hashed on a few threads of their own, so that neither the writer nor the async threads wait for it.

use kernel::who::password;
use kernel::{Error, Result};
use tokio::sync::Semaphore;

/// Hashes at the same time; each takes 19 MiB and one core for some tens of milliseconds.
const AT_ONCE: usize = 2;
/// Hashes that may wait; further ones are refused.
const WAITING: usize = 64;

/// The bounded pool.
pub(crate) struct Hashing {
    places: Semaphore,
    queue: Semaphore,
}

impl Default for Hashing {
    fn default() -> Hashing {
        Hashing { places: Semaphore::new(AT_ONCE), queue: Semaphore::new(WAITING) }
    }
}

impl Hashing {
    /// The hash of a password.
    pub(crate) async fn hash(&self, password: String) -> Result<String> {
        self.run(move || password::hash(&password)).await?
    }

    /// Whether a password is the one that was hashed; takes as long without a hash.
    pub(crate) async fn matches(&self, password: String, hash: Option<String>) -> Result<bool> {
        self.run(move || password::matches(&password, hash.as_deref())).await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _queued = self.queue.try_acquire().map_err(|_| Error::TooMany { retry_after: 5 })?;
        let _place = self.places.acquire().await.map_err(|fault| Error::Fault(fault.to_string()))?;
        tokio::task::spawn_blocking(work).await.map_err(|fault| Error::Fault(fault.to_string()))
    }
}
