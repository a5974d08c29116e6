//! Nothing is resolved before it is answered: of one level and priority, resolution is not promised sooner than the first response.

use super::store;
use crate::level::{Level, Measure, Target};
use kernel::register::Draft;
use kernel::time::{parse_duration, typed_duration};
use kernel::{Act, Result};

/// Refuses a target that would make its level promise the resolution sooner than the first response. One that stays as it was
/// is left alone, so that an old record stays editable.
pub(super) fn completes(act: &mut Act, draft: &mut Draft) -> Result<()> {
    let (Some(level), Some(measure), Some(seconds)) = (draft.int("level"), Measure::read(draft.text("measure")), draft.int("within"))
    else {
        return Ok(());
    };
    let back = draft.before.as_ref().is_some_and(|before| before.retired_at.is_some());
    let moved = back || ["level", "measure", "priority", "within"].iter().any(|key| draft.changed(key));
    let Some(other) = counterpart(measure).filter(|_| moved && draft.record.retired_at.is_none()) else { return Ok(()) };
    let own = Target { measure, priority: draft.int("priority"), seconds, warn_percent: 0 };
    let targets = store::others(act.tx, level, draft.record.id)?;
    if let Some(against) = clash(Level { targets, ..Level::default() }, own, other) {
        draft.refuse("within", said(measure, against));
    }
    Ok(())
}

fn counterpart(measure: Measure) -> Option<Measure> {
    match measure {
        Measure::FirstResponse => Some(Measure::Resolution),
        Measure::Resolution => Some(Measure::FirstResponse),
        Measure::NextUpdate => None,
    }
}

/// Priorities are 1 to 5.
const PRIORITIES: std::ops::RangeInclusive<i64> = 1..=5;

/// The working time promised for the other measure against which a target of the level would stand the wrong way round, for some
/// priority whose tickets get it.
fn clash(mut level: Level, own: Target, other: Measure) -> Option<i64> {
    level.targets.push(own);
    let gets = |priority: &i64| level.target(own.measure, *priority) == Some(&own);
    let against = PRIORITIES.filter(gets).filter_map(|priority| level.target(other, priority)).map(|it| it.seconds);
    match own.measure {
        Measure::Resolution => against.filter(|seconds| own.seconds < *seconds).max(),
        _ => against.filter(|seconds| own.seconds > *seconds).min(),
    }
}

fn said(measure: Measure, against: i64) -> String {
    let against = typed_duration(against);
    match measure {
        Measure::Resolution => format!(
            "The resolution cannot be promised sooner than the first response, which is promised within {against}. Write {against} or more, or shorten the first response before."
        ),
        _ => format!(
            "The first response cannot be promised later than the resolution, which is promised within {against}. Write {against} or less, or lengthen the resolution before."
        ),
    }
}

/// In which order two targets of a level are moved one after the other so that what stands between is right too: whether the
/// resolution comes first, when the first response was promised within `answered` seconds.
pub fn resolution_first(answered: Option<i64>, resolved: &str) -> bool {
    answered.is_some_and(|answered| parse_duration(resolved).is_some_and(|resolved| resolved >= answered))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Measure::{FirstResponse, Resolution};

    fn target(measure: Measure, priority: Option<i64>, seconds: i64) -> Target {
        Target { measure, priority, seconds, warn_percent: 0 }
    }

    #[test]
    fn a_target_stands_against_what_tickets_of_its_priority_get() {
        let level = |targets: &[Target]| Level { targets: targets.to_vec(), ..Level::default() };
        let any = level(&[target(FirstResponse, None, 60), target(FirstResponse, Some(1), 10)]);
        assert_eq!(clash(any.clone(), target(Resolution, Some(1), 10), FirstResponse), None, "at once is not sooner");
        assert_eq!(clash(any.clone(), target(Resolution, Some(1), 9), FirstResponse), Some(10));
        assert_eq!(clash(any.clone(), target(Resolution, Some(2), 50), FirstResponse), Some(60), "what is for any priority counts");
        assert_eq!(clash(any, target(Resolution, None, 50), FirstResponse), Some(60));
        let own = level(&[target(Resolution, None, 60), target(Resolution, Some(1), 5)]);
        assert_eq!(clash(own, target(FirstResponse, None, 30), Resolution), Some(5));
        let each = (1..=5).map(|priority| target(Resolution, Some(priority), 90)).collect::<Vec<_>>();
        let each = level(&[each, vec![target(FirstResponse, None, 80)]].concat());
        assert_eq!(clash(each, target(Resolution, None, 1), FirstResponse), None, "no ticket gets it");
    }
}
