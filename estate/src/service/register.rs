//! What a service is.

use kernel::describe::{Choice, Register, Rows, Scope, choice, grant, level, line, link, many, money, opt, rung, state, text, verb};

const KINDS: &[Choice] = &[
    opt("business-process", "Business process"),
    opt("business-service", "Business service"),
    opt("technical-service", "Technical service"),
    opt("application", "Application"),
];

/// How much depends on a service.
pub const CRITICALITY: &[Choice] = &[rung(1, "1", "Vital"), rung(2, "2", "High"), rung(3, "3", "Medium"), rung(4, "4", "Low")];

/// The register.
pub const REGISTER: Register = Register {
    key: "services",
    table: "service",
    prefix: "SVC",
    one: "Service",
    many: "Services",
    about: "What people get: something that is promised, carried by items and worth something an hour.",
    icon: "layers",
    room: "Estate",
    fields: &[
        line("name", "Name").title(),
        text("about", "About").searched().help("What it does for whom, in words that they use."),
        choice("kind", "Kind", KINDS).listed().filtered().preset("business-service"),
        level("criticality", "Criticality", CRITICALITY).listed().filtered().preset("3").help("How much stops when it stops."),
        link("owner", "Owner", "people").listed().filtered().help("Answers for it."),
        link("team", "Team", "teams").listed().filtered().help("Restores it."),
        money("value_per_hour", "Value an hour").internal().help("What an hour without it costs."),
        many("customers", "Customers", "organisations").filtered().help("Who gets it."),
    ],
    states: &[
        state("concept", "Concept").starts(),
        state("design", "Design"),
        state("transition", "Transition"),
        state("live", "Live"),
        state("retired", "Retired").ends(),
    ],
    verbs: &[
        verb("design", "Design").from(&["concept"]).to("design").help("The idea was accepted; it is being designed."),
        verb("prepare", "Prepare").from(&["concept", "design"]).to("transition").help("It is being built, tested and handed over."),
        verb("go-live", "Go live").from(&["concept", "design", "transition"]).to("live").help("People get it from now on."),
        verb("decommission", "Decommission")
            .from(&["concept", "design", "transition", "live"])
            .to("retired")
            .help("Nobody gets it any more."),
    ],
    grants: &[
        grant("manager", "*", Scope::All),
        grant("agent", "read create edit import export internal design prepare go-live", Scope::All),
        grant("requester", "read", Scope::All),
        grant("approver", "read internal", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
        grant("vendor", "read", Scope::Own),
    ],
    rows: Rows { owner: "owner", team: "team", requester: "" },
    directory: true,
    sort: "name",
    ..Register::PLAIN
};
