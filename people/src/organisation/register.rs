//! What an organisation is.

use super::tree;
use crate::calendar::zone;
use kernel::describe::{Choice, Register, Scope, choice, grant, line, link, opt};
use kernel::register::Draft;
use kernel::{Act, Result};

const KINDS: &[Choice] = &[opt("company", "Company"), opt("unit", "Unit"), opt("customer", "Customer"), opt("vendor", "Vendor")];

/// The register.
pub const REGISTER: Register = Register {
    key: "organisations",
    table: "organisation",
    prefix: "ORG",
    one: "Organisation",
    many: "Organisations",
    about: "A company, a unit of one, a customer or a vendor. Whoever acts in it sees its records and those of organisations below it.",
    icon: "network",
    room: "People",
    fields: &[
        line("name", "Name").title(),
        link("parent", "Part of", "organisations").listed().filtered().help("Those who act in that one see the records of this one too."),
        choice("kind", "Kind", KINDS).listed().filtered().preset("company"),
        line("zone", "Time zone")
            .preset("UTC")
            .help("An IANA name like Europe/Copenhagen; the people in it have it unless they say otherwise."),
        line("currency", "Currency").preset("EUR").limit(3).help("ISO 4217, like EUR."),
    ],
    grants: &[
        grant("manager", "read create edit retire import export", Scope::All),
        grant("agent", "read", Scope::All),
        grant("requester", "read", Scope::All),
        grant("approver", "read", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
    ],
    rules,
    completes,
    directory: true,
    sort: "name",
    ..Register::PLAIN
};

fn rules(draft: &mut Draft) {
    zone::check(draft, "zone");
    let currency = draft.text("currency");
    let valid = currency.is_empty() || currency.len() == 3 && currency.bytes().all(|it| it.is_ascii_uppercase());
    if !valid && draft.changed("currency") {
        draft.refuse("currency", "A currency is three capital letters, like EUR.");
    }
}

/// An organisation belongs to itself, so that those in it may see it and those in its siblings may not. One made by a person
/// without saying where stands below the organisation they act in; otherwise they could not see what they made.
fn completes(act: &mut Act, draft: &mut Draft) -> Result<()> {
    if draft.is_new() {
        draft.record.id = if draft.record.id == 0 { act.new_id() } else { draft.record.id };
        if draft.int("parent").is_none() && act.view.person != 0 {
            draft.set("parent", act.view.organisation);
        }
    }
    draft.record.organisation = draft.record.id;
    if draft.changed("parent") {
        tree::check(act, draft)?;
    }
    Ok(())
}
