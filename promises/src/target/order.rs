//! Nothing is resolved before it is answered: of one level and priority, resolution is not promised sooner than the first response.

use super::store;
use crate::level::{Level, Measure, Target};
use kernel::register::{Draft, Record};
use kernel::time::typed_duration;
use kernel::{Act, Result};
use std::collections::BTreeSet;

/// Refuses a target that would make its level promise the resolution sooner than the first response, be it by what it says or by
/// no longer being there. What stays as it was is left alone, so that an old record stays editable.
pub(super) fn completes(act: &mut Act, draft: &mut Draft) -> Result<()> {
    let (before, after) = (draft.before.clone(), draft.record.clone());
    let levels: BTreeSet<i64> = before.iter().chain([&after]).filter_map(|it| it.int("level")).collect();
    for level in levels {
        let others = store::others(act.tx, level, after.id)?;
        let was = before.as_ref().and_then(|it| promised(it, level));
        if let Some(why) = wrong(&others, after.id, was, promised(&after, level)) {
            draft.refuse("within", why);
            break;
        }
    }
    Ok(())
}

/// What a record promises to a level, if it is in force and complete.
fn promised(record: &Record, level: i64) -> Option<Target> {
    let measure = Measure::read(record.text("measure"))?;
    let own = Target { measure, priority: record.int("priority"), seconds: record.int("within")?, warn_percent: 0 };
    Some(own).filter(|_| record.int("level") == Some(level) && record.retired_at.is_none())
}

/// Priorities are 1 to 5.
const PRIORITIES: std::ops::RangeInclusive<i64> = 1..=5;

/// Why a target of a level may not become from what it was what it is to be, beside the others of the level, each with its id.
fn wrong(others: &[(i64, Target)], id: i64, was: Option<Target>, is: Option<Target>) -> Option<String> {
    let level = |own: Option<Target>| {
        let mut targets: Vec<(i64, Target)> = others.iter().copied().chain(own.map(|own| (id, own))).collect();
        // Of several for the same, the oldest counts; a new one has no id yet and comes last.
        targets.sort_by_key(|(id, _)| if *id == 0 { i64::MAX } else { *id });
        Level { targets: targets.into_iter().map(|(_, target)| target).collect(), ..Level::default() }
    };
    let (before, after) = (level(was), level(is));
    let mut turned = PRIORITIES.filter_map(|it| clash(&after, it).filter(|now| clash(&before, it) != Some(*now))).peekable();
    let first = *turned.peek()?;
    let own = |measure| is.is_some_and(|own| own.measure == measure && turned.clone().any(|it| it.of(measure) == own.seconds));
    Some(if own(Measure::Resolution) {
        let against = typed_duration(turned.map(|it| it.answered).max().unwrap_or(first.answered));
        format!(
            "The resolution cannot be promised sooner than the first response, which is promised within {against}. Write {against} or more, or shorten the first response before."
        )
    } else if own(Measure::FirstResponse) {
        let against = typed_duration(turned.map(|it| it.resolved).min().unwrap_or(first.resolved));
        format!(
            "The first response cannot be promised later than the resolution, which is promised within {against}. Write {against} or less, or lengthen the resolution before."
        )
    } else {
        let (answered, resolved) = (typed_duration(first.answered), typed_duration(first.resolved));
        format!(
            "Without this target the level would promise the resolution within {resolved} and the first response only within {answered}. Change the one that would stand for all priorities before."
        )
    })
}

/// Seconds promised that stand the wrong way round.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Clash {
    answered: i64,
    resolved: i64,
}

impl Clash {
    fn of(self, measure: Measure) -> i64 {
        if measure == Measure::Resolution { self.resolved } else { self.answered }
    }
}

/// What stands the wrong way round for tickets of a priority.
fn clash(level: &Level, priority: i64) -> Option<Clash> {
    let within = |measure| level.target(measure, priority).map(|it| it.seconds);
    let (answered, resolved) = (within(Measure::FirstResponse)?, within(Measure::Resolution)?);
    Some(Clash { answered, resolved }).filter(|_| resolved < answered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Measure::{FirstResponse, Resolution};

    fn target(measure: Measure, priority: Option<i64>, seconds: i64) -> Target {
        Target { measure, priority, seconds, warn_percent: 0 }
    }

    /// Others, the oldest first, with ids from 10 on.
    fn aged(others: &[Target]) -> Vec<(i64, Target)> {
        (10..).zip(others.iter().copied()).collect()
    }

    /// Against what a new target stands.
    fn new(others: &[Target], is: Target) -> Option<String> {
        let why = wrong(&aged(others), 0, None, Some(is))?;
        Some(why.split_once("which is promised within ")?.1.split_once('.')?.0.to_owned())
    }

    #[test]
    fn a_target_stands_against_what_tickets_of_its_priority_get() {
        let any = [target(FirstResponse, None, 60), target(FirstResponse, Some(1), 10)];
        assert_eq!(new(&any, target(Resolution, Some(1), 10)), None, "at once is not sooner");
        assert_eq!(new(&any, target(Resolution, Some(1), 9)).as_deref(), Some("10s"));
        assert_eq!(new(&any, target(Resolution, Some(2), 50)).as_deref(), Some("1m"), "what is for any priority counts");
        assert_eq!(new(&any, target(Resolution, None, 50)).as_deref(), Some("1m"));
        let own = [target(Resolution, None, 60), target(Resolution, Some(1), 5)];
        assert_eq!(new(&own, target(FirstResponse, None, 30)).as_deref(), Some("5s"));
        let each: Vec<Target> = (1..=5).map(|priority| target(Resolution, Some(priority), 90)).collect();
        let each = [each, vec![target(FirstResponse, None, 80)]].concat();
        assert_eq!(new(&each, target(Resolution, None, 1)), None, "no ticket gets it");
    }

    #[test]
    fn of_two_for_the_same_the_older_counts() {
        let others = aged(&[target(FirstResponse, Some(2), 60), target(Resolution, Some(2), 90)]);
        let (was, is) = (Some(target(FirstResponse, Some(2), 15)), Some(target(FirstResponse, Some(2), 100)));
        assert!(wrong(&others, 1, was, is).is_some_and(|why| why.contains("within 1m 30s")), "tickets get this one");
        assert!(wrong(&others, 20, was, is).is_none(), "tickets get the other one");
    }

    #[test]
    fn what_a_target_leaves_behind_stands_in_order_too() {
        let others = aged(&[target(FirstResponse, None, 60), target(Resolution, None, 90), target(Resolution, Some(1), 20)]);
        let answer = Some(target(FirstResponse, Some(1), 10));
        let why = wrong(&others, 1, answer, None).expect("it is missed");
        assert!(why.contains("within 20s") && why.contains("only within 1m"), "{why}");
        assert!(wrong(&others, 1, answer, Some(target(FirstResponse, Some(2), 10))).is_some(), "of another priority it is missed as well");
        assert!(wrong(&others[..2], 1, answer, None).is_none(), "what is for all others stands in order");
        let old = aged(&[target(FirstResponse, None, 60)]);
        let short = Some(target(Resolution, None, 30));
        assert!(wrong(&old, 20, short, short).is_none(), "what was so before is left alone");
        assert!(wrong(&old, 20, short, None).is_none());
    }
}
