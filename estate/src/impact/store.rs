//! Reads the graph level by level, under guard.

use super::rules::{Direction, Edge, Walk};
use crate::relation::{self, KINDS, Needs, needs};
use db::{Tx, Value};
use kernel::who::{View, guard, guard::mark};
use kernel::{House, Result};
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

/// What is shown of a record in the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Register key.
    pub kind: &'static str,
    /// `SVC-1`.
    pub reference: String,
    /// Its title.
    pub title: String,
}

/// Lengths of the lists of ids in one statement: few texts, so that each is prepared once.
const LENGTHS: [usize; 4] = [1, 8, 64, 500];

/// Ids in lists of these lengths; a list that is too short repeats its last id.
pub(crate) fn lists(ids: &[i64]) -> impl Iterator<Item = Vec<i64>> {
    ids.chunks(LENGTHS[3]).map(|part| {
        let length = LENGTHS.into_iter().find(|length| part.len() <= *length).unwrap_or(part.len());
        let mut list = part.to_vec();
        list.resize(length, part[part.len() - 1]);
        list
    })
}

/// An end of a relation, and which end the other one is found at.
struct Side {
    near: &'static str,
    far: &'static str,
    kinds: Vec<&'static str>,
}

/// The two sorts of relation that a direction follows: against the arrow and along it.
fn sides(direction: Direction) -> [Side; 2] {
    let kinds = |wanted: Needs| KINDS.iter().map(|it| it.key).filter(|kind| needs(kind) == wanted).collect();
    let (target_first, source_first) = match direction {
        Direction::Up => (Needs::Target, Needs::Source),
        Direction::Down => (Needs::Source, Needs::Target),
    };
    [Side { near: "target", far: "source", kinds: kinds(target_first) }, Side { near: "source", far: "target", kinds: kinds(source_first) }]
}

/// Edges of a level.
pub(super) struct Level {
    pub edges: Vec<Edge>,
    /// Register keys of the far ends.
    pub kinds: HashMap<i64, &'static str>,
    /// There were more than the walk may look at.
    pub cut: bool,
}

/// The edges that lead on from the last level of a walk, of the graph as it is at `at`.
pub(super) fn level(tx: &mut Tx, house: &House, view: &View, walk: &Walk, direction: Direction, at: i64) -> Result<Level> {
    let most = walk.edges_left();
    let mut level = Level { edges: Vec::new(), kinds: HashMap::new(), cut: false };
    for ids in lists(&walk.level()) {
        for side in sides(direction) {
            let mut args = Vec::new();
            let Some(rows) = guard(view, &relation::REGISTER, "read", &mut args) else { return Ok(level) };
            let list = |marks: Vec<String>| marks.join(", ");
            let near = list(ids.iter().map(|id| mark(&mut args, *id)).collect());
            let kinds = list(side.kinds.iter().map(|kind| mark(&mut args, *kind)).collect());
            let now = mark(&mut args, at);
            let limit = mark(&mut args, (most - level.edges.len()) as i64 + 1);
            let sql = format!(
                "select t.{0}, t.{1}, t.{1}_kind from relation t where t.{0} in ({near}) and t.edge = 'graph' and t.kind in ({kinds}) \
                 and t.retired_at is null and t.valid_from <= {now} and (t.valid_until is null or t.valid_until > {now}) and {rows} \
                 limit {limit}",
                side.near, side.far
            );
            read(tx, house, &sql, &args, most, &mut level)?;
            if level.cut {
                return Ok(level);
            }
        }
    }
    Ok(level)
}

fn read(tx: &mut Tx, house: &House, sql: &str, args: &[Value], most: usize, level: &mut Level) -> Result<()> {
    tx.each(sql, args, &mut |row| {
        if level.edges.len() == most {
            level.cut = true;
            return Ok(ControlFlow::Break(()));
        }
        let (from, to) = (row.int(0)?, row.int(1)?);
        level.edges.push(Edge { from, to });
        if let Some(register) = house.register(row.text(2)?) {
            level.kinds.insert(to, register.key);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(())
}

/// Names of those records that the viewer may read.
pub(super) fn names(tx: &mut Tx, house: &House, view: &View, records: &[(i64, &'static str)]) -> Result<HashMap<i64, Named>> {
    let mut by_kind: BTreeMap<&'static str, Vec<i64>> = BTreeMap::new();
    for (id, kind) in records {
        by_kind.entry(kind).or_default().push(*id);
    }
    let mut names = HashMap::with_capacity(records.len());
    for (kind, ids) in by_kind {
        let Some(register) = house.register(kind) else { continue };
        for list in lists(&ids) {
            let mut args = Vec::new();
            let Some(rows) = guard(view, register, "read", &mut args) else { break };
            let marks: Vec<String> = list.iter().map(|id| mark(&mut args, *id)).collect();
            let title = register.title().key;
            let sql = format!(
                "select t.id, t.reference, t.{title} from {} t where t.id in ({}) and {rows} limit {}",
                register.table,
                marks.join(", "),
                list.len()
            );
            for row in tx.all(&sql, &args)? {
                let title = row.maybe_text(2)?.unwrap_or_default().to_owned();
                names.insert(row.int(0)?, Named { kind, reference: row.text(1)?.to_owned(), title });
            }
        }
    }
    Ok(names)
}
