//! Search across registers: newest hits of each, under guard.

use super::engine::{common, expression, hits, written};
use super::terms;
use crate::Result;
use crate::describe::Register;
use crate::house::House;
use crate::register::{Record, read_row};
use crate::who::View;
use crate::who::guard::{guard, mark};
use db::Tx;

/// A record found.
pub struct Hit {
    /// The record.
    pub record: Record,
    /// 0 for an exact reference, 1 for all words in the title, 2 for the rest: hits are shown in this order, newest first.
    pub rank: u8,
}

/// Hits looked at per register before rows are checked against the guard.
const LOOKED_AT: usize = 200;

/// Records that match `q`, best first, at most `limit` of each register. `only` narrows to one register.
pub fn find(tx: &mut Tx, house: &House, view: &View, q: &str, only: Option<&'static Register>, limit: usize) -> Result<Vec<Hit>> {
    let mut found = Vec::new();
    let exact = house.register_of(q.trim()).filter(|register| only.is_none_or(|it| it.key == register.key));
    if let Some(register) = exact
        && let Ok(record) = crate::register::load(tx, house, view, register, q.trim())
    {
        found.push(Hit { record, rank: 0 });
    }
    let terms = terms(q);
    if terms.is_empty() {
        return Ok(found);
    }
    let all = house.registers.iter().copied().filter(|register| !register.prefix.is_empty() && view.may(register, "read"));
    let registers: Vec<&'static Register> = only.map_or_else(|| all.collect(), |register| vec![register]);
    let whole = common(tx, q)?;
    for register in registers {
        if !written(tx, register)? {
            continue;
        }
        for record in in_register(tx, house, view, register, q, whole, limit)? {
            if found.iter().all(|hit| hit.record.id != record.id) {
                let title = record.title().to_lowercase();
                let rank = if terms.iter().all(|term| title.contains(term.as_str())) { 1 } else { 2 };
                found.push(Hit { record, rank });
            }
        }
    }
    found.sort_by_key(|hit| (hit.rank, -hit.record.id));
    Ok(found)
}

fn in_register(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    q: &str,
    whole: bool,
    limit: usize,
) -> Result<Vec<Record>> {
    let Some(expression) = expression(tx.engine(), view, register, q, whole) else { return Ok(Vec::new()) };
    if whole {
        // Mostly the first few are enough, and each costs a row.
        let found = newest(tx, house, view, register, &expression, limit * 3, limit)?;
        if found.len() >= limit {
            return Ok(found);
        }
    }
    newest(tx, house, view, register, &expression, LOOKED_AT, limit)
}

fn newest(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    words: &str,
    looked_at: usize,
    limit: usize,
) -> Result<Vec<Record>> {
    let shape = house.shape(register);
    let mut args = Vec::new();
    let words = mark(&mut args, words);
    let Some(rows) = guard(view, register, "read", &mut args) else { return Ok(Vec::new()) };
    let limit = mark(&mut args, limit as i64);
    let newest = hits(tx.engine(), &words, looked_at);
    let inner = format!("select h.record, max(h.id) as hit from ({newest}) h group by h.record");
    let (columns, table) = shape.lean.split_once(" from ").unwrap_or((&shape.lean, ""));
    let sql = format!(
        "{columns} from ({inner}) n join {table} on t.id = n.record where {rows} and t.retired_at is null order by n.hit desc limit {limit}"
    );
    let mut found = tx.all(&sql, &args)?;
    found.iter_mut().map(|row| read_row(&shape, row)).collect()
}
