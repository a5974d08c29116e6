//! The views of somebody with how many tickets each holds. Counts are remembered for some seconds and taken anew within a budget
//! of time, so that the queue does not wait for them: what does not fit keeps the count it had, and is the first to be counted next
//! time; a count is good for a thousand times as long as it took. What somebody does themselves is counted at once. Counts that are
//! asked for one by one (that of the rail, those beside a list) are taken when they are not good any more.

use super::views::{self, View};
use crate::ticket::TICKETS;
use db::Tx;
use kernel::register::{Count, Query, Sort, count};
use kernel::web::Request;
use kernel::{House, Result};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// How old a count may be, in milliseconds, when a page is made.
pub const FOR_A_PAGE: i64 = 15_000;
/// The same where a page follows what happens.
pub const FOR_NEWS: i64 = 2_000;
/// Time in which counts are taken anew for one answer.
const BUDGET: Duration = Duration::from_millis(15);
/// Counts that take longer than this, in milliseconds, are not taken anew for what somebody did themselves.
const DEAR: i64 = 5;
/// Most people whose counts are remembered, and most questions of one of them besides their views; then those are forgotten.
const MOST: usize = 2_000;
const MOST_QUESTIONS: usize = 60;
/// How the key of a question begins that is no view's own.
const QUESTION: char = '?';

/// How many there are, and whether there are more than that.
pub type Counted = (i64, bool);

/// What is remembered for one viewer.
#[derive(Clone, Default)]
pub struct Side {
    /// Their views, in order.
    pub views: Arc<Vec<View>>,
    read_at: i64,
    counts: HashMap<String, Kept>,
}

/// A count as it is kept.
#[derive(Clone, Copy)]
struct Kept {
    at: i64,
    /// How long it took, in milliseconds.
    took: i64,
    count: Counted,
}

impl Kept {
    fn good(&self, now: i64, age: i64) -> bool {
        self.at > now - age.max(self.took * 1_000)
    }
}

impl Side {
    /// How many tickets a view holds; none if that is not known.
    pub fn of(&self, key: &str) -> Option<Counted> {
        self.counts.get(key).map(|kept| kept.count)
    }
}

/// Person, organisation, and their grants as this process has them: they are others after a change of roles.
type Viewer = (i64, i64, usize);

#[derive(Default)]
struct Sides(Mutex<HashMap<Viewer, Side>>);

impl Sides {
    fn lock(&self) -> MutexGuard<'_, HashMap<Viewer, Side>> {
        self.0.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}

fn viewer(request: &Request) -> Viewer {
    (request.view.person, request.view.organisation, Arc::as_ptr(&request.view.grants).addr())
}

/// Somebody has done something: what is remembered for them no longer holds.
pub fn forget(house: &House, person: i64) {
    let Some(sides) = house.memory.get::<Sides>() else { return };
    for (_, side) in sides.lock().iter_mut().filter(|((whose, ..), _)| *whose == person) {
        for kept in side.counts.values_mut().filter(|kept| kept.took <= DEAR) {
            *kept = Kept { at: i64::MIN, took: 0, ..*kept };
        }
    }
}

/// The views of the viewer with their counts, those older than `age` taken anew as far as the budget goes.
pub fn side(tx: &mut Tx, request: &Request, age: i64) -> Result<Side> {
    let sides = request.house.memory.shared::<Sides>();
    let mut side = sides.lock().get(&viewer(request)).cloned().unwrap_or_default();
    let asked = request.asked("view").unwrap_or(views::OPEN);
    if side.read_at <= request.now - FOR_A_PAGE || !side.views.iter().any(|view| view.key == asked) {
        side.views = Arc::new(views::all(tx, request)?);
        side.read_at = request.now;
    }
    if recount(tx, request, &mut side, age)? {
        keep(&sides, request, side.clone());
    }
    Ok(side)
}

/// Whether anything was counted.
fn recount(tx: &mut Tx, request: &Request, side: &mut Side, age: i64) -> Result<bool> {
    let counted_at = |view: &View| side.counts.get(&view.key).map_or(i64::MIN, |kept| kept.at);
    let good = |view: &View| side.counts.get(&view.key).is_some_and(|kept| kept.good(request.now, age));
    let mut stale: Vec<View> = side.views.iter().filter(|view| !view.group.is_empty() && !good(view)).cloned().collect();
    stale.sort_by_key(counted_at);
    let begun = Instant::now();
    for view in stale.iter().take_while(|_| begun.elapsed() < BUDGET) {
        let Some(query) = question(tx, request, view)? else { continue };
        let kept = take(tx, request, &query)?;
        side.counts.insert(view.key.clone(), kept);
    }
    Ok(!stale.is_empty())
}

fn take(tx: &mut Tx, request: &Request, query: &Query) -> Result<Kept> {
    let begun = Instant::now();
    let count = count(tx, &request.house, &request.view, &TICKETS, query)?;
    Ok(Kept { at: request.now, took: begun.elapsed().as_millis() as i64, count })
}

/// What a view asks; none for a saved one that cannot be asked any more.
fn question(tx: &mut Tx, request: &Request, view: &View) -> Result<Option<Query>> {
    let plain = Query { count: Count::Rough, sort: Sort::read(view.sort), ..Query::plain(&TICKETS) };
    if view.question.is_empty() {
        let filters = view.narrows(tx, request)?.into_iter().map(|it| it.filter).collect();
        return Ok(Some(Query { filters, ..plain }));
    }
    let mut pairs = pages::Address::read(&view.question);
    pairs.retain(|(key, _)| !super::asked::OWN.contains(&key.as_str()));
    match Query::parse(tx, &request.house, &request.view, &TICKETS, &pairs) {
        Ok(query) => Ok(Some(Query { count: Count::Rough, ..query })),
        Err(kernel::Error::Malformed(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn keep(sides: &Sides, request: &Request, side: Side) {
    let mut all = sides.lock();
    room(&mut all, request);
    all.insert(viewer(request), side);
}

/// Makes room for a viewer who is new.
fn room(all: &mut HashMap<Viewer, Side>, request: &Request) {
    if all.len() >= MOST && !all.contains_key(&viewer(request)) {
        all.clear();
    }
}

/// How many tickets the queue holds as it opens, for the rail of those who work on them.
pub fn waits(tx: &mut Tx, request: &Request) -> Result<Option<String>> {
    if !request.view.may(&TICKETS, "internal") {
        return Ok(None);
    }
    let Some(query) = question(tx, request, &views::open())? else { return Ok(None) };
    let count = kept(tx, request, &query, views::OPEN.to_owned())?;
    Ok((count.0 > 0).then(|| said(count)))
}

/// How many tickets satisfy a question that is no view's own.
pub fn of(tx: &mut Tx, request: &Request, query: &Query, question: &str) -> Result<Counted> {
    kept(tx, request, &Query { count: Count::Rough, ..query.clone() }, format!("{QUESTION}{question}"))
}

/// A count that is remembered under a key, or taken and remembered.
fn kept(tx: &mut Tx, request: &Request, query: &Query, key: String) -> Result<Counted> {
    let sides = request.house.memory.shared::<Sides>();
    let known = sides.lock().get(&viewer(request)).and_then(|side| side.counts.get(&key).copied());
    if let Some(kept) = known.filter(|kept| kept.good(request.now, FOR_A_PAGE)) {
        return Ok(kept.count);
    }
    let taken = take(tx, request, query)?;
    let mut all = sides.lock();
    room(&mut all, request);
    let counts = &mut all.entry(viewer(request)).or_default().counts;
    if counts.keys().filter(|key| key.starts_with(QUESTION)).count() > MOST_QUESTIONS {
        counts.retain(|key, _| !key.starts_with(QUESTION));
    }
    counts.insert(key, taken);
    Ok(taken.count)
}

/// "34", or "10,000+" where counting stopped.
pub fn said((count, more): Counted) -> String {
    format!("{}{}", ui::format::number(count), if more { "+" } else { "" })
}
