//! The reader of the journal that writes notices.

use super::{EPOCH, NoticeKind, Told, kinds, preference, store};
use crate::Result;
use crate::house::House;
use crate::journal::{Entry, Reader};
use crate::memory::next_epoch;
use crate::who::account;
use db::Tx;
use std::collections::{HashMap, HashSet};

/// How far entries were told of.
pub const READER: Reader = Reader { name: "notices" };

/// Entries handled in one transaction.
const BATCH: i64 = 500;

/// Tells of the next sealed entries, and moves the cursor in the same transaction. Whether there may be more. Nodes take turns: the
/// cursor is locked. What was imported happened elsewhere, long ago or to others: nobody is told of it.
pub fn follow(tx: &mut Tx, house: &House) -> Result<bool> {
    let Some((entries, position)) = READER.next_live(tx, BATCH)? else { return Ok(false) };
    let mut wanted = Wanted::default();
    let mut told = 0;
    for entry in &entries {
        told += tell(tx, house, entry, &mut wanted)?;
    }
    READER.handled(tx, position)?;
    if told > 0 {
        next_epoch(tx, EPOCH)?;
    }
    Ok(true)
}

fn tell(tx: &mut Tx, house: &House, entry: &Entry, wanted: &mut Wanted) -> Result<usize> {
    let mut heard: HashSet<i64> = entry.actor.into_iter().collect();
    let mut count = 0;
    for kind in kinds(house) {
        for told in (kind.tells)(tx, house, entry)? {
            if heard.insert(told.person) && wanted.by(tx, told.person, kind)? {
                store::insert(tx, house, entry, kind, &told)?;
                count += 1;
            }
        }
    }
    Ok(count)
}

/// What people want to be told of, read once for each in a batch.
#[derive(Default)]
struct Wanted(HashMap<i64, Option<account::Account>>);

impl Wanted {
    /// Nobody is told who cannot sign in.
    fn by(&mut self, tx: &mut Tx, person: i64, kind: &NoticeKind) -> Result<bool> {
        use std::collections::hash_map::Entry::{Occupied, Vacant};
        let account = match self.0.entry(person) {
            Occupied(known) => known.into_mut(),
            Vacant(unknown) => unknown.insert(account::by_person(tx, person)?),
        };
        Ok(account.as_ref().is_some_and(|account| account.preference(&preference(kind)) != "off"))
    }
}

/// Whoever a record was given to, where its register says who owns it or works on it.
pub const GIVEN: NoticeKind = NoticeKind { key: "record.given", title: "Something is given to you", tells: given };

fn given(_: &mut Tx, house: &House, entry: &Entry) -> Result<Vec<Told>> {
    let owner = house.register(&entry.register).map_or("", |register| register.rows.owner);
    let to = entry.content.as_ref().and_then(|content| content.changes.get(owner)).and_then(|change| change.get(1)?.as_i64());
    let told = |person| Told { person, words: "gave you".into(), internal: false };
    Ok(to.filter(|_| !owner.is_empty() && owner != "id").map(told).into_iter().collect())
}
