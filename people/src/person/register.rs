//! What a person is.

use super::{address, roles, verbs};
use crate::calendar::zone;
use crate::organisation;
use kernel::describe::{Choice, Field, Register, Rows, Scope, bool, choice, grant, line, link, many, opt, state, text, time, verb};
use kernel::register::Draft;
use kernel::{Act, Result};

const KINDS: &[Choice] =
    &[opt("employee", "Employee"), opt("customer", "Customer"), opt("vendor-contact", "Vendor's contact"), opt("machine", "Machine")];

const ROLES: &[Field] = &[many("roles", "Roles", "roles").help("All the roles the person is to hold; what is left out is taken away.")];

/// The register. Roles are given with the permission `people.grant-roles`, also when they are sent with an edit.
pub const REGISTER: Register = Register {
    key: "people",
    table: "person",
    prefix: "PER",
    one: "Person",
    many: "People",
    about: "Everyone who asks, works, decides or delivers: employees, customers, vendors' contacts, and machines that sign in.",
    icon: "id-card",
    room: "People",
    fields: &[
        line("name", "Name").title(),
        line("email", "E-mail").listed().searched().limit(254).help("The address they sign in and write with; nobody else may have it."),
        line("job_title", "Job title").listed().searched(),
        choice("kind", "Kind", KINDS).filtered().preset("employee"),
        bool("vip", "VIP").filtered().help("Their requests are marked."),
        line("phone", "Telephone").searched().limit(60).section("Contact"),
        text("further_addresses", "Further addresses").searched().limit(2_000).section("Contact").help("One e-mail address a line."),
        line("site", "Site").listed().filtered().section("Contact").help("Where they work."),
        line("language", "Language").preset("en").limit(35).section("Contact").help("A language tag like en, da or pt-BR."),
        line("zone", "Time zone").limit(60).section("Contact").help("An IANA name like Europe/Copenhagen; empty takes the organisation's."),
        link("manager", "Manager", "people").filtered().section("Membership"),
        many("teams", "Teams", "teams").listed().filtered().section("Membership"),
        many("organisations", "Further organisations", "organisations")
            .filtered()
            .section("Membership")
            .help("Organisations they may act in besides the one their record belongs to."),
        many("roles", "Roles", "roles").listed().filtered().section("Membership").help("What they may do."),
        time("invited_at", "Invited").computed().section("Membership"),
    ],
    states: &[state("active", "Active").starts(), state("left", "Left").ends()],
    verbs: &[
        verb("invite", "Invite")
            .from(&["active"])
            .runs(verbs::invite)
            .undo(kernel::describe::Undo::Never)
            .help("Makes a link that works once and lets them choose a password; you hand it on."),
        verb("grant-roles", "Set roles…")
            .many("Set the roles of {}")
            .from(&["active"])
            .asks(ROLES)
            .runs(verbs::grant_roles)
            .help("Says which roles they hold."),
        verb("leave", "Mark as left")
            .from(&["active"])
            .to("left")
            .runs(verbs::leave)
            .help("Ends their memberships and roles; the record and its history stay."),
        verb("rejoin", "Rejoin").from(&["left"]).to("active").help("Takes them back, without the memberships they had."),
    ],
    grants: &[
        grant("manager", "read create edit retire import export invite leave rejoin", Scope::All),
        grant("agent", "read", Scope::All),
        grant("requester", "read", Scope::Own),
        grant("approver", "read", Scope::Own),
        grant("vendor", "read", Scope::Own),
        grant("auditor", "read export confidential internal", Scope::All),
    ],
    rows: Rows { owner: "id", team: "", requester: "" },
    rules,
    completes,
    directory: true,
    sort: "name",
    ..Register::PLAIN
};

fn rules(draft: &mut Draft) {
    address::check(draft);
    zone::check(draft, "zone");
    let language = draft.text("language");
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphanumeric());
    if draft.changed("language") && !language.is_empty() && !language.split('-').all(part) {
        draft.refuse("language", "This is no language tag. Write one like en, da or pt-BR.");
    }
    if draft.int("manager").is_some_and(|manager| manager == draft.record.id) {
        draft.refuse("manager", "Nobody is their own manager.");
    }
}

fn completes(act: &mut Act, draft: &mut Draft) -> Result<()> {
    address::alone(act, draft)?;
    roles::guard(act, draft)?;
    if draft.text("zone").is_empty() {
        let zone = organisation::zone(act.tx, draft.record.organisation)?;
        draft.set("zone", zone.unwrap_or_else(|| "UTC".into()));
    }
    Ok(())
}
