//! The currency in which amounts are meant where a file names none.

use super::Mapping;
use db::{Tx, Value};
use kernel::Result;
use kernel::describe::{Field, Kind};
use kernel::register::Shape;
use std::collections::BTreeSet;

/// The only currency that an organisation knows: its own, with those of the amounts it has in the fields that a mapping fills. None where
/// there are several, where rows may go to several organisations, and where no column is an amount.
pub(super) fn only(tx: &mut Tx, organisation: i64, shape: &Shape, mapping: &Mapping) -> Result<Option<String>> {
    let filled = |key: &str| mapping.columns.values().any(|it| it.field() == key);
    let amounts: Vec<&Field> = shape.fields.iter().filter(|it| it.kind == Kind::Money && filled(it.key)).collect();
    if amounts.is_empty() || filled("organisation") {
        return Ok(None);
    }
    let own = "select currency from organisation where id = ?1 and currency <> ''";
    let mut known: BTreeSet<String> = named(tx, own, organisation)?.into_iter().collect();
    for key in amounts.iter().filter(|it| !it.custom).map(|it| it.key) {
        let table = shape.register.table;
        let sql = format!(
            "select distinct t.{key}_currency from {table} t where t.organisation = ?1 and t.{key}_currency is not null order by 1 limit 2"
        );
        known.extend(named(tx, &sql, organisation)?);
    }
    Ok(known.pop_first().filter(|_| known.is_empty()))
}

fn named(tx: &mut Tx, sql: &str, organisation: i64) -> Result<Vec<String>> {
    tx.all(sql, &[Value::Int(organisation)])?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

/// Whether an amount stands alone, without a letter or sign that could be a currency.
pub(super) fn is_bare(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '.' || c == '-')
}
