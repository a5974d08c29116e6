//! What a ticket's fields say that no column says: the same that the register's own rules would.

use super::plan::Plan;
use crate::ticket::rules::{priority, time_to_resolve};
use kernel::register::{Cell, Record};

/// Places of the fields that follow from others.
pub struct Derived {
    pub team: usize,
    pub summary: usize,
    pub opened_at: usize,
    pub source: usize,
    active: usize,
    resolved_at: usize,
    taken: usize,
    impact: usize,
    urgency: usize,
    priority: usize,
    priority_reason: usize,
    reassignments: Option<usize>,
    reopenings: Option<usize>,
    updates: Option<usize>,
    told_priority: bool,
    title: String,
}

impl Derived {
    /// Finds the places.
    pub fn new(plan: &Plan) -> Derived {
        let place = |key: &str| crate::ticket::INCIDENTS.fields.iter().position(|it| it.key == key).unwrap_or_default();
        let told = |key: &str| plan.rules.iter().any(|it| it.field.key == key);
        let unless_told = |key: &str| (!told(key)).then(|| place(key));
        Derived {
            team: place("team"),
            summary: place("summary"),
            opened_at: place("opened_at"),
            source: place("source_system"),
            active: place("active"),
            resolved_at: place("resolved_at"),
            taken: place("time_to_resolve"),
            impact: place("impact"),
            urgency: place("urgency"),
            priority: place("priority"),
            priority_reason: place("priority_reason"),
            reassignments: unless_told("reassignment_count"),
            reopenings: unless_told("reopen_count"),
            updates: unless_told("update_count"),
            told_priority: told("priority"),
            title: plan.mapping.title.clone(),
        }
    }

    /// The cells that follow, after the fields of a row are set. `team` is the team before, `count` the rows before.
    pub fn follows(&self, record: &Record, verb: &str, team: Option<i64>, count: usize) -> Vec<(usize, Cell)> {
        let int = |place: usize| record.cells[place].int();
        let active = crate::ticket::ACTIVE.contains(&record.state.as_str());
        let taken = time_to_resolve(int(self.opened_at), int(self.resolved_at));
        let mut cells = vec![(self.active, Cell::from(active)), (self.taken, Cell::from(taken))];
        let (impact, urgency) = (int(self.impact).unwrap_or(3), int(self.urgency).unwrap_or(3));
        cells.extend([(self.impact, impact.into()), (self.urgency, urgency.into())]);
        let matrix = priority(impact, urgency);
        let kept = int(self.priority).filter(|_| self.told_priority).unwrap_or(matrix);
        let reason = (kept != matrix).then(|| format!("As {} recorded it; impact and urgency would give {matrix}.", self.title));
        cells.extend([(self.priority, kept.into()), (self.priority_reason, Cell::from(reason))]);
        let moved = i64::from(team.is_some() && int(self.team).is_some() && int(self.team) != team);
        let reopened = i64::from(verb == "reopen");
        for (place, more) in [(self.reassignments, moved), (self.reopenings, reopened)] {
            cells.extend(place.map(|place| (place, Cell::Int(int(place).unwrap_or(0) + more))));
        }
        cells.extend(self.updates.map(|place| (place, Cell::Int(count as i64))));
        cells
    }
}
