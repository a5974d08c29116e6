//! Large graphs, written straight into the tables.

use crate::world::World;
use db::Value;

/// Puts services with ids 1 to `count` there, and relations of one kind between ids, in pieces as an import would.
pub fn put(world: &World, count: i64, relations: &[(i64, i64, &'static str)]) {
    let ids: Vec<i64> = (1..=count).collect();
    for part in ids.chunks(2_000) {
        let part = part.to_vec();
        world.act(move |act| {
            let sql = "insert into service (id, reference, organisation, state, version, created_at, updated_at, name) \
                       values (?1, ?2, 1, 'live', 1, 0, 0, ?2)";
            for id in &part {
                act.tx.run(sql, &[Value::Int(*id), Value::from(format!("SVC-{id}").as_str())])?;
            }
            Ok(())
        });
    }
    let first = 1_000_000_000;
    for (at, part) in relations.chunks(2_000).enumerate() {
        let (part, first) = (part.to_vec(), first + (at * 2_000) as i64);
        world.act(move |act| {
            let sql = "insert into relation (id, reference, organisation, state, version, created_at, updated_at, edge, name, source_kind, \
                       source, kind, target_kind, target, valid_from) \
                       values (?1, ?2, 1, '', 1, 0, 0, 'graph', ?2, 'services', ?3, ?4, 'services', ?5, 0)";
            for (id, (source, target, kind)) in (first..).zip(&part) {
                let name = format!("REL-{id}");
                act.tx.run(
                    sql,
                    &[Value::Int(id), Value::from(name.as_str()), Value::Int(*source), Value::from(*kind), Value::Int(*target)],
                )?;
            }
            Ok(())
        });
    }
}
