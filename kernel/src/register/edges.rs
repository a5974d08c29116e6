//! `Many` fields: dated edges in the table `relation`, which also holds the service graph.

use super::{Cell, Draft, Record};
use crate::Result;
use crate::act::Act;
use crate::describe::Kind;
use crate::who::guard::any_of;
use db::{Tx, Value};
use std::collections::HashMap;

/// Fills the `Many` cells of some records of one register, with edges valid now.
pub fn fill_many(tx: &mut Tx, records: &mut [Record]) -> Result<()> {
    let Some(first) = records.first() else { return Ok(()) };
    if !first.shape.fields.iter().any(|field| matches!(field.kind, Kind::Many(_))) {
        return Ok(());
    }
    let ids: Vec<i64> = records.iter().map(|record| record.id).collect();
    let mut edges: HashMap<(i64, String), Vec<i64>> = HashMap::new();
    for part in ids.chunks(200) {
        let mut args = Vec::new();
        let among = any_of("source", part, &mut args);
        let sql = format!(
            "select source, field, target from relation where {among} and field is not null and valid_until is null order by target"
        );
        for row in tx.all(&sql, &args)? {
            edges.entry((row.int(0)?, row.text(1)?.to_owned())).or_default().push(row.int(2)?);
        }
    }
    for record in records {
        for place in 0..record.cells.len() {
            let field = &record.shape.fields[place];
            if matches!(field.kind, Kind::Many(_)) {
                let key = (record.id, field.key.to_owned());
                record.cells[place] = Cell::Many(edges.remove(&key).unwrap_or_default());
            }
        }
    }
    Ok(())
}

/// Ids that one `Many` field of one record holds now.
pub fn edge_ids(tx: &mut Tx, source: i64, field: &str) -> Result<Vec<i64>> {
    let sql = "select target from relation where source = ?1 and field = ?2 and valid_until is null order by target";
    tx.all(sql, &[Value::Int(source), Value::from(field)])?.iter().map(|row| Ok(row.int(0)?)).collect()
}

/// Writes what changed in the `Many` fields of a draft: edges end, edges begin; none is ever deleted.
pub(super) fn save_many(act: &mut Act, draft: &Draft) -> Result<()> {
    let record = &draft.record;
    for (place, field) in record.shape.fields.iter().enumerate() {
        let Kind::Many(target) = field.kind else { continue };
        let was = draft.before.as_ref().map_or(&[][..], |before| before.cells[place].ids());
        let now = record.cells[place].ids();
        for gone in was.iter().filter(|id| !now.contains(id)) {
            let sql = "update relation set valid_until = ?1 where source = ?2 and field = ?3 and target = ?4 and valid_until is null";
            act.tx.run(sql, &[Value::Int(act.at), Value::Int(record.id), Value::from(field.key), Value::Int(*gone)])?;
        }
        for new in now.iter().filter(|id| !was.contains(id)) {
            let sql = "insert into relation (id, organisation, state, version, created_at, updated_at, edge, source_kind, source, \
                field, target_kind, target, valid_from) values (?1, ?2, '', 1, ?3, ?3, 'field', ?4, ?5, ?6, ?7, ?8, ?9)";
            let args = [
                Value::Int(act.new_id()),
                Value::Int(record.organisation),
                Value::Int(act.recorded_at),
                Value::from(record.shape.register.key),
                Value::Int(record.id),
                Value::from(field.key),
                Value::from(target),
                Value::Int(*new),
                Value::Int(act.at),
            ];
            act.tx.run(sql, &args)?;
        }
    }
    Ok(())
}
