//! Takes away the bytes of files that no record has any more.

use crate::App;
use kernel::file::unpointed;
use kernel::{Error, Result};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// How long bytes stay without a row: an upload stores them first and points at them afterwards.
const GRACE: Duration = Duration::from_secs(24 * 3600);
/// Digests looked up in one transaction.
const SOME: usize = 1_000;

/// Collects once.
pub(crate) async fn collect(app: &Arc<App>) -> Result<()> {
    let Some(moment) = SystemTime::now().checked_sub(GRACE) else { return Ok(()) };
    let store = app.files.clone();
    let old = off(move || Ok(store.stored_before(moment))).await?;
    for some in old.chunks(SOME) {
        let some = some.to_vec();
        let free = app.db.read(move |tx| unpointed(tx, &some)).await?;
        let store = app.files.clone();
        off(move || {
            free.iter().for_each(|digest| store.remove_stored_before(digest, moment));
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// Does what waits for the disk beside the threads that answer requests.
pub(crate) async fn off<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|fault| Error::Fault(format!("Work on files did not end ({fault}).")))?
}
