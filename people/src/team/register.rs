//! What a team is.

use kernel::describe::{Register, Rows, Scope, grant, int, line, link, text};
use kernel::register::Draft;

/// The register. Who belongs to a team stands with the person.
pub const REGISTER: Register = Register {
    key: "teams",
    table: "team",
    prefix: "TEA",
    one: "Team",
    many: "Teams",
    about: "A group of people that work is assigned to.",
    icon: "users",
    room: "People",
    fields: &[
        line("name", "Name").title(),
        link("lead", "Lead", "people").listed().filtered(),
        int("tier", "Tier", 1, 3).listed().filtered().help("1: takes calls; 2: solves; 3: engineers."),
        line("email", "E-mail").limit(254).help("What is sent there is sent to the whole team."),
        text("about", "About").searched(),
    ],
    grants: &[
        grant("manager", "read create edit retire import export", Scope::All),
        grant("agent", "read export", Scope::All),
        grant("requester", "read", Scope::All),
        grant("approver", "read", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
    ],
    rows: Rows { owner: "lead", team: "", requester: "" },
    rules,
    directory: true,
    sort: "name",
    ..Register::PLAIN
};

fn rules(draft: &mut Draft) {
    crate::person::address::check_one(draft, "email");
}
