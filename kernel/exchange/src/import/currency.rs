//! The currency in which amounts are meant where a file names none.

use super::Mapping;
use db::Tx;
use kernel::Result;
use kernel::describe::{Field, Kind};
use kernel::register::Shape;
use kernel::who::View;
use kernel::who::guard::any_of;
use std::collections::BTreeSet;

/// The only currency that the organisations within reach know: their own, with those of the amounts they have in the fields that a
/// mapping fills, since a row may change a record of any of them. None where there are several, where the file names organisations,
/// where an amount is a field that an organisation added, and where no column is an amount.
pub(super) fn only(tx: &mut Tx, view: &View, shape: &Shape, mapping: &Mapping) -> Result<Option<String>> {
    let filled = |key: &str| mapping.columns.values().any(|it| it.field() == key);
    let amounts: Vec<&Field> = shape.fields.iter().filter(|it| it.kind == Kind::Money && filled(it.key)).collect();
    if amounts.is_empty() || amounts.iter().any(|it| it.custom) || filled("organisation") {
        return Ok(None);
    }
    let mut known = named(tx, view, ("organisation", "t.id", "t.currency"))?;
    for key in amounts.iter().map(|it| it.key) {
        known.extend(named(tx, view, (shape.register.table, "t.organisation", &format!("t.{key}_currency")))?);
    }
    Ok(known.pop_first().filter(|_| known.is_empty()))
}

/// The first two currencies in a column of a table, of organisations within reach.
fn named(tx: &mut Tx, view: &View, (table, organisation, currency): (&str, &str, &str)) -> Result<BTreeSet<String>> {
    let mut args = Vec::new();
    let reached = if view.everything { "1 = 1".to_owned() } else { any_of(organisation, &view.reach, &mut args) };
    let sql = format!("select distinct {currency} from {table} t where {reached} and {currency} <> '' order by 1 limit 2");
    tx.all(&sql, &args)?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

/// Whether an amount stands alone, without a letter or sign that could be a currency.
pub(super) fn is_bare(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '.' || c == '-')
}
