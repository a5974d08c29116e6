//! At which records somebody may learn what those who do the work do there.

use crate::Result;
use crate::house::House;
use crate::who::View;
use crate::who::guard::{guard, mark};
use db::{Tx, Value};

/// Of some references, those of records to which the viewer may see what is internal, by the guard of each record's row.
pub fn inside(tx: &mut Tx, house: &House, view: &View, references: &[String]) -> Result<Vec<String>> {
    let mut seen = Vec::new();
    for register in &house.registers {
        let own = |it: &&String| house.register_of(it).is_some_and(|of| of.key == register.key);
        let own: Vec<&String> = references.iter().filter(own).collect();
        let mut args: Vec<Value> = Vec::new();
        let Some(rows) = guard(view, register, "internal", &mut args).filter(|_| !own.is_empty()) else { continue };
        // Repeated up to a power of two, so that few texts of the statement serve all lengths and stay prepared.
        let padded = own.iter().chain(own.last().into_iter().cycle()).take(own.len().next_power_of_two());
        let marks: Vec<String> = padded.map(|it| mark(&mut args, it.as_str())).collect();
        let sql = format!("select t.reference from {} t where t.reference in ({}) and {rows}", register.table, marks.join(", "));
        for row in tx.all(&sql, &args)? {
            seen.push(row.text(0)?.to_owned());
        }
    }
    Ok(seen)
}
