//! What every request shares.

use crate::Settings;
use crate::gate::{Credential, Gate, Seen};
use crate::guesses::Guesses;
use crate::hashing::Hashing;
use crate::live::{Hub, Lives};
use crate::meters::Meters;
use crate::page::Routes;
use db::{Database, Tx};
use kernel::file::Store;
use kernel::who::rate::Limiter;
use kernel::{Act, Error, House, Result};
use std::sync::Arc;
use tokio::sync::Notify;

/// The running program: house, database, settings, and what it remembers.
pub struct App {
    /// The house.
    pub house: Arc<House>,
    /// The database.
    pub db: Database,
    /// The settings.
    pub settings: Settings,
    /// Where the bytes of attached files lie.
    pub(crate) files: Store,
    pub(crate) gate: Gate,
    pub(crate) hashing: Hashing,
    pub(crate) meters: Meters,
    pub(crate) routes: Routes,
    pub(crate) lives: Lives,
    /// Streams of pages that follow what happens.
    pub(crate) hub: Hub,
    /// Limits by API token, by account and by network address.
    pub(crate) api_limit: Limiter,
    pub(crate) account_limit: Limiter,
    pub(crate) address_limit: Limiter,
    pub(crate) guesses: Guesses,
    /// Woken after each write, for the sealer.
    pub(crate) written: Notify,
}

impl App {
    /// Puts the server together over an open, migrated database.
    pub fn new(house: Arc<House>, db: Database, settings: Settings) -> Arc<App> {
        Arc::new(App {
            files: Store::new(&settings.folder),
            gate: Gate::new(&settings),
            hashing: Hashing::default(),
            meters: Meters::default(),
            routes: Routes::new(&house),
            lives: Lives::new(&house),
            hub: Hub::default(),
            api_limit: Limiter::new(settings.api_burst, settings.api_per_minute),
            account_limit: Limiter::new(settings.sign_in_burst, settings.sign_in_per_minute),
            guesses: Guesses::default(),
            address_limit: Limiter::new(settings.sign_in_burst.saturating_mul(5), settings.sign_in_per_minute.saturating_mul(5)),
            written: Notify::new(),
            house,
            db,
            settings,
        })
    }

    /// Reads as whoever the credential is, in one transaction with finding out who that is.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<App>,
        credential: &Credential,
        look: impl Fn(&mut Tx, &Arc<Seen>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.seen_by(credential, Gate::identify, look).await
    }

    /// As [`App::read`] for a page that stays open: that it looks does not count as a use of the session.
    pub(crate) async fn follow<T: Send + 'static>(
        self: &Arc<App>,
        credential: &Credential,
        look: impl Fn(&mut Tx, &Arc<Seen>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.seen_by(credential, Gate::look, look).await
    }

    async fn seen_by<T: Send + 'static>(
        self: &Arc<App>,
        credential: &Credential,
        who: fn(&Gate, &mut Tx, &House, &Credential) -> Result<Arc<Seen>>,
        look: impl Fn(&mut Tx, &Arc<Seen>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (app, credential) = (Arc::clone(self), credential.clone());
        let read = move |tx: &mut Tx| {
            let seen = who(&app.gate, tx, &app.house, &credential)?;
            look(tx, &seen)
        };
        self.db.read(read).await
    }

    /// Acts as whoever the credential is. Who that is and what they may do is read in the same transaction.
    ///
    /// `E` lets the deed undo its transaction and still answer.
    pub(crate) async fn write<T, E>(
        self: &Arc<App>,
        credential: &Credential,
        deed: impl Fn(&mut Act, &Arc<Seen>) -> std::result::Result<T, E> + Send + 'static,
    ) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + From<db::Error> + Send + 'static,
    {
        let (app, who) = (Arc::clone(self), credential.clone());
        let done = self.db.write(move |tx| {
            let seen = app.gate.identify(tx, &app.house, &who)?;
            let mut act = Act::new(tx, &seen.view, &app.house);
            let done = deed(&mut act, &seen)?;
            act.end()?;
            Ok::<_, E>((done, seen))
        });
        let (done, seen) = done.await?;
        self.gate.remember(credential, &seen);
        self.written.notify_one();
        Ok(done)
    }

    /// Now, milliseconds since the epoch.
    pub(crate) fn now(&self) -> i64 {
        self.house.clock.now()
    }
}
