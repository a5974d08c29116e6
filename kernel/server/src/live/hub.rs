//! The hub: follows the journal for the streams of this node, and keeps count of them.

use super::log::Log;
use super::nodes;
use crate::App;
use kernel::Result;
use kernel::live::{Happened, Presence, happened, sealed};
use kernel::memory::epoch;
use kernel::notice;
use kernel::who;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// How often it looks by itself while somebody follows: for what other nodes did, sessions that ended, presence that is over.
/// What this node writes wakes it at once.
const LOOKS_EVERY: Duration = Duration::from_millis(400);
/// Entries read at a time; when more came at once, each stream reads for itself.
const SOME: usize = 1_000;

/// How everything stands, as streams wait for it to change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// Position of the last sealed entry.
    pub position: i64,
    /// The epoch of who.
    pub who: i64,
    /// The epoch of notices.
    pub notices: i64,
    /// The version of presence.
    pub presence: u64,
    /// The server stops.
    pub stopping: bool,
}

/// Streams that are open.
#[derive(Default)]
struct Open {
    all: usize,
    of: HashMap<i64, usize>,
}

/// See the module.
#[derive(Default)]
pub(crate) struct Hub {
    standing: watch::Sender<Standing>,
    log: RwLock<Log>,
    open: Mutex<Open>,
    woken: Notify,
    /// Streams opened, and those dropped because they were not read.
    pub(super) opened: AtomicU64,
    pub(super) dropped: AtomicU64,
}

impl Hub {
    /// Something was sealed, or somebody follows now.
    pub(crate) fn wake(&self) {
        self.woken.notify_one();
    }

    /// Ends all streams: the server stops.
    pub(crate) fn stop(&self) {
        self.standing.send_modify(|standing| standing.stopping = true);
    }

    /// How everything stands, and its changes.
    pub(super) fn watch(&self) -> watch::Receiver<Standing> {
        self.standing.subscribe()
    }

    /// What came after a position, if it is still in memory.
    pub(super) fn after(&self, position: i64) -> Option<(Vec<Happened>, i64)> {
        self.log.read().unwrap_or_else(|broken| broken.into_inner()).after(position)
    }

    /// Streams that are open, opened so far, and dropped so far.
    pub(crate) fn figures(&self) -> (i64, i64, i64) {
        let open = self.open.lock().unwrap_or_else(|broken| broken.into_inner()).all;
        (open as i64, self.opened.load(Ordering::Relaxed) as i64, self.dropped.load(Ordering::Relaxed) as i64)
    }

    /// A place for one more stream of a person; none if they or all have too many.
    pub(super) fn place(app: &Arc<App>, person: i64) -> Option<Place> {
        let (most, most_of_one) = (app.settings.streams, app.settings.streams_per_person);
        let mut open = app.hub.open.lock().unwrap_or_else(|broken| broken.into_inner());
        if open.all >= most || open.of.get(&person).is_some_and(|count| *count >= most_of_one) {
            return None;
        }
        open.all += 1;
        *open.of.entry(person).or_default() += 1;
        app.hub.opened.fetch_add(1, Ordering::Relaxed);
        app.hub.wake();
        Some(Place { app: Arc::clone(app), person })
    }

    fn idle(&self) -> bool {
        self.open.lock().unwrap_or_else(|broken| broken.into_inner()).all == 0
    }
}

/// A stream's place among those that are open; given back when it goes.
pub(super) struct Place {
    pub(super) app: Arc<App>,
    person: i64,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.app.hub.open.lock().unwrap_or_else(|broken| broken.into_inner());
        open.all = open.all.saturating_sub(1);
        if let Some(count) = open.of.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                open.of.remove(&self.person);
            }
        }
    }
}

/// Follows until told to stop. While nobody looks it sleeps and reads nothing.
pub(crate) async fn following(app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    let mut node = nodes::Node::new(&app);
    loop {
        let idle = app.hub.idle();
        if idle {
            app.hub.log.write().unwrap_or_else(|broken| broken.into_inner()).forget();
        }
        // Presence is told for a moment longer than the last stream lasts.
        let quiet = idle && !node.owes() && app.house.memory.shared::<Presence>().idle();
        tokio::select! {
            () = app.hub.woken.notified() => {}
            () = tokio::time::sleep(LOOKS_EVERY), if !quiet => {}
            () = told(&mut stopped) => {
                app.hub.stop();
                return node.leave(&app).await;
            }
        }
        if quiet && app.hub.idle() && app.house.memory.shared::<Presence>().idle() {
            continue;
        }
        if let Err(error) = look(&app, &mut node).await {
            tracing::warn!(%error, "what happened could not be followed just now");
            tokio::time::sleep(LOOKS_EVERY).await;
        }
    }
}

/// Waits until told to stop.
async fn told(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// Reads what is new and tells the streams.
async fn look(app: &Arc<App>, node: &mut nodes::Node) -> Result<()> {
    let end = app.hub.log.read().unwrap_or_else(|broken| broken.into_inner()).end();
    let read = app.db.read(move |tx| {
        let (position, who, notices) = (sealed(tx)?, who::epoch(tx)?, epoch(tx, notice::EPOCH)?);
        let new = match end {
            Some(end) if position > end => happened(tx, end, SOME)?,
            _ => Vec::new(),
        };
        Ok::<_, kernel::Error>((position, who, notices, new))
    });
    let (position, who, notices, new) = read.await?;
    app.hub.log.write().unwrap_or_else(|broken| broken.into_inner()).take(new, position);
    let presence = app.house.memory.shared::<Presence>();
    presence.sweep(app.now());
    node.exchange(app, &presence).await?;
    let version = presence.version();
    app.hub.standing.send_if_modified(|standing| {
        let next = Standing { position, who, notices, presence: version, ..*standing };
        std::mem::replace(standing, next) != next
    });
    Ok(())
}
