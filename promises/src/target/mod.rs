//! A target of a service level: how soon a response, an update or the resolution is due.

mod order;
mod pages;
mod store;

use crate::level::forgets;
use db::Tx;
use kernel::Result;
use kernel::describe::{Choice, Floor, Panel, Practice, Register, Scope, choice, duration, grant, int, level, line, link, opt, rung};
use kernel::explain::{Question, Reason, Reasons};
use kernel::register::Draft;

/// Targets.
pub const PRACTICE: Practice = Practice {
    key: "target",
    about: "Targets: how soon a service level promises a response, an update and the resolution.",
    floor: Floor::Promises,
    needs: &["level"],
    registers: &[&TARGETS],
    panels: &[Panel { on: "levels", title: "Targets", may: "targets.read", show: pages::panel }],
    reactions: &[forgets("targets")],
    ..Practice::PLAIN
};

const MEASURE: &[Choice] = &[opt("first_response", "First response"), opt("next_update", "Next update"), opt("resolution", "Resolution")];

const PRIORITY: &[Choice] =
    &[rung(1, "1", "Critical"), rung(2, "2", "High"), rung(3, "3", "Moderate"), rung(4, "4", "Low"), rung(5, "5", "Planning")];

/// The register.
pub const TARGETS: Register = Register {
    key: "targets",
    table: "target",
    prefix: "TGT",
    one: "Target",
    many: "Targets",
    about: "How soon a service level promises a response, an update or the resolution, in its working time.",
    icon: "timer",
    fields: &[
        line("name", "Name").title().computed().because(because),
        link("level", "Service level", "levels").required().listed().filtered(),
        choice("measure", "What is promised", MEASURE).required().listed().filtered(),
        level("priority", "Priority", PRIORITY).listed().filtered().help("For tickets of this priority; empty: for all others."),
        duration("within", "Within").required().working().listed().help("Working time."),
        int("warn_at_percent", "Warn at", 0, 100).preset("75").help("Share of the time in percent after which the clock warns; 0: never."),
    ],
    grants: &[
        grant("manager", "read create edit retire import export", Scope::All),
        grant("agent", "read export", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
    ],
    rules: name,
    completes: order::completes,
    sort: "name",
    ..Register::PLAIN
};

/// "Resolution, critical": targets have no other name.
fn named(measure: &str, priority: Option<i64>) -> String {
    let label = |of: &[Choice], key: &str| of.iter().find(|it| it.key == key).map_or("", |it| it.label).to_owned();
    let measure = label(MEASURE, measure);
    match priority.map(|rung| label(PRIORITY, &rung.to_string()).to_lowercase()) {
        Some(priority) => format!("{measure}, {priority}"),
        None => format!("{measure}, any priority"),
    }
}

fn name(draft: &mut Draft) {
    let name = named(draft.text("measure"), draft.int("priority"));
    draft.set("name", name);
}

fn because(_: &mut Tx, asked: &Question) -> Result<Reasons> {
    let list = vec![Reason::of(asked.record, "measure"), Reason::of(asked.record, "priority").note("none: any")];
    let name = named(asked.record.text("measure"), asked.record.int("priority"));
    Ok(Reasons::new(list, name, "A target is named after what it promises"))
}
