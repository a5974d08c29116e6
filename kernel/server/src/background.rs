//! What runs beside the requests: the sealer, and tidying up.

use crate::App;
use crate::collect::collect;
use crate::gate::Use;
use crate::live::following;
use kernel::who::{one_time, session, token};
use kernel::{Result, journal, notice};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How often uses of sessions and tokens are written down.
const NOTE_EVERY: Duration = Duration::from_secs(30);
/// How often what is over is forgotten.
const TIDY_EVERY: Duration = Duration::from_secs(3600);
/// How long an idempotency key is remembered, in milliseconds.
const KEY_LIFE: i64 = 24 * 3600 * 1000;
/// How long ended sessions and links stay, in milliseconds.
const ENDED_LIFE: i64 = 30 * 24 * 3600 * 1000;
/// Entries after which the sealer knows that there are more.
const FULL_BATCH: usize = 2_000;

/// The tasks that run beside the requests.
pub struct Background {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Background {
    /// Seals what is left, writes down what is known, and ends. Call it when serving has ended and before the database closes.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task in the background did not end well");
            }
        }
    }
}

/// Starts the sealer and the tidying up. Call it once per process, in a runtime.
pub fn background(app: &Arc<App>) -> Background {
    let (stop, stopped) = watch::channel(false);
    let tasks = vec![
        tokio::spawn(sealing(Arc::clone(app), stopped.clone())),
        tokio::spawn(noting(Arc::clone(app), stopped.clone())),
        tokio::spawn(following(Arc::clone(app), stopped.clone())),
        tokio::spawn(tidying(Arc::clone(app), stopped)),
    ];
    Background { stop, tasks }
}

/// Waits; true when it is time to end.
async fn wait(time: Duration, stopped: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        () = tokio::time::sleep(time) => false,
        _ = stopped.wait_for(|stop| *stop) => true,
    }
}

/// Seals soon after a write, and now and then what other nodes wrote.
async fn sealing(app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    const OTHERS: u32 = 10;
    let mut idle = 0;
    loop {
        let ends = wait(app.settings.seal_every, &mut stopped).await;
        // A permit is there when something was written since.
        let woken = tokio::time::timeout(Duration::ZERO, app.written.notified()).await.is_ok();
        idle += 1;
        if woken || ends || idle >= OTHERS {
            idle = 0;
            if let Err(error) = seal_all(&app).await {
                tracing::warn!(%error, "the journal could not be sealed just now");
            }
            if let Err(error) = tell_all(&app).await {
                tracing::warn!(%error, "people could not be told of what happened just now");
            }
        }
        if ends {
            return;
        }
    }
}

async fn seal_all(app: &Arc<App>) -> Result<()> {
    loop {
        if !unsealed(app).await? {
            return Ok(());
        }
        let house = Arc::clone(&app.house);
        let report = app.db.bulk(move |tx| journal::seal_next(tx, &house)).await?;
        app.meters.sealed.store(report.position, Ordering::Relaxed);
        if report.sealed > 0 {
            app.hub.wake();
        }
        if report.sealed < FULL_BATCH {
            return Ok(());
        }
    }
}

/// Tells people of what was sealed.
async fn tell_all(app: &Arc<App>) -> Result<()> {
    loop {
        if !untold(app).await? {
            return Ok(());
        }
        let house = Arc::clone(&app.house);
        let more = app.db.bulk(move |tx| notice::follow(tx, &house)).await?;
        app.hub.wake();
        if !more {
            return Ok(());
        }
    }
}

/// Whether anything was sealed that nobody was told of yet, asked without troubling the writer.
async fn untold(app: &Arc<App>) -> Result<bool> {
    app.db.read(|tx| notice::READER.behind(tx)).await
}

/// Whether there is anything to seal, asked without troubling the writer.
async fn unsealed(app: &Arc<App>) -> Result<bool> {
    let sql = "select 1 from journal j where j.seq > coalesce((select entry from seal order by position desc limit 1), 0) limit 1";
    if app.db.engine() == db::Engine::Postgres {
        return Ok(true);
    }
    app.db.read(move |tx| Ok(tx.maybe(sql, &[])?.is_some())).await
}

async fn noting(app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    loop {
        let ends = wait(NOTE_EVERY, &mut stopped).await;
        let uses = app.gate.take_uses();
        if !uses.is_empty()
            && let Err(error) = app.db.bulk(move |tx| note(tx, &uses)).await
        {
            tracing::warn!(%error, "uses of sessions could not be written down");
        }
        if ends {
            return;
        }
    }
}

fn note(tx: &mut db::Tx, uses: &[Use]) -> Result<()> {
    for one in uses {
        match one {
            Use::Session(digest, at) => session::seen(tx, digest, *at)?,
            Use::Token(id, at) => token::used(tx, *id, *at)?,
        }
    }
    Ok(())
}

async fn tidying(app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    loop {
        if let Err(error) = tidy(&app).await {
            tracing::warn!(%error, "what is over could not be forgotten just now");
        }
        if wait(TIDY_EVERY, &mut stopped).await {
            return;
        }
    }
}

async fn tidy(app: &Arc<App>) -> Result<()> {
    collect(app).await?;
    let now = app.now();
    app.db
        .bulk(move |tx| {
            session::clean_up(tx, now - ENDED_LIFE)?;
            one_time::clean_up(tx, now - ENDED_LIFE)?;
            tx.run("delete from idempotency where created_at < ?1", &[(now - KEY_LIFE).into()])?;
            Ok(())
        })
        .await
}
