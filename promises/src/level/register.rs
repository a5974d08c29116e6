//! What a service level is.

use kernel::describe::{Choice, Register, Scope, bool, choice, grant, int, line, link, opt, text};

const KIND: &[Choice] =
    &[opt("sla", "Service level agreement"), opt("ola", "Operational level agreement"), opt("uc", "Underpinning contract")];

const TICKETS: &[Choice] = &[opt("all", "Incidents and requests"), opt("incident", "Incidents"), opt("request", "Requests")];

const PAUSES: &str = "Pauses";

/// The register.
pub const LEVELS: Register = Register {
    key: "levels",
    table: "level",
    prefix: "SLA",
    one: "Service level",
    many: "Service levels",
    about: "What is promised to whom, for which service, in which working time. Its targets say how soon.",
    icon: "timer",
    room: "Promises",
    fields: &[
        line("name", "Name").title(),
        choice("kind", "Kind", KIND).required().preset("sla").listed().filtered().help("Only agreements with customers start clocks."),
        text("about", "About").searched(),
        link("service", "Service", "services").listed().filtered().help("Only for tickets about this service; empty: for any."),
        link("customer", "Customer", "organisations").listed().filtered().help("Only for tickets of this organisation; empty: for any."),
        choice("tickets", "Applies to", TICKETS).required().preset("all").filtered(),
        link("calendar", "Working time", "calendars").required().listed().help("In which time the targets count."),
        int("promised_share", "Promised share, %", 1, 100)
            .listed()
            .filtered()
            .help("Of the promises to resolve, the share that is to be kept in a month; empty: none was agreed."),
        bool("pauses_requester", "While waiting for the requester").preset("true").section(PAUSES),
        bool("pauses_vendor", "While waiting for a vendor").preset("false").section(PAUSES),
        bool("pauses_other", "While waiting for anything else").preset("false").section(PAUSES),
    ],
    grants: &[
        grant("manager", "read create edit retire import export", Scope::All),
        grant("agent", "read export", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
    ],
    sort: "name",
    ..Register::PLAIN
};
