//! What a vendor is.

use kernel::describe::{Choice, Register, Rows, Scope, choice, grant, line, link, many, opt, text};

const KINDS: &[Choice] = &[
    opt("supplier", "Supplier"),
    opt("service-provider", "Service provider"),
    opt("cloud-provider", "Cloud provider"),
    opt("manufacturer", "Manufacturer"),
    opt("consultancy", "Consultancy"),
];

/// The register.
pub const REGISTER: Register = Register {
    key: "vendors",
    table: "vendor",
    prefix: "VEN",
    one: "Vendor",
    many: "Vendors",
    about: "An organisation outside that supplies something a service stands on.",
    icon: "handshake",
    room: "Books",
    fields: &[
        line("name", "Name").title(),
        choice("kind", "Kind", KINDS).listed().filtered(),
        link("owner", "Owner", "people").listed().filtered().help("Who answers for the relationship."),
        many("services", "Services", "services").filtered().help("What stands on them."),
        line("website", "Website"),
        line("email", "E-mail").searched(),
        line("phone", "Phone").limit(60),
        line("account_number", "Our number with them").confidential(),
        text("about", "About").searched(),
    ],
    grants: &[
        grant("manager", "*", Scope::All),
        grant("agent", "read", Scope::All),
        grant("approver", "read", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
        grant("vendor", "read", Scope::Own),
    ],
    rows: Rows { owner: "owner", team: "", requester: "" },
    sort: "name",
    ..Register::PLAIN
};
