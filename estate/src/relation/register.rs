//! What a relation is.

use super::kind::{KINDS, word};
use super::store;
use db::Tx;
use kernel::describe::{Register, Scope, choice, grant, int, line, link_any, time, verb};
use kernel::explain::{Question, Reason, Reasons};
use kernel::register::{Cell, Draft};
use kernel::{Act, Result};

/// The register. It shares its table with the links of fields, which it does not show.
pub const REGISTER: Register = Register {
    key: "relations",
    table: "relation",
    within: Some(("edge", "graph")),
    prefix: "REL",
    one: "Relation",
    many: "Relations",
    about: "An edge of the service graph: one thing depends on, runs on, contains or feeds another, from when until when.",
    icon: "workflow",
    room: "Estate",
    fields: &[
        line("name", "Name").title().computed().because(because),
        link_any("source", "From").required().filtered().help("The reference of a service, an item or any other record."),
        choice("kind", "Kind", KINDS)
            .required()
            .listed()
            .filtered()
            .preset("depends_on")
            .help("A failure goes against depends on, runs on, connects to and uses, and along contains and feeds."),
        link_any("target", "To").required().filtered(),
        time("valid_from", "Valid from").section("Time").help("Empty: from now."),
        time("valid_until", "Valid until").listed().filtered().section("Time").help("Empty: until further notice."),
        line("origin", "Origin").listed().filtered().section("Evidence").help("Who or what says so."),
        time("last_seen", "Last seen").section("Evidence").help("When its origin last confirmed it."),
        int("certainty", "Certainty", 0, 100).section("Evidence").help("In per cent; 100 is known."),
    ],
    verbs: &[verb("end", "End").runs(end).help("It is no longer so from now on; the graph of earlier times keeps it.")],
    grants: &[
        grant("manager", "*", Scope::All),
        grant("agent", "read create edit retire import export end", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
    ],
    completes,
    ..Register::PLAIN
};

/// Names the relation after its ends, and refuses one that leads back to where it starts.
fn completes(act: &mut Act, draft: &mut Draft) -> Result<()> {
    if draft.get("valid_from").is_null() {
        draft.set("valid_from", act.at);
    }
    if draft.int("valid_until").is_some_and(|until| draft.int("valid_from").is_some_and(|from| until < from)) {
        draft.refuse("valid_until", "It cannot end before it begins.");
    }
    let (Cell::Any(source_kind, source), Cell::Any(target_kind, target)) = (draft.get("source").clone(), draft.get("target").clone())
    else {
        return Ok(());
    };
    if source == target {
        draft.refuse("target", "A relation leads from one thing to another, not back to the same.");
    }
    if draft.is_new() || ["source", "target", "kind"].into_iter().any(|key| draft.changed(key)) {
        let from = store::reference(act.tx, act.house, &source_kind, source)?;
        let to = store::reference(act.tx, act.house, &target_kind, target)?;
        let name = format!("{from} {} {to}", word(draft.text("kind")));
        draft.set("name", name);
    }
    Ok(())
}

/// It is named after its ends.
fn because(tx: &mut Tx, asked: &Question) -> Result<Reasons> {
    let mut end = |key: &str| match asked.record.get(key) {
        Cell::Any(kind, id) => store::reference(tx, asked.house, kind, *id),
        _ => Ok(String::new()),
    };
    let (from, to) = (end("source")?, end("target")?);
    let kind = word(asked.record.text("kind"));
    let list = vec![Reason::new("From", from.clone()), Reason::new("Kind", kind.clone()), Reason::new("To", to.clone())];
    Ok(Reasons::new(list, format!("{from} {kind} {to}"), "A relation is named after its ends"))
}

fn end(act: &mut Act, draft: &mut Draft, _: &Draft) -> Result<()> {
    if draft.int("valid_until").is_some_and(|until| until <= act.at) {
        draft.refuse("valid_until", "It has ended already.");
    } else {
        draft.set("valid_until", act.at);
    }
    Ok(())
}
