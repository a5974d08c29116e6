//! Some rows in one transaction. A row that is refused leaves nothing behind and takes no other row with it.

use super::one::{Outcome, bring};
use super::plan::{Item, Plan};
use super::reason::reasons;
use db::{Database, Tx};
use kernel::describe::{Kind, Register};
use kernel::register::Shape;
use kernel::who::View;
use kernel::{Act, Error, House, Result};
use std::collections::HashMap;
use std::sync::Arc;

/// Rows of a transaction: about 20 ms of the writer.
pub(super) const ROWS: usize = 200;
/// How often a chunk is tried without the rows refused so far, before it goes row by row.
const ROUNDS: usize = 3;

/// What all chunks of an import have in common.
pub(super) struct Work {
    pub house: Arc<House>,
    pub view: View,
    pub register: &'static Register,
    pub plan: Plan,
    pub source: String,
    pub dry: bool,
}

/// Why a transaction was taken back.
enum Undone {
    /// The database failed.
    Db(db::Error),
    /// Rows were refused: their places and why. What else was done is done again without them.
    Refused(Vec<(usize, Outcome)>),
    /// Nothing was wrong, but nothing was to be kept.
    Dry(Vec<Outcome>),
}

impl From<db::Error> for Undone {
    fn from(error: db::Error) -> Undone {
        Undone::Db(error)
    }
}

/// Brings rows in and says what became of each, in order.
///
/// # Errors
/// The database cannot be written at all (full, gone, closing). Rows of this chunk may or may not be in; running the import
/// again settles it.
pub(super) fn write(db: &Database, work: &Arc<Work>, items: &Arc<Vec<Item>>) -> Result<Vec<Outcome>> {
    let mut refused: HashMap<usize, Outcome> = HashMap::new();
    for _ in 0..ROUNDS {
        let places: Vec<usize> = (0..items.len()).filter(|at| !refused.contains_key(at)).collect();
        match attempt(db, work, items, &places) {
            Ok(outcomes) | Err(Undone::Dry(outcomes)) => return Ok(merged(items.len(), &places, outcomes, refused)),
            Err(Undone::Refused(more)) => refused.extend(more),
            Err(Undone::Db(error)) if hopeless(&error) => return Err(error.into()),
            Err(Undone::Db(_)) => break,
        }
    }
    one_by_one(db, work, items, refused)
}

fn one_by_one(db: &Database, work: &Arc<Work>, items: &Arc<Vec<Item>>, mut refused: HashMap<usize, Outcome>) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::with_capacity(items.len());
    for at in 0..items.len() {
        if let Some(outcome) = refused.remove(&at) {
            outcomes.push(outcome);
            continue;
        }
        let outcome = match attempt(db, work, items, &[at]) {
            Ok(mut done) | Err(Undone::Dry(mut done)) => done.pop(),
            Err(Undone::Refused(mut why)) => why.pop().map(|(_, outcome)| outcome),
            Err(Undone::Db(error)) if hopeless(&error) => return Err(error.into()),
            Err(Undone::Db(error)) => Some(Outcome::Refused { reasons: vec![error.to_string()], link: false }),
        };
        outcomes.push(outcome.unwrap_or(Outcome::Same));
    }
    Ok(outcomes)
}

/// Whether the next row would fail the same way.
fn hopeless(error: &db::Error) -> bool {
    use db::Error as E;
    matches!(error, E::DiskFull | E::Offline(_) | E::Closed | E::Lost | E::ReadOnly | E::Overloaded { .. })
}

fn merged(count: usize, places: &[usize], outcomes: Vec<Outcome>, mut refused: HashMap<usize, Outcome>) -> Vec<Outcome> {
    refused.extend(places.iter().copied().zip(outcomes));
    (0..count).filter_map(|at| refused.remove(&at)).collect()
}

fn attempt(db: &Database, work: &Arc<Work>, items: &Arc<Vec<Item>>, places: &[usize]) -> std::result::Result<Vec<Outcome>, Undone> {
    let (work, items, places) = (Arc::clone(work), Arc::clone(items), places.to_vec());
    db.write_wait(move |tx| {
        // Two imports of one source wait for one another, so that neither makes a record twice.
        tx.lock(&format!("import {} {}", work.source, work.register.key))?;
        let mut outcomes = Vec::with_capacity(places.len());
        let mut refused = Vec::new();
        for at in &places {
            match row(tx, &work, &items[*at]) {
                Ok(outcome) => outcomes.push(outcome),
                Err(Error::Db(error)) => return Err(Undone::Db(error)),
                Err(error) => refused.push((*at, refusal(&work, &error))),
            }
        }
        match (refused.is_empty(), work.dry) {
            (false, _) => Err(Undone::Refused(refused)),
            (true, true) => Err(Undone::Dry(outcomes)),
            (true, false) => Ok(outcomes),
        }
    })
}

fn row(tx: &mut Tx, work: &Work, item: &Item) -> Result<Outcome> {
    let mut act = Act::new(tx, &work.view, &work.house);
    let outcome = bring(&mut act, work.register, &work.plan, &work.source, item)?;
    act.end()?;
    Ok(outcome)
}

fn refusal(work: &Work, error: &Error) -> Outcome {
    let shape = work.house.shape(work.register);
    Outcome::Refused { reasons: reasons(&shape, error), link: points(&shape, error) }
}

/// Whether only links were refused.
fn points(shape: &Shape, error: &Error) -> bool {
    let link = |key: &str| shape.field(key).is_some_and(|it| matches!(it.kind, Kind::Link(_) | Kind::LinkAny | Kind::Many(_)));
    !error.fields().is_empty() && error.fields().iter().all(|it| link(&it.field))
}
