//! What the organisation changed of the grants that ship.

use super::grants::{Override, parse_scopes, scope_words, worth};
use super::touch;
use crate::Result;
use crate::describe::Scopes;
use db::{Tx, Value};

/// Every difference from the grants that ship.
pub fn overrides(tx: &mut Tx) -> Result<Vec<Override>> {
    let rows = tx.all("select role, register, verb, scopes from role_grant order by role, register, verb", &[])?;
    let one = |row: &db::Row| {
        let (verb, scopes) = (row.text(2)?.to_owned(), parse_scopes(row.text(3)?));
        Ok(Override { role: row.text(0)?.to_owned(), register: row.text(1)?.to_owned(), scopes: worth(&verb, scopes), verb })
    };
    rows.iter().map(one).collect()
}

/// Grants a role a verb on rows of a register, or takes it away (no scopes).
pub fn grant(tx: &mut Tx, role: &str, register: &str, verb: &str, scopes: Scopes) -> Result<()> {
    let sql = "insert into role_grant (role, register, verb, scopes) values (?1, ?2, ?3, ?4) \
        on conflict (role, register, verb) do update set scopes = excluded.scopes";
    tx.run(sql, &[Value::from(role), Value::from(register), Value::from(verb), Value::Text(scope_words(scopes))])?;
    touch(tx)
}

/// Puts a grant back to what ships.
pub fn as_shipped(tx: &mut Tx, role: &str, register: &str, verb: &str) -> Result<()> {
    let sql = "delete from role_grant where role = ?1 and register = ?2 and verb = ?3";
    tx.run(sql, &[Value::from(role), Value::from(register), Value::from(verb)])?;
    touch(tx)
}
