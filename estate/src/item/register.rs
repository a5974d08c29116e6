//! What a configuration item is.

use kernel::describe::{Choice, Register, Rows, Scope, choice, date, grant, line, link, opt, state, time, verb};

const KINDS: &[Choice] = &[
    opt("server", "Server"),
    opt("virtual-machine", "Virtual machine"),
    opt("container", "Container"),
    opt("database", "Database"),
    opt("network-device", "Network device"),
    opt("application", "Application"),
    opt("endpoint", "Endpoint"),
    opt("storage", "Storage"),
    opt("location", "Location"),
    opt("outside", "Outside the house"),
    opt("other", "Other"),
];

const ENVIRONMENTS: &[Choice] =
    &[opt("production", "Production"), opt("staging", "Staging"), opt("test", "Test"), opt("development", "Development")];

/// The register.
pub const REGISTER: Register = Register {
    key: "configuration-items",
    table: "item",
    prefix: "ITM",
    one: "Configuration item",
    many: "Configuration items",
    about: "Something a service is made of and that is worth knowing: a server, a database, a device, a place.",
    icon: "table-2",
    room: "Estate",
    fields: &[
        line("name", "Name").title(),
        choice("kind", "Kind", KINDS).listed().filtered().preset("other"),
        link("service", "Service", "services").listed().filtered().help("The service it mainly belongs to; relations say the rest."),
        choice("environment", "Environment", ENVIRONMENTS).listed().filtered().preset("production"),
        link("owner", "Owner", "people").filtered(),
        link("team", "Team", "teams").listed().filtered().help("Looks after it."),
        line("serial", "Serial number").searched().section("Origin"),
        line("vendor_name", "Made by").searched().section("Origin"),
        line("site", "Site").filtered().searched().section("Origin"),
        date("installed_on", "Installed on").section("Origin"),
        time("last_seen", "Last seen").section("Origin").help("When a source last confirmed that it exists."),
    ],
    states: &[
        state("planned", "Planned"),
        state("in_use", "In use").starts(),
        state("stock", "In stock"),
        state("retired", "Retired").ends(),
    ],
    verbs: &[
        verb("plan", "Plan").from(&["in_use", "stock"]).to("planned").help("It is not there yet."),
        verb("install", "Put in use").from(&["planned", "stock"]).to("in_use").help("It works from now on."),
        verb("store", "Put in stock").from(&["planned", "in_use"]).to("stock").help("It is kept and not used."),
        verb("scrap", "Scrap").from(&["planned", "in_use", "stock"]).to("retired").help("It is gone; its history stays."),
    ],
    grants: &[
        grant("manager", "*", Scope::All),
        grant("agent", "read create edit import export plan install store scrap", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
        grant("vendor", "read", Scope::Own),
    ],
    rows: Rows { owner: "owner", team: "team", requester: "" },
    sort: "name",
    ..Register::PLAIN
};
