//! The order of recording on PostgreSQL: entries carry the number of their transaction, and only those below the oldest running one
//! are sealed (see [`Tx::visible_below`]).
//!
//! A server begins to number anew. A database that came from another one as a dump would give its next entries numbers far below
//! those it has, and nothing would ever be sealed again. So the house writes transactions' numbers raised by what it is *ahead*:
//! 0 until a program first starts on such a server, and from then on so much that every number to come is above all there are.
//! It is kept in the database among the epochs, since it only ever grows too, and raised under a lock before the program
//! that finds it too low writes anything; so each program that writes on a server knows the one number that holds there.

use crate::Result;
use crate::house::House;
use db::{Engine, Tx, Value};

/// Its name among the epochs.
const NAME: &str = "journal";

/// By how much numbers of transactions are raised, as read when the program started.
struct Ahead(i64);

/// By how much numbers of transactions are raised in this house.
pub(super) fn ahead(house: &House) -> i64 {
    house.memory.get::<Ahead>().map_or(0, |it| it.0)
}

/// Entries of transactions below this number can be followed: none is committed later with a lower one.
pub(super) fn visible_below(tx: &mut Tx, house: &House) -> Result<i64> {
    Ok(tx.visible_below()?.saturating_add(ahead(house)))
}

/// Sees to it that the numbers to come are above those that the journal has. At every start, before anything is written.
pub(crate) fn prepare(tx: &mut Tx, house: &House) -> Result<()> {
    if tx.engine() == Engine::Sqlite {
        return Ok(());
    }
    tx.lock("journal-order")?;
    // One statement, hence one moment: what it sees was written by transactions below `next` of this server, or by another server.
    let sql = "select coalesce((select value from epoch where name = ?1), 0), \
               greatest((select max(xact) from journal), (select xact from seal order by position desc limit 1), 0), \
               pg_snapshot_xmax(pg_current_snapshot())::text::bigint, pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
    let row = tx.one(sql, &[Value::from(NAME)])?;
    let (mut ahead, highest, next, oldest) = (row.int(0)?, row.int(1)?, row.int(2)?, row.int(3)?);
    if highest >= next.saturating_add(ahead) {
        ahead = highest + 1 - oldest;
        let sql = "insert into epoch (name, value) values (?1, ?2) on conflict (name) do update set value = excluded.value";
        tx.run(sql, &[Value::from(NAME), Value::Int(ahead)])?;
        tracing::info!(ahead, "the database came from another server: the journal goes on above the numbers it has");
    }
    house.memory.keep(Ahead(ahead));
    Ok(())
}
