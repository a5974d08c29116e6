//! The count on the bell of a page that stays open.

use crate::App;
use crate::gate::Credential;
use kernel::notice;
use std::sync::Arc;

/// What the page shows, and the epoch in which it was counted.
pub(super) struct Bell {
    /// None until it was told once: a page may be older than what another window of the same person has read since.
    shown: Option<i64>,
    epoch: Option<i64>,
}

impl Bell {
    /// Before anything was told.
    pub(super) fn new() -> Bell {
        Bell { shown: None, epoch: None }
    }

    /// The count, if it is another one; counted only when somebody was told something, or read it.
    pub(super) async fn changed(&mut self, app: &Arc<App>, credential: &Credential, epoch: i64) -> Option<i64> {
        if self.epoch.replace(epoch) == Some(epoch) {
            return None;
        }
        let house = Arc::clone(&app.house);
        let count = app.follow(credential, move |tx, seen| notice::unread(tx, &house, &seen.view)).await.ok()?;
        (self.shown.replace(count) != Some(count)).then_some(count)
    }
}
