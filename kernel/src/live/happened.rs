//! What happened, in short, in the order in which the sealer placed it.

use crate::Result;
use db::{Tx, Value};

/// A sealed entry of the journal without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Its place in the order of sealing: dense, and the same on every node.
    pub position: i64,
    /// Its number in the journal.
    pub entry: i64,
    /// The act it belongs to.
    pub act: i64,
    /// When it happened.
    pub at: i64,
    /// Who; none: the house.
    pub actor: Option<i64>,
    /// Register key.
    pub register: String,
    /// Id of the record.
    pub record: i64,
    /// The verb.
    pub verb: String,
}

/// What was sealed after a position, oldest first.
pub fn happened(tx: &mut Tx, after: i64, limit: usize) -> Result<Vec<Happened>> {
    let sql = "select s.position, j.seq, j.act, j.at, j.actor, j.register, j.record, j.verb \
        from seal s join journal j on j.seq = s.entry where s.position > ?1 order by s.position limit ?2";
    let rows = tx.all(sql, &[Value::Int(after), Value::Int(limit as i64)])?;
    let one = |row: &db::Row| {
        Ok(Happened {
            position: row.int(0)?,
            entry: row.int(1)?,
            act: row.int(2)?,
            at: row.int(3)?,
            actor: row.maybe_int(4)?,
            register: row.text(5)?.to_owned(),
            record: row.int(6)?,
            verb: row.text(7)?.to_owned(),
        })
    };
    rows.iter().map(one).collect()
}
