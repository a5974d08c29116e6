//! Why a ticket's own figures are what they are: reasons worked out anew, to be compared with what it shows.

use super::course::course;
use super::rules::{priority as matrix, time_to_resolve as between};
use super::{ACTIVE, register_of, store};
use db::Tx;
use kernel::Result;
use kernel::explain::{self, Question, Reason, Reasons, Told};
use kernel::register::Cell;
use promises::calendars::Calendars;
use promises::clock::{self, Kept, ledger, level_name};
use promises::level::{Measure, book};

/// Times shown one by one; older ones are one of them.
const MOST: usize = 12;

/// Impact and urgency, the matrix, and what was set against it.
pub fn priority(_: &mut Tx, asked: &Question) -> Result<Reasons> {
    let record = asked.record;
    let follows = matrix(record.int("impact").unwrap_or(3), record.int("urgency").unwrap_or(3));
    let told = record.int("priority").unwrap_or(follows);
    let against = record.text("priority_reason");
    let mut list = vec![
        Reason::of(record, "impact").note("how much it harms"),
        Reason::of(record, "urgency").note("how soon it must be mended"),
        Reason::new("Matrix of impact and urgency", format!("P{follows}")),
    ];
    if against.is_empty() {
        list.push(Reason::new("Set to another by a person?", "no").rejected());
        return Ok(Reasons::new(list, follows, "Impact and urgency, unless a person gave another with a reason"));
    }
    list[2] = list[2].clone().rejected();
    list.push(Reason::new("Set to another", format!("P{told}")).note(against));
    Ok(Reasons::new(list, told, "Impact and urgency, unless a person gave another with a reason"))
}

/// The state decides.
pub fn active(_: &mut Tx, asked: &Question) -> Result<Reasons> {
    let state = asked.record.state.as_str();
    let label = asked.record.shape.register.state(state).map_or(state, |it| it.label);
    let owed = ACTIVE.contains(&state);
    let list = vec![Reason::new("State", label).note(if owed { "something is still owed" } else { "nothing is owed any more" })];
    Ok(Reasons::new(list, owed, "Not resolved, closed or cancelled"))
}

/// Which register its row stands in.
pub fn kind(_: &mut Tx, asked: &Question) -> Result<Reasons> {
    let prefix = asked.record.reference.split('-').next().unwrap_or_default();
    let own = asked.house.register_of(&asked.record.reference).map_or("incidents", |it| it.key);
    let kind = if own == register_of("request").key { "request" } else { "incident" };
    Ok(Reasons::new(vec![Reason::new("Its reference begins with", prefix)], kind, "The register it was opened in"))
}

/// From the opening to the resolution.
pub fn time_to_resolve(_: &mut Tx, asked: &Question) -> Result<Reasons> {
    let record = asked.record;
    let list = vec![
        Reason::of(record, "opened_at").note("when it was opened"),
        Reason::of(record, "resolved_at").note("when it was last resolved; empty while it is not"),
    ];
    let taken = between(record.int("opened_at"), record.int("resolved_at"));
    Ok(Reasons::new(list, taken, "The time between them, by the clock on the wall"))
}

/// Each change of the team.
pub fn reassignments(tx: &mut Tx, asked: &Question) -> Result<Reasons> {
    explain::counted(tx, asked, "team")
}

/// Each time it was opened again, or changed at all.
pub fn counter(tx: &mut Tx, asked: &Question) -> Result<Reasons> {
    explain::counted(tx, asked, "")
}

/// The ledger of the resolution, summed up; for what was imported with its outcome: what the source said.
pub fn made_sla(tx: &mut Tx, asked: &Question) -> Result<Reasons> {
    let record = asked.record;
    let clock = clock::of_ticket(tx, record.id)?.into_iter().find(|clock| clock.measure == Measure::Resolution);
    if !record.text("source_system").is_empty() {
        return explain::journalled(tx, asked);
    }
    let Some(clock) = clock else {
        return Ok(Reasons::new(vec![Reason::new("A promise on the resolution", "none").rejected()], Cell::Null, asked.field.help));
    };
    let book = book(tx, asked.house)?;
    let kept = Kept::load(tx, &Calendars::of(asked.house), &book, &clock)?;
    let ledger = ledger(&kept, &course(tx, record.id)?, asked.now);
    let (level, reference) = level_name(tx, &clock)?;
    let whole_days = kept.calendar().around_the_clock();
    let whole = |ms: i64| ui::format::working(ms / 1_000, whole_days);
    let counted = ledger.reading.elapsed_ms;
    let off: i64 = ledger.intervals.iter().map(|it| it.until - it.from - it.counted_ms).sum();
    let here = format!("/{}/{}", record.shape.register.key, record.reference);
    let mut list = vec![
        Reason::new(level, whole(clock.target_ms())).note("working time promised").records(format!("/levels/{reference}")),
        Reason::new("Working time used", whole(counted))
            .note("each interval stands in the ledger")
            .records(format!("{here}?why=resolution")),
        Reason::new("Rest, nights and days off", ui::format::duration(off / 1_000)).note("did not count").rejected(),
    ];
    list.extend(
        ledger
            .replaced
            .iter()
            .map(|old| Reason::new(old.reason.clone(), whole(old.reading.target.seconds * 1_000)).note("promised before").rejected()),
    );
    list.push(match clock.breached_at.filter(|_| clock.broken > 0) {
        Some(at) => Reason { told: Some(Told { actor: None, at }), ..Reason::new("Broken", "once it was used up") },
        None if clock.broken > 0 => Reason::new("Broken", "under the terms before"),
        None => Reason::new("Broken", "not so far"),
    });
    let basis =
        "No once the promise to resolve is broken, which is noted within 15 seconds; yes once it is resolved in time; empty until then";
    Ok(Reasons::new(list, clock.kept(), basis))
}

/// The times people added.
pub fn time_spent(tx: &mut Tx, asked: &Question) -> Result<Reasons> {
    let all = store::time_entry::of_ticket(tx, asked.record.id)?;
    let sum: i64 = all.iter().map(|it| it.seconds).sum();
    let skip = all.len().saturating_sub(MOST);
    let mut list = Vec::new();
    if skip > 0 {
        let before: i64 = all[..skip].iter().map(|it| it.seconds).sum();
        list.push(Reason::new(format!("{skip} earlier times"), ui::format::working(before, false)));
    }
    for one in &all[skip..] {
        let told = Some(Told { actor: one.person, at: one.at });
        list.push(Reason { told, ..Reason::new(ui::format::working(one.seconds, false), "added").note(one.note.as_str()) });
    }
    if list.is_empty() {
        list.push(Reason::new("Times added", "none"));
    }
    let value = if all.is_empty() { asked.record.int("time_spent").filter(|it| *it == 0) } else { Some(sum) };
    Ok(Reasons::new(list, value, asked.field.help))
}
