//! What follows from a ticket's own values: priority, whether it is active, counters. Pure.

use super::INCIDENTS;
use super::flow::ACTIVE;
use kernel::register::{Cell, Draft, Record};

/// The priority that impact and urgency give (1 high to 3 low each): 1 critical to 4 low.
pub fn priority(impact: i64, urgency: i64) -> i64 {
    match (impact, urgency) {
        (1, 1) => 1,
        (1, 2) | (2, 1) => 2,
        (2, 2) | (1, 3) | (3, 1) => 3,
        _ => 4,
    }
}

/// The lowest priority that is serious, as a literal that a constant of SQL can hold: critical (1) and high (2) are.
macro_rules! least_serious {
    () => {
        2
    };
}
pub(super) use least_serious;

/// The lowest priority that is serious: critical (1) and high (2) are.
pub const LEAST_SERIOUS: i64 = least_serious!();

/// Whether a ticket of this priority keeps something from working that the business counts by the hour.
pub fn serious(priority: i64) -> bool {
    priority <= LEAST_SERIOUS
}

/// The serious priorities as a condition of a list's address: `priority=1,2`.
pub fn serious_ones() -> String {
    let all: Vec<String> = (1..=LEAST_SERIOUS).map(|priority| priority.to_string()).collect();
    format!("priority={}", all.join(","))
}

/// Whether what a record stops is counted in money: an active incident of a serious priority.
pub fn costs(record: &Record) -> bool {
    let incident = record.shape.register.key == INCIDENTS.key;
    incident && ACTIVE.contains(&record.state.as_str()) && record.int("priority").is_some_and(serious)
}

/// What a loss by the hour comes to from one instant to another (milliseconds), in whole units of money, given in minor ones.
pub fn so_far(minor: i64, since: i64, until: i64) -> i64 {
    let spent = i128::from(minor) * i128::from((until - since).max(0)) / 3_600_000;
    (i64::try_from(spent).unwrap_or(i64::MAX) / 100) * 100
}

/// What follows from the values of a draft, whoever changed them.
pub fn rules(draft: &mut Draft) {
    if draft.get("impact").is_null() {
        draft.set("impact", 3);
    }
    if draft.get("urgency").is_null() {
        draft.set("urgency", 3);
    }
    if draft.get("priority_reason").is_null() || draft.get("priority").is_null() {
        let from = priority(draft.int("impact").unwrap_or(3), draft.int("urgency").unwrap_or(3));
        draft.set("priority", from);
    }
    if draft.state() == "new" && !draft.get("assignee").is_null() {
        draft.set_state("assigned");
    }
    if draft.state() != "pending" {
        draft.set("pending_reason", Cell::Null);
    }
    draft.set("active", ACTIVE.contains(&draft.state()) && draft.record.retired_at.is_none());
    draft.set("time_to_resolve", time_to_resolve(draft.int("opened_at"), draft.int("resolved_at")));
    count(draft);
}

/// Seconds from the opening to the resolution (milliseconds since the epoch); none while one of them is missing or they are
/// the wrong way round, as logs of other systems have them.
pub fn time_to_resolve(opened_at: Option<i64>, resolved_at: Option<i64>) -> Option<i64> {
    Some((resolved_at? - opened_at?) / 1000).filter(|seconds| *seconds >= 0)
}

/// Counts a change of team and a change at all, unless whoever made the draft has counted already (an import, an undo).
fn count(draft: &mut Draft) {
    let Some(before) = &draft.before else {
        return for_new(draft);
    };
    let team = before.int("team");
    let moved = team.is_some() && draft.int("team").is_some() && draft.int("team") != team;
    let same = before.cells == draft.record.cells && before.state == draft.record.state;
    if moved && !draft.changed("reassignment_count") {
        draft.set("reassignment_count", draft.int("reassignment_count").unwrap_or(0) + 1);
    }
    if !same && !draft.changed("update_count") {
        draft.set("update_count", draft.int("update_count").unwrap_or(0) + 1);
    }
}

fn for_new(draft: &mut Draft) {
    for counter in ["reassignment_count", "reopen_count", "update_count"] {
        if draft.get(counter).is_null() {
            draft.set(counter, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{priority, so_far, time_to_resolve};

    #[test]
    fn a_loss_by_the_hour_adds_up_in_whole_units() {
        assert_eq!(so_far(3_240_000, 0, 38 * 60_000), 2_052_000, "38 min of 32,400 an hour are 20,520");
        assert_eq!((so_far(100, 10, 0), so_far(i64::MAX, 0, i64::MAX)), (0, i64::MAX / 100 * 100));
    }

    #[test]
    fn a_ticket_takes_from_its_opening_to_its_resolution() {
        assert_eq!(time_to_resolve(Some(1_000), Some(61_999)), Some(60));
        assert_eq!((time_to_resolve(Some(1_000), None), time_to_resolve(Some(9_000), Some(1_000))), (None, None));
    }

    /// ITIL's matrix, written out: rows by impact, columns by urgency.
    #[test]
    fn impact_and_urgency_give_the_priority_of_the_matrix() {
        let matrix = [[1, 2, 3], [2, 3, 4], [3, 4, 4]];
        for (impact, row) in (1..).zip(matrix) {
            for (urgency, expected) in (1..).zip(row) {
                assert_eq!(priority(impact, urgency), expected, "impact {impact}, urgency {urgency}");
            }
        }
    }
}
