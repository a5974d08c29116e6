//! What a person did lately, as the toasts said it, with the way to take it back: for whoever missed a toast.

use crate::Result;
use crate::act::Act;
use crate::time::Instant;
use db::{Tx, Value};

/// What one did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// What the toast said.
    pub words: String,
    /// Path to post to in order to take it back; empty: it cannot be.
    pub undo: String,
    /// When.
    pub at: Instant,
}

/// How many are kept of each person.
const KEPT: i64 = 30;

/// Keeps what the toast of an act says, in the transaction of the act, and forgets what is older than the last thirty.
pub fn remember(act: &mut Act, words: &str, undo: &str) -> Result<()> {
    let (id, person) = (act.new_id(), act.view.person);
    let args = [Value::Int(id), Value::Int(person), Value::from(words), Value::from(undo), Value::Int(act.recorded_at)];
    act.tx.run("insert into recent (id, person, words, undo, at) values (?1, ?2, ?3, ?4, ?5)", &args)?;
    let sql = "delete from recent where person = ?1 and id <= \
        (select id from recent where person = ?1 order by id desc limit 1 offset ?2)";
    act.tx.run(sql, &[Value::Int(person), Value::Int(KEPT)])?;
    Ok(())
}

/// What a person did lately, latest first.
pub fn recent(tx: &mut Tx, person: i64) -> Result<Vec<Recent>> {
    let sql = format!("select words, undo, at from recent where person = ?1 order by id desc limit {KEPT}");
    let one = |row: &db::Row| Ok(Recent { words: row.text(0)?.to_owned(), undo: row.text(1)?.to_owned(), at: row.int(2)? });
    tx.all(&sql, &[Value::Int(person)])?.iter().map(one).collect()
}
