//! Who is looking at a record now, and who is writing there. Kept in memory; nodes tell each other what they know.

use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

/// How long after the last key somebody counts as writing, in milliseconds.
const WRITES_FOR: i64 = 10_000;
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

/// One open page.
struct Here {
    at: String,
    person: i64,
    name: String,
    doing: Doing,
    writes_until: Instant,
    left_at: Option<Instant>,
}

#[derive(Default)]
struct All {
    next: u64,
    /// Pages of this node, by number.
    own: HashMap<u64, Here>,
    /// What other nodes said: when, and who is there.
    others: BTreeMap<String, (Instant, Vec<Present>)>,
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
        let here = Here { at: at.into(), person, name: name.into(), doing: Doing::Looks, writes_until: 0, left_at: None };
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

    /// Somebody who has the record open writes there.
    pub fn writes(&self, at: &str, person: i64, internal: bool, now: Instant) {
        let doing = if internal { Doing::Notes } else { Doing::Replies };
        self.set(at, person, doing, now + WRITES_FOR);
    }

    /// They have sent it, or given it up.
    pub fn stops(&self, at: &str, person: i64) {
        self.set(at, person, Doing::Looks, 0);
    }

    fn set(&self, at: &str, person: i64, doing: Doing, until: Instant) {
        let mut all = self.lock();
        for here in all.own.values_mut().filter(|here| here.person == person && here.at == at) {
            here.writes_until = until;
            if here.doing != doing {
                here.doing = doing;
                self.changed();
            }
        }
    }

    /// Forgets what is over. Call it now and then.
    pub fn sweep(&self, now: Instant) {
        let mut all = self.lock();
        let mut changed = false;
        for here in all.own.values_mut().filter(|here| here.doing != Doing::Looks && here.writes_until <= now) {
            here.doing = Doing::Looks;
            changed = true;
        }
        let before = all.own.len() + all.others.len();
        all.own.retain(|_, here| here.left_at.is_none_or(|at| now - at < LINGERS));
        all.others.retain(|_, (at, _)| now - *at < BELIEVED);
        if changed || all.own.len() + all.others.len() != before {
            self.changed();
        }
    }

    /// Whether nobody is anywhere, as far as this node knows of its own pages.
    pub fn idle(&self) -> bool {
        self.lock().own.is_empty()
    }

    /// Who is where on this node, each once per record.
    pub fn own(&self) -> Vec<Present> {
        once(self.lock().own.values().map(present))
    }

    /// Takes what another node says of its own.
    pub fn hear(&self, node: &str, said: Vec<Present>, now: Instant) {
        let before = self.lock().others.insert(node.to_owned(), (now, said.clone()));
        if before.map(|(_, old)| old).unwrap_or_default() != said {
            self.changed();
        }
    }

    /// Who is at these records, on any node, each once per record; in the order of the records.
    pub fn at(&self, records: &[String]) -> Vec<Present> {
        let all = self.lock();
        let own = all.own.values().map(present);
        let others = all.others.values().flat_map(|(_, said)| said.iter().cloned());
        once(own.chain(others).filter(|it| records.contains(&it.at)))
    }
}

fn present(here: &Here) -> Present {
    Present { at: here.at.clone(), person: here.person, name: here.name.clone(), doing: here.doing }
}

/// One line per person and record, with the most they do there.
fn once(all: impl Iterator<Item = Present>) -> Vec<Present> {
    let mut one: BTreeMap<(String, i64), Present> = BTreeMap::new();
    for it in all {
        let kept = one.entry((it.at.clone(), it.person)).or_insert_with(|| it.clone());
        kept.doing = kept.doing.max(it.doing);
    }
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
        here.hear("there", there.own(), 0);
        assert_eq!(doing(&here, "INC-1"), [(7, Doing::Looks)]);
        let version = here.version();
        here.hear("there", there.own(), 10);
        assert_eq!(here.version(), version, "the same again is no change");
        here.sweep(10 + BELIEVED);
        assert_eq!(doing(&here, "INC-1"), [], "a node that fell silent is forgotten");
    }
}
