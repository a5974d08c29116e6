//! What was said on a ticket: in public, or among those who do the work.

use super::mention;
use super::store;
use db::Tx;
use kernel::journal::Entry;
use kernel::register::{Draft, Record};
use kernel::search::{self, Document};
use kernel::{Act, Result};

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: i64,
    /// When it was written.
    pub at: i64,
    /// Who wrote it; none: the house, or somebody unknown to it.
    pub author: Option<i64>,
    /// The requester never sees it.
    pub internal: bool,
    /// Plain text as typed.
    pub body: String,
    /// Through what it came: `page`, `api`, ...
    pub means: String,
    /// Whom it names, as [`super::mention::read`] reads it.
    pub named: String,
}

/// Adds a message to a ticket, where search finds it. Whoever it names follows the ticket from then on and is told.
pub fn add(act: &mut Act, draft: &mut Draft, internal: bool, body: &str) -> Result<i64> {
    let named = mention::find(act, body)?.named;
    let id = store::message::insert(act, draft.record.id, internal, body, &mention::write(&named))?;
    mention::note(act, draft, id, internal, &named)?;
    index(act.tx, &draft.record, id, internal, body, false)?;
    Ok(id)
}

fn index(tx: &mut Tx, ticket: &Record, id: i64, internal: bool, text: &str, replaces: bool) -> Result<()> {
    let (register, organisation) = (ticket.shape.register.key, ticket.organisation);
    search::index(tx, &Document { id, register, record: ticket.id, organisation, internal, text, replaces })
}

/// Most messages of a ticket that are read at once; the latest are.
pub const MOST: i64 = 500;

/// The messages of a ticket, oldest first. The caller has read the ticket under guard, and says whether the viewer may
/// read what is internal.
pub fn of_ticket(tx: &mut Tx, ticket: i64, internal: bool) -> Result<Vec<Message>> {
    let mut all = store::message::latest(tx, ticket, internal, MOST)?;
    all.reverse();
    Ok(all)
}

/// Takes the latest message of the act's person out, if it has this text and is not older than `seconds`; gives its id.
pub fn take_back(act: &mut Act, ticket: i64, internal: bool, body: &str, seconds: i64) -> Result<Option<i64>> {
    let Some(sent) = store::message::latest_own(act, ticket, internal)? else { return Ok(None) };
    if sent.body != body || act.at - sent.at > seconds * 1000 {
        return Ok(None);
    }
    store::message::remove(act, sent.id)?;
    store::mention::remove(act, sent.id)?;
    search::remove(act.tx, sent.id)?;
    Ok(Some(sent.id))
}

/// What stands where a message was whose content had to go.
const ERASED: &str = "This message was erased. Who erased it, when and why stands in the history.";

/// Erases what an act said on a ticket and noted with its times, where it is read and where it is searched: also on the ticket that
/// this one lives on in.
pub fn erase(act: &mut Act, ticket: &Record, entry: &Entry) -> Result<()> {
    for place in store::ticket::lives_on_in(act.tx, ticket.id)? {
        for id in store::message::of_act(act, place, entry.act)? {
            store::message::overwrite(act, id, ERASED)?;
            store::mention::remove(act, id)?;
            search::remove(act.tx, id)?;
        }
        store::time_entry::erase_notes(act, place, entry.act)?;
    }
    Ok(())
}

/// Tells search again all that was said on a ticket, after it went to another organisation: what is left out would be found by
/// those it left, and not by those it came to.
pub fn reindex(tx: &mut Tx, ticket: &Record) -> Result<()> {
    let mut last = (i64::MIN, 0);
    loop {
        let some = store::message::after(tx, ticket.id, last, MOST)?;
        for message in &some {
            index(tx, ticket, message.id, message.internal, &message.body, true)?;
            last = (message.at, message.id);
        }
        if some.len() < MOST as usize {
            return Ok(());
        }
    }
}
