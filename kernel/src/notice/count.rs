//! How many notices wait for a person: those alone whose record they may still see.

use super::EPOCH;
use crate::Result;
use crate::describe::Register;
use crate::house::House;
use crate::memory::epoch;
use crate::who::View;
use crate::who::guard::guard;
use db::{Tx, Value};
use std::collections::HashMap;
use std::sync::Mutex;

/// More are not counted: a hundred are many.
pub const MOST: i64 = 100;

/// People for whom nothing waited, with the epoch of notices at which that was so: until it moves on, nothing waits for them.
#[derive(Default)]
struct Quiet(Mutex<HashMap<i64, i64>>);

/// Most people remembered; then all are forgotten.
const MOST_QUIET: usize = 50_000;

/// How many unread notices a viewer has, at most [`MOST`].
pub fn unread(tx: &mut Tx, house: &House, view: &View) -> Result<i64> {
    let present = epoch(tx, EPOCH)?;
    let quiet = house.memory.shared::<Quiet>();
    if quiet.0.lock().unwrap_or_else(|broken| broken.into_inner()).get(&view.person) == Some(&present) {
        return Ok(0);
    }
    let sql = "select distinct register from notice where person = ?1 and read_at is null";
    let registers = tx.all(sql, &[Value::Int(view.person)])?;
    if registers.is_empty() && tx.reads_only() {
        let mut quiet = quiet.0.lock().unwrap_or_else(|broken| broken.into_inner());
        if quiet.len() >= MOST_QUIET {
            quiet.clear();
        }
        quiet.insert(view.person, present);
    }
    let mut all = 0;
    for row in &registers {
        if let Some(register) = house.register(row.text(0)?).filter(|_| all < MOST) {
            all += of_register(tx, view, register)?;
        }
    }
    Ok(all.min(MOST))
}

fn of_register(tx: &mut Tx, view: &View, register: &Register) -> Result<i64> {
    let mut args = vec![Value::Int(view.person), Value::from(register.key), Value::from(view.may(register, "internal"))];
    let Some(rows) = guard(view, register, "read", &mut args) else { return Ok(0) };
    let sql = format!(
        "select count(*) from (select 1 from notice n join {} t on t.id = n.record where n.person = ?1 and n.read_at is null \
         and n.register = ?2 and n.internal <= ?3 and t.retired_at is null and {rows} limit {MOST}) counted",
        register.table
    );
    Ok(tx.one(&sql, &args)?.int(0)?)
}
