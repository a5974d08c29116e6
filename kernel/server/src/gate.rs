//! The gate: from a credential to who is asking, remembered until the epoch of who moves on.

use crate::Settings;
use db::Tx;
use kernel::memory::epochs;
use kernel::register::custom;
use kernel::who::{self, Means, View, account, session, token};
use kernel::{Error, House, Result, id};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use ui::reader::Reader;

/// What a request shows of itself: digests, never the secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Credential {
    /// Nothing.
    Nobody,
    /// The cookie of a session.
    Session(Arc<str>),
    /// A bearer token.
    Token(Arc<str>),
}

impl Credential {
    pub(crate) fn session(secret: &str) -> Credential {
        Credential::Session(id::digest(secret).into())
    }
    pub(crate) fn token(secret: &str) -> Credential {
        Credential::Token(id::digest(secret).into())
    }
    /// The digest; empty for nobody.
    pub(crate) fn digest(&self) -> &str {
        match self {
            Credential::Nobody => "",
            Credential::Session(digest) | Credential::Token(digest) => digest,
        }
    }
}

/// Somebody who was let in.
pub(crate) struct Seen {
    /// Who.
    pub view: View,
    /// The epoch of who in which this was read.
    pub epoch: i64,
    /// The session's token against forged posts; empty for an API token.
    pub csrf: String,
    /// Name of the organisation they act in.
    pub organisation: String,
    /// Those they may act in, if there is another.
    pub organisations: Vec<(i64, String)>,
    /// `light`, `dark` or empty.
    pub theme: String,
    /// `compact` or empty.
    pub density: String,
    /// How they read pages: their keys, their manner of writing dates and numbers.
    pub reader: Arc<Reader>,
    /// Whether single keys act on pages.
    pub keys_off: bool,
    /// Whether they do not want to be seen looking at records.
    pub hidden: bool,
    /// How many notices waited when they last loaded a page.
    pub unread: AtomicI64,
    /// How much work waited at the places of the rail then, by path.
    pub waiting: Mutex<Vec<(&'static str, String)>>,
    /// Id of the API token, if it is one.
    token: Option<i64>,
    /// When the session or token ends in any case.
    ends_at: i64,
    /// When it was last used.
    used_at: AtomicI64,
    /// When its last use was last noted for the database.
    noted_at: AtomicI64,
}

/// Uses are noted to the minute.
const GRAIN: i64 = 60_000;
/// Most people remembered at once.
const MOST: usize = 10_000;

/// A use to be written to the database.
pub(crate) enum Use {
    /// Of a session, by digest.
    Session(String, i64),
    /// Of a token, by id.
    Token(i64, i64),
}

/// By digest: the id of the token if it is one, and the time.
type Uses = HashMap<Arc<str>, (Option<i64>, i64)>;

/// Lets people in.
pub(crate) struct Gate {
    idle: i64,
    remembered: RwLock<HashMap<Arc<str>, Arc<Seen>>>,
    fields: AtomicI64,
    uses: Mutex<Uses>,
}

impl Gate {
    pub(crate) fn new(settings: &Settings) -> Gate {
        Gate {
            idle: settings.session_idle.as_millis() as i64,
            remembered: RwLock::default(),
            fields: AtomicI64::new(i64::MIN),
            uses: Mutex::default(),
        }
    }

    /// Who the credential is, now and in this transaction. `Nobody` if it has ended, was ended, or never was.
    pub(crate) fn identify(&self, tx: &mut Tx, house: &House, credential: &Credential) -> Result<Arc<Seen>> {
        let seen = self.look(tx, house, credential)?;
        self.used(&seen, credential.digest(), house.clock.now());
        Ok(seen)
    }

    /// The same without counting as a use: for what goes on by itself while a page is open.
    pub(crate) fn look(&self, tx: &mut Tx, house: &House, credential: &Credential) -> Result<Arc<Seen>> {
        let digest = match credential {
            Credential::Nobody => return Err(Error::Nobody),
            Credential::Session(digest) | Credential::Token(digest) => digest,
        };
        let now = house.clock.now();
        let [fields, present] = epochs(tx, ["fields", who::EPOCH])?;
        if self.fields.load(Ordering::Relaxed) != fields {
            custom::refresh(tx, house)?;
            // What a transaction reads that may itself change could be undone with it.
            if tx.reads_only() {
                self.fields.store(fields, Ordering::Relaxed);
            }
        }
        let known = self.remembered.read().unwrap_or_else(|broken| broken.into_inner()).get(digest).cloned();
        let seen = match known.filter(|seen| seen.epoch == present) {
            Some(seen) => seen,
            None => self.meet(tx, house, credential, digest, present, now)?,
        };
        if self.over(&seen, now) { Err(Error::Nobody) } else { Ok(seen) }
    }

    /// Reads who it is.
    fn meet(&self, tx: &mut Tx, house: &House, credential: &Credential, digest: &Arc<str>, epoch: i64, now: i64) -> Result<Arc<Seen>> {
        let mut seen = match credential {
            Credential::Session(_) => from_session(tx, house, digest, now)?,
            _ => from_token(tx, house, digest, now)?,
        };
        seen.epoch = epoch;
        if let Some((_, at)) = self.uses.lock().unwrap_or_else(|broken| broken.into_inner()).get(digest) {
            seen.used_at.fetch_max(*at, Ordering::Relaxed);
        }
        let seen = Arc::new(seen);
        if tx.reads_only() {
            self.remember(credential, &seen);
        }
        Ok(seen)
    }

    /// Remembers who a credential is. After a transaction that wrote, only once it is committed: the epoch that was read within it
    /// might never have come to be.
    pub(crate) fn remember(&self, credential: &Credential, seen: &Arc<Seen>) {
        let (Credential::Session(digest) | Credential::Token(digest)) = credential else { return };
        let known = |kept: &HashMap<Arc<str>, Arc<Seen>>| kept.get(digest).is_some_and(|it| Arc::ptr_eq(it, seen));
        if known(&self.remembered.read().unwrap_or_else(|broken| broken.into_inner())) {
            return;
        }
        let mut remembered = self.remembered.write().unwrap_or_else(|broken| broken.into_inner());
        if remembered.len() >= MOST {
            remembered.clear();
        }
        remembered.insert(Arc::clone(digest), Arc::clone(seen));
    }

    /// Whether it ended with time.
    pub(crate) fn over(&self, seen: &Seen, now: i64) -> bool {
        let idle = seen.token.is_none() && now - seen.used_at.load(Ordering::Relaxed) > self.idle;
        seen.ends_at <= now || idle
    }

    /// Notes the use.
    fn used(&self, seen: &Seen, digest: &str, now: i64) {
        seen.used_at.fetch_max(now, Ordering::Relaxed);
        if now - seen.noted_at.load(Ordering::Relaxed) >= GRAIN {
            seen.noted_at.store(now, Ordering::Relaxed);
            self.uses.lock().unwrap_or_else(|broken| broken.into_inner()).insert(digest.into(), (seen.token, now));
        }
    }

    /// Uses since this was last asked.
    pub(crate) fn take_uses(&self) -> Vec<Use> {
        let uses = std::mem::take(&mut *self.uses.lock().unwrap_or_else(|broken| broken.into_inner()));
        let one = |(digest, (token, at)): (Arc<str>, (Option<i64>, i64))| match token {
            Some(id) => Use::Token(id, at),
            None => Use::Session(digest.to_string(), at),
        };
        uses.into_iter().map(one).collect()
    }
}

fn from_session(tx: &mut Tx, house: &House, digest: &str, now: i64) -> Result<Seen> {
    let session = session::find(tx, digest, now)?.ok_or(Error::Nobody)?;
    let view = who::view_of(tx, house, session.person, session.organisation, Means::Page)?;
    let account = account::by_person(tx, session.person)?;
    let preference = |key: &str| account.as_ref().map_or(String::new(), |account| account.preference(key).to_owned());
    let organisation = tx.maybe("select name from organisation where id = ?1", &[view.organisation.into()])?;
    let organisations = who::organisations(tx, session.person)?;
    Ok(Seen {
        organisations: if organisations.len() > 1 { organisations } else { Vec::new() },
        organisation: organisation.map(|row| row.text(0).map(str::to_owned)).transpose()?.unwrap_or_default(),
        view,
        epoch: 0,
        csrf: session.csrf,
        theme: preference("theme"),
        density: preference("density"),
        reader: Arc::new(Reader::new(&preference("key_map"), &preference("manner"))),
        keys_off: preference("keys") == "off",
        hidden: preference("presence") == "off",
        unread: AtomicI64::new(0),
        waiting: Mutex::default(),
        token: None,
        ends_at: session.expires_at,
        used_at: AtomicI64::new(session.seen_at),
        noted_at: AtomicI64::new(session.seen_at),
    })
}

fn from_token(tx: &mut Tx, house: &House, digest: &str, now: i64) -> Result<Seen> {
    let token = token::find(tx, digest, now)?.ok_or(Error::Nobody)?;
    let mut view = who::view_of(tx, house, token.person, 0, Means::Api(token.name))?;
    let narrowed = (*view.grants).clone().narrowed(&token.scopes);
    view.grants = Arc::new(narrowed);
    let used = token.used_at.unwrap_or(0);
    Ok(Seen {
        view,
        epoch: 0,
        csrf: String::new(),
        organisation: String::new(),
        organisations: Vec::new(),
        theme: String::new(),
        density: String::new(),
        reader: Arc::default(),
        keys_off: false,
        hidden: false,
        unread: AtomicI64::new(0),
        waiting: Mutex::default(),
        token: Some(token.id),
        ends_at: token.expires_at.unwrap_or(i64::MAX),
        used_at: AtomicI64::new(used),
        noted_at: AtomicI64::new(used),
    })
}
