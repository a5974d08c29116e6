//! Links on the way out: ids to names, asked for once a register, and not at all where they are remembered.

use super::link::rows;
use super::{Cell, Draft, Record};
use crate::describe::{Kind, Register};
use crate::house::House;
use crate::memory::{epoch, next_epoch};
use crate::who::{View, guard::any_of};
use crate::{Error, Result};
use db::Tx;
use std::collections::{BTreeMap, HashMap};
use std::sync::RwLock;

/// What people call a linked record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Register key.
    pub register: &'static str,
    /// `TEA-7`.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Whether the viewer may open it. The name of a team or a person of an organisation above stands in every record one may see that
    /// points at them, though one may not open it.
    pub open: bool,
}

/// Names of everything the records link to, that the viewer may know of. `extra` adds ids per register key.
pub fn names_of(tx: &mut Tx, house: &House, view: &View, records: &[Record], extra: &[(&'static str, i64)]) -> Result<HashMap<i64, Name>> {
    let mut wanted = linked(house, records);
    for (register, id) in extra {
        wanted.entry(register).or_default().push(*id);
    }
    let mut names = HashMap::new();
    let remembered = house.memory.shared::<Remembered>();
    let mut present = None;
    for (key, mut ids) in wanted {
        ids.sort_unstable();
        ids.dedup();
        let register = house.register(key).ok_or_else(|| Error::Fault(format!("There is no register {key} to link to.")))?;
        if !register.directory {
            load(tx, Some(view), register, &ids, &mut |id, _, name| drop(names.insert(id, name)))?;
            continue;
        }
        let now = present.map_or_else(|| epoch(tx, EPOCH), Ok)?;
        present = Some(now);
        remembered.take(now, view, register, &mut ids, &mut names);
        let mut read = Vec::new();
        load(tx, None, register, &ids, &mut |id, organisation, name| read.push((id, organisation, name)))?;
        names.extend(read.iter().filter_map(|(id, organisation, name)| Some((*id, seen(view, *organisation, name)?))));
        remembered.keep(now, read, tx.reads_only());
    }
    Ok(names)
}

/// Ids that records link to, by register.
fn linked(house: &House, records: &[Record]) -> BTreeMap<&'static str, Vec<i64>> {
    let mut wanted: BTreeMap<&'static str, Vec<i64>> = BTreeMap::new();
    for record in records {
        wanted.entry("organisations").or_default().push(record.organisation);
        for (field, cell) in record.shape.fields.iter().zip(&record.cells) {
            match (field.kind, cell) {
                (Kind::Link(to), Cell::Int(id)) => wanted.entry(to).or_default().push(*id),
                (Kind::Many(to), Cell::Many(ids)) => wanted.entry(to).or_default().extend(ids),
                (Kind::LinkAny, Cell::Any(to, id)) => {
                    if let Some(register) = house.register(to) {
                        wanted.entry(register.key).or_default().push(*id);
                    }
                }
                _ => {}
            }
        }
    }
    wanted
}

/// A name in a directory as a viewer has it: of those they reach, and of those above who serve them; of others none.
fn seen(view: &View, organisation: i64, name: &Name) -> Option<Name> {
    let open = view.reaches(organisation);
    (open || view.above.contains(&organisation)).then(|| Name { open, ..name.clone() })
}

/// Reads names with the organisation of each: of a directory all of them, else those that the viewer may read.
fn load(tx: &mut Tx, view: Option<&View>, register: &'static Register, ids: &[i64], found: &mut dyn FnMut(i64, i64, Name)) -> Result<()> {
    for part in ids.chunks(200) {
        let mut args = Vec::new();
        let among = any_of("t.id", part, &mut args);
        let rows = match view {
            None => "1 = 1".to_owned(),
            Some(view) => match rows(view, register, &mut args) {
                Some(rows) => rows,
                None => return Ok(()),
            },
        };
        let (title, table) = (register.title().key, register.table);
        let sql = format!("select t.id, t.reference, t.{title}, t.organisation from {table} t where {among} and {rows}");
        for row in tx.all(&sql, &args)? {
            let text = |at| row.maybe_text(at).map(|text| text.unwrap_or_default().to_owned());
            found(row.int(0)?, row.int(3)?, Name { register: register.key, reference: text(1)?, title: text(2)?, open: true });
        }
    }
    Ok(())
}

/// The epoch of names: moves on when a record of a directory is called something else, or goes to another organisation.
const EPOCH: &str = "names";

/// Keeps what is remembered of names true to a saved record.
pub(super) fn follow(tx: &mut Tx, draft: &Draft) -> Result<()> {
    let register = draft.record.shape.register;
    let Some(before) = draft.before.as_ref().filter(|_| register.directory) else { return Ok(()) };
    if before.title() != draft.record.title() || before.organisation != draft.record.organisation {
        next_epoch(tx, EPOCH)?;
    }
    Ok(())
}

/// Most names remembered at once: some ten megabytes.
const MOST: usize = 50_000;

/// Names in directories, as this process read them in one epoch.
#[derive(Default)]
struct Remembered(RwLock<Known>);

#[derive(Default)]
struct Known {
    epoch: i64,
    /// By id: the organisation that decides who may know of it, and the name.
    names: HashMap<i64, (i64, Name)>,
}

impl Remembered {
    /// Moves what is known from `ids` to `names`.
    fn take(&self, epoch: i64, view: &View, register: &Register, ids: &mut Vec<i64>, names: &mut HashMap<i64, Name>) {
        let known = self.0.read().unwrap_or_else(|broken| broken.into_inner());
        if known.epoch != epoch {
            return;
        }
        ids.retain(|id| match known.names.get(id).filter(|(_, name)| name.register == register.key) {
            None => true,
            Some((organisation, name)) => {
                if let Some(name) = seen(view, *organisation, name) {
                    names.insert(*id, name);
                }
                false
            }
        });
    }

    fn keep(&self, epoch: i64, read: Vec<(i64, i64, Name)>, reads_only: bool) {
        if read.is_empty() {
            return;
        }
        let mut known = self.0.write().unwrap_or_else(|broken| broken.into_inner());
        // Somebody who reads an older state of the database has nothing to tell. Nor has a transaction that may have moved the
        // epoch on itself, and may yet be undone: only one that stands where readers stand has changed no name.
        if known.epoch > epoch || !reads_only && known.epoch != epoch {
            return;
        }
        if known.epoch < epoch || known.names.len() + read.len() > MOST {
            *known = Known { epoch, names: HashMap::new() };
        }
        known.names.extend(read.into_iter().map(|(id, organisation, name)| (id, (organisation, name))));
    }
}
