//! A register of the tests' own, with one field of every guarded sort.

use kernel::describe::{
    Choice, Floor, Practice, Register, Rows, Scope, Undo, choice, grant, int, line, link, many, money, opt, state, text, time, verb,
};

const COLOURS: &[Choice] = &[opt("red", "Red"), opt("green", "Green")];

/// Things: owned, of a team, asked for, with an inner side and a secret price.
pub const THINGS: Register = Register {
    key: "things",
    table: "thing",
    prefix: "THG",
    one: "Thing",
    many: "Things",
    about: "A thing.",
    room: "Desk",
    fields: &[
        line("summary", "Summary").title(),
        text("notes", "Notes").internal().searched(),
        money("price", "Price").confidential(),
        int("weight", "Weight", 1, 100).filtered(),
        choice("colour", "Colour", COLOURS).filtered().preset("red"),
        time("due", "Due"),
        int("rank", "Rank", 0, 100).computed(),
        link("owner", "Owner", "people").filtered(),
        link("requester", "Requester", "people").filtered(),
        link("team", "Team", "teams").filtered(),
        many("parts", "Parts", "things"),
    ],
    states: &[state("open", "Open").starts(), state("closed", "Closed").ends()],
    verbs: &[
        verb("close", "Close…")
            .from(&["open"])
            .to("closed")
            .asks(&[line("why", "Why").required(), text("inner", "Inner reason").internal()]),
        verb("reopen", "Reopen").from(&["closed"]).to("open").undo(Undo::Never),
        verb("reply", "Reply").from(&["open"]),
        verb("burst", "Burst").runs(|_, _, _| panic!("burst as asked")),
    ],
    grants: &[
        grant("manager", "*", Scope::All),
        grant("agent", "read create edit retire close reopen burst", Scope::All),
        grant("requester", "read create reply", Scope::Requester),
    ],
    rows: Rows { owner: "owner", team: "team", requester: "requester" },
    rules: |draft| {
        let rank = draft.int("weight").map(|weight| weight / 2);
        draft.set("rank", rank);
    },
    ..Register::PLAIN
};

/// The practice.
pub const PRACTICE: Practice = Practice { key: "thing", about: "Things.", floor: Floor::Estate, registers: &[&THINGS], ..Practice::PLAIN };

/// Its table.
pub const TABLE: &str = "create table thing (
  id bigint primary key, reference text not null unique, organisation bigint not null, state text not null, version bigint not null,
  created_at bigint not null, updated_at bigint not null, retired_at bigint, summary text not null, notes text, price bigint,
  price_currency text, weight bigint, colour text, due bigint, rank bigint, owner bigint, requester bigint, team bigint, custom jsonb
);
";
