//! Large graphs, written straight into the tables.

use crate::world::World;
use db::Value;

/// Rows of one statement.
const ROWS: usize = 100;

/// Puts services with ids 1 to `count` there, and relations of one kind between ids, in pieces as an import would.
pub fn put(world: &World, count: i64, relations: &[(i64, i64, &'static str)]) {
    let head = "insert into service (id, reference, organisation, state, version, created_at, updated_at, name) values ";
    let services = (1..=count).map(|id| vec![Value::Int(id), Value::from(format!("SVC-{id}").as_str())]);
    rows(world, head, "(?1, ?2, 1, 'live', 1, 0, 0, ?2)", services.collect());
    let head = "insert into relation (id, reference, organisation, state, version, created_at, updated_at, edge, name, source_kind, \
                source, kind, target_kind, target, valid_from) values ";
    let relation = |(id, (source, target, kind)): (i64, &(i64, i64, &'static str))| {
        vec![Value::Int(id), Value::from(format!("REL-{id}").as_str()), Value::Int(*source), Value::from(*kind), Value::Int(*target)]
    };
    let relations = (1_000_000_000..).zip(relations).map(relation).collect();
    rows(world, head, "(?1, ?2, 1, '', 1, 0, 0, 'graph', ?2, 'services', ?3, ?4, 'services', ?5, 0)", relations);
}

/// Writes rows whose values fill the marks (`?1` to `?9`) of one pattern.
fn rows(world: &World, head: &'static str, pattern: &'static str, all: Vec<Vec<Value>>) {
    for part in all.chunks(2_000) {
        let part = part.to_vec();
        world.act(move |act| {
            for some in part.chunks(ROWS) {
                let values: Vec<String> = (0..some.len()).map(|at| moved(pattern, at * some[0].len())).collect();
                act.tx.run(&format!("{head}{}", values.join(", ")), &some.concat())?;
            }
            Ok(())
        });
    }
}

/// The pattern with each mark counted on from `by`.
fn moved(pattern: &str, by: usize) -> String {
    let mut pieces = pattern.split('?');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        let mark: usize = piece[..1].parse().expect("a mark of one figure");
        format!("{text}?{}{}", mark + by, &piece[1..])
    })
}
