//! What an improvement is: a plain register.

use kernel::describe::{Register, Rows, Scope, date, grant, int, line, link, real, state, text, verb};
use kernel::register::Draft;

/// The register.
pub const REGISTER: Register = Register {
    key: "improvements",
    table: "improvement",
    prefix: "IMP",
    one: "Improvement",
    many: "Improvements",
    about: "Something that is to become better: from a baseline to a target, with what was measured.",
    icon: "chart-line",
    room: "Books",
    fields: &[
        line("summary", "What becomes better").title(),
        text("about", "About").searched(),
        real("baseline", "Baseline").help("The figure before."),
        real("target", "Target").listed(),
        real("measured", "Measured").listed().help("The figure now."),
        line("unit", "Unit").limit(40),
        int("progress", "Progress, %", -1_000, 1_000).computed().listed().help("How much of the way from baseline to target is done."),
        link("owner", "Owner", "people").listed().filtered(),
        date("due_on", "Due on").listed().filtered(),
        text("outcome", "Outcome").searched(),
    ],
    states: &[
        state("proposed", "Proposed").starts(),
        state("agreed", "Agreed"),
        state("in_progress", "In progress"),
        state("done", "Done").ends(),
        state("rejected", "Rejected").ends(),
    ],
    verbs: &[
        verb("agree", "Agree").from(&["proposed"]).to("agreed").help("It is worth doing."),
        verb("start", "Start").from(&["agreed"]).to("in_progress").help("Work begins."),
        verb("finish", "Finish").from(&["in_progress"]).to("done").help("It is done and measured."),
        verb("reject", "Reject").from(&["proposed", "agreed"]).to("rejected").help("It is not worth doing."),
    ],
    grants: &[
        grant("manager", "*", Scope::All),
        grant("agent", "read create", Scope::All),
        grant("agent", "edit start finish", Scope::Own),
        grant("auditor", "read export confidential internal", Scope::All),
    ],
    rows: Rows { owner: "owner", team: "", requester: "" },
    rules,
    ..Register::PLAIN
};

fn rules(it: &mut Draft) {
    let number = |key| if let kernel::register::Cell::Real(number) = it.get(key) { Some(*number) } else { None };
    let way = match (number("baseline"), number("target"), number("measured")) {
        (Some(from), Some(to), Some(now)) if (to - from).abs() > f64::EPSILON => Some(((now - from) / (to - from) * 100.0).round()),
        _ => None,
    };
    it.set("progress", way.map(|share| share.clamp(-1_000.0, 1_000.0) as i64));
}
