//! One connection to PostgreSQL, made when needed and made again when lost.

use std::time::Duration;

use postgres::{Client, Config};

use super::cache::Cache;
use super::fault;
use super::tls::Tls;
use crate::stats::{Counters, count};
use crate::{Error, Options, Result};

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Write,
    Read,
}

/// The oldest server that numbers its transactions with 64 bits.
const OLDEST: i32 = 130_000;

/// How long a connection may be silent before the server is asked whether it is there.
const SILENCE: Duration = Duration::from_secs(30);

/// A connection and its prepared statements.
pub(crate) struct Session {
    config: Config,
    tls: Tls,
    setup: String,
    role: Role,
    pub(super) client: Option<Client>,
    pub(super) statements: Cache,
    begun: bool,
}

impl Session {
    /// Reads the address; connects later.
    pub(crate) fn new(address: &str, role: Role, options: &Options) -> Result<Session> {
        let (address, tls) = Tls::of(address)?;
        let mut config: Config =
            address.parse().map_err(|error| Error::Refused(format!("the address of the database cannot be read: {error}")))?;
        if config.get_application_name().is_none() {
            config.application_name("reeve");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(options.lock_time);
        }
        // A server that vanished without a word is noticed after a minute, not after the usual two hours.
        config.keepalives_idle(SILENCE).keepalives_interval(SILENCE / 3).keepalives_retries(3).tcp_user_timeout(SILENCE * 2);
        tls.demand(&mut config);
        Ok(Session { config, tls, setup: setup(options), role, client: None, statements: Cache::default(), begun: false })
    }

    /// Connects if there is no connection.
    pub(crate) fn connect(&mut self, counters: &Counters) -> Result<()> {
        if self.client.as_ref().is_some_and(|client| !client.is_closed()) {
            return Ok(());
        }
        self.forget();
        let mut client = self.tls.connect(&self.config).map_err(unreachable)?;
        client.batch_execute(&self.setup).map_err(fault)?;
        count(&counters.connections, 1);
        self.client = Some(client);
        Ok(())
    }

    /// Refuses a server that is too old for what is asked of it.
    pub(crate) fn check_version(&mut self) -> Result<()> {
        let row = self.client()?.query_one("SELECT current_setting('server_version_num')::int", &[]).map_err(fault)?;
        let number: i32 = row.try_get(0).map_err(fault)?;
        if number >= OLDEST {
            Ok(())
        } else {
            Err(Error::Refused(format!("PostgreSQL {} is too old; 13 or newer is needed", number / 10_000)))
        }
    }

    /// Lets go of a connection that is of no more use.
    pub(super) fn forget(&mut self) {
        self.client = None;
        self.statements.clear();
        self.begun = false;
    }

    /// Opens a transaction, unless the end of the last one did.
    pub(super) fn begin(&mut self) -> Result<()> {
        if !self.begun {
            let sql = self.begin_sql();
            self.batch(sql)?;
        }
        self.begun = true;
        Ok(())
    }

    /// Ends the transaction, and opens the next in the same journey if work is waiting.
    pub(super) fn end(&mut self, how: &str, begin_next: bool) -> Result<()> {
        self.begun = false;
        if begin_next {
            let sql = format!("{how}; {}", self.begin_sql());
            self.batch(&sql)?;
            self.begun = true;
            return Ok(());
        }
        self.batch(how)
    }

    /// Whether its transactions can only read.
    pub(crate) fn reads_only(&self) -> bool {
        self.role == Role::Read
    }

    /// Whether a transaction is open.
    pub(super) fn begun(&self) -> bool {
        self.begun
    }

    fn begin_sql(&self) -> &'static str {
        match self.role {
            Role::Write => "BEGIN ISOLATION LEVEL READ COMMITTED",
            Role::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.client()?.batch_execute(sql).map_err(fault)
    }

    pub(super) fn client(&mut self) -> Result<&mut Client> {
        self.client.as_mut().ok_or_else(|| Error::Offline("not connected".into()))
    }
}

/// A server that answers "no" to a connection may say yes later: it starts, it is full, a password is being changed.
fn unreachable(error: postgres::Error) -> Error {
    match fault(error) {
        Error::Offline(why) | Error::Statement(why) | Error::Other(why) => Error::Offline(why),
        other => other,
    }
}

fn setup(options: &Options) -> String {
    let (statement, lock) = (options.statement_time.as_millis(), options.lock_time.as_millis());
    // Compiling plans pays for minutes of analysis, not for short queries.
    format!(
        "SET statement_timeout = {statement}; SET lock_timeout = {lock}; SET idle_in_transaction_session_timeout = 60000; \
         SET TIME ZONE 'UTC'; SET jit = off; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on"
    )
}
