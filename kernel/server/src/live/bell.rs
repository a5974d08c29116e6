//! The count on the bell of a page that stays open.

use crate::App;
use crate::gate::{Credential, Seen};
use kernel::notice;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What the page shows, and the epoch in which it was counted.
pub(super) struct Bell {
    shown: i64,
    epoch: Option<i64>,
}

impl Bell {
    /// As the page was made.
    pub(super) fn new(seen: &Seen) -> Bell {
        Bell { shown: seen.unread.load(Ordering::Relaxed), epoch: None }
    }

    /// The count, if it is another one; counted only when somebody was told something, or read it.
    pub(super) async fn changed(&mut self, app: &Arc<App>, credential: &Credential, epoch: i64) -> Option<i64> {
        if self.epoch.replace(epoch) == Some(epoch) {
            return None;
        }
        let house = Arc::clone(&app.house);
        let count = app.follow(credential, move |tx, seen| notice::unread(tx, &house, &seen.view)).await.ok()?;
        (std::mem::replace(&mut self.shown, count) != count).then_some(count)
    }
}
