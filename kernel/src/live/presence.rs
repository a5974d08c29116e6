//! Who is looking at a record now, and who is writing there. Kept in memory; nodes tell each other what they know.

use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

/// How long after the last key somebody counts as writing, in milliseconds.
const WRITES_FOR: i64 = 10_000;
/// Keys come several times a second; so often, in milliseconds, it is noted that somebody still writes.
const NOTED_EVERY: i64 = 2_000;
/// Most people at records of whom it is known that they write.
const MOST_WRITING: usize = 10_000;
/// How long somebody who left is still shown, so that a page loaded again does not flicker, in milliseconds.
const LINGERS: i64 = 3_000;
/// How long what another node said is believed, in milliseconds.
const BELIEVED: i64 = 60_000;

/// What somebody does at a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Doing {
    /// Has it open.
    #[default]
    Looks,
    /// Writes an internal note.
    Notes,
    /// Writes a reply.
    Replies,
}

/// Somebody at a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Present {
    /// Reference of the record.
    pub at: String,
    /// Id of the person.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// What they do.
    pub doing: Doing,
}

/// That somebody wrote at a record, or stopped. The node that gets their keys need not be the one that holds their page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrote {
    /// Reference of the record.
    pub at: String,
    /// Id of the person.
    pub person: i64,
    /// What they write; [`Doing::Looks`]: they stopped.
    pub doing: Doing,
    /// When.
    pub when: Instant,
}

/// What one node tells the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Who is on its pages, each once per record.
    pub present: Vec<Present>,
    /// Whose keys it got.
    pub wrote: Vec<Wrote>,
}

impl Told {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.present.is_empty() && self.wrote.is_empty()
    }

    fn forget(&mut self, now: Instant) -> bool {
        let before = self.wrote.len();
        self.wrote.retain(|it| now - it.when < WRITES_FOR);
        self.wrote.len() != before
    }
}

/// One open page.
struct Here {
    at: String,
    person: i64,
    name: String,
    left_at: Option<Instant>,
}

#[derive(Default)]
struct All {
    next: u64,
    /// Pages of this node, by number.
    own: HashMap<u64, Here>,
    /// Whose keys this node got, by record and person.
    wrote: BTreeMap<(String, i64), (Doing, Instant)>,
    /// What other nodes told, and when.
    others: BTreeMap<String, (Instant, Told)>,
}

/// Who is where. One per process, in the house's memory.
#[derive(Default)]
pub struct Presence {
    all: Mutex<All>,
    version: AtomicU64,
}

impl Presence {
    fn lock(&self) -> MutexGuard<'_, All> {
        self.all.lock().unwrap_or_else(|broken| broken.into_inner())
    }

    fn changed(&self) {
        self.version.fetch_add(1, Ordering::Relaxed);
    }

    /// Moves on with every change.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Relaxed)
    }

    /// Somebody opens a record; the number is to be given back with [`Presence::leave`].
    pub fn enter(&self, at: &str, person: i64, name: &str) -> u64 {
        let mut all = self.lock();
        all.next += 1;
        let number = all.next;
        let here = Here { at: at.into(), person, name: name.into(), left_at: None };
        all.own.insert(number, here);
        self.changed();
        number
    }

    /// Somebody closes it again.
    pub fn leave(&self, number: u64, now: Instant) {
        if let Some(here) = self.lock().own.get_mut(&number) {
            here.left_at = Some(now);
        }
    }

    /// Somebody writes at a record. It shows where they have it open, on whatever node.
    pub fn writes(&self, at: &str, person: i64, internal: bool, now: Instant) {
        self.note(at, person, if internal { Doing::Notes } else { Doing::Replies }, now);
    }

    /// They have sent it, or given it up.
    pub fn stops(&self, at: &str, person: i64, now: Instant) {
        self.note(at, person, Doing::Looks, now);
    }

    fn note(&self, at: &str, person: i64, doing: Doing, now: Instant) {
        let mut all = self.lock();
        let key = (at.to_owned(), person);
        let known = all.wrote.get(&key).is_some_and(|(was, when)| *was == doing && now - when < NOTED_EVERY);
        if known || (all.wrote.len() >= MOST_WRITING && !all.wrote.contains_key(&key)) {
            return;
        }
        all.wrote.insert(key, (doing, now));
        self.changed();
    }

    /// Forgets what is over. Call it now and then.
    pub fn sweep(&self, now: Instant) {
        let mut all = self.lock();
        let before = all.own.len() + all.wrote.len() + all.others.len();
        all.wrote.retain(|_, (_, when)| now - *when < WRITES_FOR);
        all.own.retain(|_, here| here.left_at.is_none_or(|at| now - at < LINGERS));
        all.others.retain(|_, (at, _)| now - *at < BELIEVED);
        let over = all.others.values_mut().filter_map(|(_, told)| told.forget(now).then_some(())).count();
        if over > 0 || all.own.len() + all.wrote.len() + all.others.len() != before {
            self.changed();
        }
    }

    /// Whether nobody is anywhere, as far as this node knows by itself.
    pub fn idle(&self) -> bool {
        let all = self.lock();
        all.own.is_empty() && all.wrote.is_empty()
    }

    /// What this node has to tell the others.
    pub fn told(&self) -> Told {
        let all = self.lock();
        let wrote = |((at, person), (doing, when)): (&(String, i64), &(Doing, Instant))| Wrote {
            at: at.clone(),
            person: *person,
            doing: *doing,
            when: *when,
        };
        Told { present: once(all.own.values().map(present)), wrote: all.wrote.iter().map(wrote).collect() }
    }

    /// Takes what another node tells.
    pub fn hear(&self, node: &str, mut told: Told, now: Instant) {
        told.forget(now);
        let before = self.lock().others.insert(node.to_owned(), (now, told.clone()));
        if before.map(|(_, old)| old).unwrap_or_default() != told {
            self.changed();
        }
    }

    /// Who is at these records, on any node, each once per record; in the order of the records.
    pub fn at(&self, records: &[String]) -> Vec<Present> {
        let all = self.lock();
        let own = all.own.values().map(present);
        let others = all.others.values().flat_map(|(_, told)| told.present.iter().cloned());
        let mut here = once(own.chain(others).filter(|it| records.contains(&it.at)));
        for it in &mut here {
            it.doing = all.doing(it);
        }
        here
    }
}

impl All {
    /// What somebody does, by what was heard of them last.
    fn doing(&self, one: &Present) -> Doing {
        let own = self.wrote.get(&(one.at.clone(), one.person)).map(|(doing, when)| (*when, *doing));
        let others = self.others.values().flat_map(|(_, told)| &told.wrote).filter(|it| it.person == one.person && it.at == one.at);
        own.into_iter().chain(others.map(|it| (it.when, it.doing))).max_by_key(|(when, _)| *when).map_or(Doing::Looks, |(_, doing)| doing)
    }
}

fn present(here: &Here) -> Present {
    Present { at: here.at.clone(), person: here.person, name: here.name.clone(), doing: Doing::Looks }
}

/// One line per person and record.
fn once(all: impl Iterator<Item = Present>) -> Vec<Present> {
    let one: BTreeMap<(String, i64), Present> = all.map(|it| ((it.at.clone(), it.person), it)).collect();
    one.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doing(presence: &Presence, at: &str) -> Vec<(i64, Doing)> {
        presence.at(&[at.to_owned()]).into_iter().map(|it| (it.person, it.doing)).collect()
    }

    #[test]
    fn who_writes_is_told_until_they_stop_and_who_leaves_is_gone_soon() {
        let presence = Presence::default();
        let first = presence.enter("INC-1", 7, "Dana");
        let second = presence.enter("INC-1", 7, "Dana");
        presence.enter("INC-2", 8, "Rahul");
        assert_eq!(doing(&presence, "INC-1"), [(7, Doing::Looks)], "two windows of one person are one person");
        presence.writes("INC-1", 7, false, 1_000);
        presence.writes("INC-1", 9, false, 1_000);
        assert_eq!(doing(&presence, "INC-1"), [(7, Doing::Replies)], "who has not opened it does not appear by writing");
        presence.sweep(1_000 + WRITES_FOR);
        assert_eq!(doing(&presence, "INC-1"), [(7, Doing::Looks)]);
        presence.leave(first, 20_000);
        presence.leave(second, 20_000);
        presence.sweep(20_000 + LINGERS - 1);
        assert_eq!(doing(&presence, "INC-1").len(), 1, "a page loaded again does not flicker");
        presence.sweep(20_000 + LINGERS);
        assert_eq!(doing(&presence, "INC-1"), []);
        assert_eq!(doing(&presence, "INC-2"), [(8, Doing::Looks)]);
    }

    #[test]
    fn another_node_is_believed_for_a_while() {
        let (here, there) = (Presence::default(), Presence::default());
        there.enter("INC-1", 7, "Dana");
        here.hear("there", there.told(), 0);
        assert_eq!(doing(&here, "INC-1"), [(7, Doing::Looks)]);
        let version = here.version();
        here.hear("there", there.told(), 10);
        assert_eq!(here.version(), version, "the same again is no change");
        here.sweep(10 + BELIEVED);
        assert_eq!(doing(&here, "INC-1"), [], "a node that fell silent is forgotten");
    }

    #[test]
    fn whoever_writes_through_one_node_is_seen_writing_on_the_page_that_another_holds() {
        let (page, keys, third) = (Presence::default(), Presence::default(), Presence::default());
        page.enter("INC-1", 7, "Dana");
        keys.writes("INC-1", 7, false, 1_000);
        assert!(!keys.idle(), "it has something to tell");
        for it in [&page, &third] {
            it.hear("keys", keys.told(), 1_100);
            it.hear("page", page.told(), 1_100);
        }
        for it in [&page, &third] {
            assert_eq!(doing(it, "INC-1"), [(7, Doing::Replies)]);
        }
        page.stops("INC-1", 7, 2_000);
        assert_eq!(doing(&page, "INC-1"), [(7, Doing::Looks)], "what was heard last counts, wherever it was heard");
        keys.writes("INC-1", 7, true, 3_000);
        page.hear("keys", keys.told(), 3_100);
        assert_eq!(doing(&page, "INC-1"), [(7, Doing::Notes)]);
        let version = page.version();
        page.sweep(3_000 + WRITES_FOR);
        assert!(page.version() > version);
        assert_eq!(doing(&page, "INC-1"), [(7, Doing::Looks)], "and is over after a while, though the other node repeats it");
        page.hear("keys", keys.told(), 3_000 + WRITES_FOR);
        assert_eq!(doing(&page, "INC-1"), [(7, Doing::Looks)]);
    }
}
