//! Search across registers: the newest hits of each, under guard.

use super::engine::{Found, Within, expression, newest};
use super::terms;
use crate::Result;
use crate::describe::Register;
use crate::house::House;
use crate::register::{Record, Shape, read_row};
use crate::who::View;
use crate::who::guard::{any_of, guard};
use db::Tx;
use std::collections::HashSet;
use std::sync::Arc;

/// A record found.
pub struct Hit {
    /// The record.
    pub record: Record,
    /// 0 for an exact reference, 1 for all words in the title, 2 for the rest: hits are shown in this order, newest first.
    pub rank: u8,
}

/// Documents looked at first, which mostly hold what a page shows of the register with the most, and those looked at with each later
/// statement. What is older than the newest thousand that match is not found while a register has no more than that to show.
const FIRST: usize = 60;
const BATCH: usize = 235;
const BATCHES: usize = 5;
/// So many documents with all words as they stand make the last one a word of its own, not the beginning of a longer one.
const COMMON: usize = 50;

/// Records that match `q`, best first, at most `limit` of each register. `only` narrows to one register. Long texts are left out.
pub fn find(tx: &mut Tx, house: &House, view: &View, q: &str, only: Option<&'static Register>, limit: usize) -> Result<Vec<Hit>> {
    search(tx, Gathering::new(house, view, only, limit), q)
}

/// The same with long texts, for pages that show where in them the words stand.
pub fn find_texts(tx: &mut Tx, house: &House, view: &View, q: &str, only: Option<&'static Register>, limit: usize) -> Result<Vec<Hit>> {
    search(tx, Gathering { texts: true, ..Gathering::new(house, view, only, limit) }, q)
}

fn search(tx: &mut Tx, gathering: Gathering, q: &str) -> Result<Vec<Hit>> {
    let mut hits: Vec<Hit> = gathering.exact(tx, q.trim()).into_iter().map(|record| Hit { record, rank: 0 }).collect();
    let terms = terms(q);
    if terms.is_empty() {
        return Ok(hits);
    }
    for record in gathering.run(tx, &terms)? {
        if hits.iter().all(|hit| hit.record.id != record.id) {
            let title = record.title().to_lowercase();
            let rank = if terms.iter().all(|term| title.contains(term.as_str())) { 1 } else { 2 };
            hits.push(Hit { record, rank });
        }
    }
    hits.sort_by_key(|hit| (hit.rank, -hit.record.id));
    Ok(hits)
}

/// Collects records batch by batch, until each register has enough or no document is left.
struct Gathering<'a> {
    house: &'a House,
    view: &'a View,
    limit: usize,
    texts: bool,
    /// Registers that still want records, with the number found.
    open: Vec<(&'static Register, usize)>,
    /// Whether those are all there are, so that a match need not name them.
    all: bool,
    seen: HashSet<i64>,
    found: Vec<Record>,
}

impl<'a> Gathering<'a> {
    fn new(house: &'a House, view: &'a View, only: Option<&'static Register>, limit: usize) -> Gathering<'a> {
        let all: Vec<_> = house.registers.iter().copied().filter(|it| !it.prefix.is_empty()).collect();
        let count = all.len();
        let open = only.map_or(all, |register| vec![register]).into_iter().filter(|it| view.may(it, "read"));
        let open: Vec<_> = open.map(|it| (it, 0)).collect();
        Gathering { house, view, limit, texts: false, all: open.len() == count, open, seen: HashSet::new(), found: Vec::new() }
    }

    /// The record that a question names by its reference.
    fn exact(&self, tx: &mut Tx, reference: &str) -> Option<Record> {
        let register = self.house.register_of(reference).filter(|it| self.open.iter().any(|(open, _)| open.key == it.key))?;
        crate::register::load(tx, self.house, self.view, register, reference).ok()
    }

    fn run(mut self, tx: &mut Tx, terms: &[String]) -> Result<Vec<Record>> {
        let mut whole = true;
        let mut documents = self.documents(tx, terms, whole, i64::MAX, FIRST)?;
        if documents.len() < COMMON {
            whole = false;
            documents = self.documents(tx, terms, whole, i64::MAX, FIRST)?;
        }
        let mut asked = FIRST;
        for batch in 1.. {
            self.take(tx, &documents)?;
            let Some(last) = documents.last().filter(|_| documents.len() == asked && batch < BATCHES) else { break };
            self.narrow(tx)?;
            if self.open.is_empty() {
                break;
            }
            documents = self.documents(tx, terms, whole, last.id, BATCH)?;
            asked = BATCH;
        }
        Ok(self.found)
    }

    fn documents(&self, tx: &mut Tx, terms: &[String], whole: bool, before: i64, limit: usize) -> Result<Vec<Found>> {
        let registers: Vec<_> = self.open.iter().map(|(register, _)| *register).collect();
        let expression = expression(tx.engine(), self.view, Within { registers: &registers, all: self.all }, terms, whole);
        expression.map_or_else(|| Ok(Vec::new()), |expression| newest(tx, expression, before, limit, before < i64::MAX))
    }

    /// Leaves those registers that want more, and have a record at all.
    fn narrow(&mut self, tx: &mut Tx) -> Result<()> {
        let limit = self.limit;
        self.open.retain(|(_, have)| *have < limit);
        self.all = false;
        let tables: Vec<String> = self.open.iter().map(|(it, _)| format!("exists (select 1 from {})", it.table)).collect();
        if !tables.is_empty() {
            let row = tx.one(&format!("select {}", tables.join(", ")), &[])?;
            let mut place = 0..;
            self.open.retain(|_| place.next().is_some_and(|place| row.flag(place).unwrap_or(true)));
        }
        Ok(())
    }

    /// Reads the records of documents, as many as each register still wants.
    fn take(&mut self, tx: &mut Tx, documents: &[Found]) -> Result<()> {
        for (register, have) in &mut self.open {
            let of = |it: &&Found| it.register == register.key || register.shows.contains(&it.register.as_str());
            let ids: Vec<i64> = documents.iter().filter(of).map(|it| it.record).filter(|id| self.seen.insert(*id)).collect();
            // Mostly the first few are enough, and each costs a row.
            for part in ids.chunks((self.limit * 2).clamp(1, BATCH)) {
                let want = self.limit - *have;
                if want == 0 {
                    break;
                }
                let mut records = records(tx, self.view, &self.house.shape(register), part, self.texts)?;
                records.truncate(want);
                *have += records.len();
                self.found.extend(records);
            }
        }
        Ok(())
    }
}

/// The records of some ids that the viewer may see, in the order of the ids.
fn records(tx: &mut Tx, view: &View, shape: &Arc<Shape>, ids: &[i64], texts: bool) -> Result<Vec<Record>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, shape.register, "read", &mut args) else { return Ok(Vec::new()) };
    let among = any_of("t.id", ids, &mut args);
    let select = if texts { &shape.select } else { &shape.lean };
    let mut found = tx.all(&format!("{select} where {rows} and t.retired_at is null and {among}"), &args)?;
    let mut records = found.iter_mut().map(|row| read_row(shape, row)).collect::<Result<Vec<_>>>()?;
    records.sort_by_key(|record| ids.iter().position(|id| *id == record.id));
    Ok(records)
}
