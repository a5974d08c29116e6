//! What an improvement is: a plain register.

use db::Tx;
use kernel::Result;
use kernel::describe::{Register, Rows, Scope, date, grant, int, line, link, real, state, text, verb};
use kernel::explain::{Question, Reason, Reasons};
use kernel::register::{Cell, Draft, Record};

/// The register.
pub const REGISTER: Register = Register {
    key: "improvements",
    table: "improvement",
    prefix: "IMP",
    one: "Improvement",
    many: "Improvements",
    about: "Something that is to become better: from a baseline to a target, with what was measured.",
    icon: "rocket",
    room: "Books",
    fields: &[
        line("summary", "What becomes better").title(),
        text("about", "About").searched(),
        real("baseline", "Baseline").help("The figure before."),
        real("target", "Target").listed(),
        real("measured", "Measured").listed().help("The figure now."),
        line("unit", "Unit").limit(40),
        int("progress", "Progress, %", -1_000, 1_000)
            .computed()
            .listed()
            .help("How much of the way from baseline to target is done.")
            .because(because),
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

/// How much of the way is done, in per cent; none without a way.
fn progress(it: &Record) -> Option<i64> {
    let number = |key| if let Cell::Real(number) = it.get(key) { Some(*number) } else { None };
    let (from, to, now) = (number("baseline")?, number("target")?, number("measured")?);
    let way = ((to - from).abs() > f64::EPSILON).then(|| ((now - from) / (to - from) * 100.0).round())?;
    Some(way.clamp(-1_000.0, 1_000.0) as i64)
}

fn rules(it: &mut Draft) {
    let progress = progress(&it.record);
    it.set("progress", progress);
}

fn because(_: &mut Tx, asked: &Question) -> Result<Reasons> {
    let of = |key| Reason::of(asked.record, key);
    let list = vec![of("baseline"), of("target"), of("measured").note("the way done so far, as a share of the whole way")];
    Ok(Reasons::new(list, progress(asked.record), "(measured − baseline) ÷ (target − baseline)"))
}
