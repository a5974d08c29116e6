//! A register: a kind of record, described once.

use super::{Field, Grant, Verb};
use crate::act::Act;
use crate::error::Result;
use crate::register::Draft;

/// A state of a flow.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// snake_case, as the API speaks it.
    pub key: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// New records start here. Exactly one state of a flow starts.
    pub starts: bool,
    /// Nothing is owed any more.
    pub ends: bool,
    /// Waiting for someone else: clocks may pause.
    pub waits: bool,
}

/// A state in the middle of a flow.
pub const fn state(key: &'static str, label: &'static str) -> State {
    State { key, label, starts: false, ends: false, waits: false }
}

impl State {
    /// New records start here.
    pub const fn starts(mut self) -> State {
        self.starts = true;
        self
    }
    /// Nothing is owed any more.
    pub const fn ends(mut self) -> State {
        self.ends = true;
        self
    }
    /// Waiting for someone else.
    pub const fn waits(mut self) -> State {
        self.waits = true;
        self
    }
}

/// Which fields carry the row scopes of [`super::Scope`]. Empty: the register has no such notion.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rows {
    /// A link to people: who owns it or works on it.
    pub owner: &'static str,
    /// A link to teams.
    pub team: &'static str,
    /// A link to people: who asked.
    pub requester: &'static str,
}

/// A kind of record.
#[derive(Clone, Copy)]
pub struct Register {
    /// Plural, kebab-case: URL segment, API kind, permission prefix.
    pub key: &'static str,
    /// The table, singular, snake_case.
    pub table: &'static str,
    /// A constant column of the table that tells this register's rows (`("kind", "incident")`), if it shares the table.
    pub within: Option<(&'static str, &'static str)>,
    /// Prefix of references (`INC` gives `INC-1042`). Unique, except for a read-only register over a shared table.
    pub prefix: &'static str,
    /// Singular for people.
    pub one: &'static str,
    /// Plural for people.
    pub many: &'static str,
    /// One sentence: what it is.
    pub about: &'static str,
    /// Name of its icon in the sprite.
    pub icon: &'static str,
    /// Heading of the rail it stands under; empty: not in the rail.
    pub room: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
    /// Sections of fields that matter later: folded where a record is made.
    pub later: &'static [&'static str],
    /// Its flow; empty: no states.
    pub states: &'static [State],
    /// What can be done beyond create, edit and retire.
    pub verbs: &'static [Verb],
    /// Default grants.
    pub grants: &'static [Grant],
    /// Which fields carry row scopes.
    pub rows: Rows,
    /// What somebody may do to a record that is shared with them if their roles let them do it to some records only, their own say:
    /// what belongs to the owner or whoever asked is not in it. Those who may do it to all records may do it to shared ones too.
    pub shared: &'static [&'static str],
    /// Cross-field rules and computed fields; runs on every write, from wherever. Pure.
    pub rules: fn(&mut Draft),
    /// What must be looked up or written beside the row when it is created or changed (inside the transaction,
    /// before the row is stored).
    pub completes: fn(&mut Act, &mut Draft) -> Result<()>,
    /// Its names may be shown to anyone signed in who sees a link to them (people, teams, services).
    pub directory: bool,
    /// Cannot be created through the engine (a read-only face of a shared table, or records only verbs make).
    pub closed: bool,
    /// Keys of the registers whose rows it shows, for a read-only face of a table that several registers share.
    pub shows: &'static [&'static str],
    /// Default order of its list: field key, descending if prefixed with `-`.
    pub sort: &'static str,
    /// A yes-or-no field, always filled, that comes before the time of change in the indexes: what is worked on stands
    /// together there, and is moved without touching the pages of the rest. Lists in order of change are merged of both.
    pub parted: &'static str,
}

impl Register {
    /// A register with nothing in it, to be completed with `..Register::PLAIN`.
    pub const PLAIN: Register = Register {
        key: "",
        table: "",
        within: None,
        prefix: "",
        one: "",
        many: "",
        about: "",
        icon: "file-text",
        room: "",
        fields: &[],
        later: &[],
        states: &[],
        verbs: &[],
        grants: &[],
        rows: Rows { owner: "", team: "", requester: "" },
        shared: &["read"],
        rules: |_| {},
        completes: |_, _| Ok(()),
        directory: false,
        closed: false,
        shows: &[],
        sort: "-updated_at",
        parted: "",
    };

    /// A field by key, without the fields of the organisation's own.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
    /// The field that names a record.
    pub fn title(&self) -> &'static Field {
        self.fields.iter().find(|field| field.title).expect("a register has a title field; a test holds it")
    }
    /// A verb by key.
    pub fn verb(&self, key: &str) -> Option<&'static Verb> {
        self.verbs.iter().find(|verb| verb.key == key)
    }
    /// A state by key.
    pub fn state(&self, key: &str) -> Option<&'static State> {
        self.states.iter().find(|state| state.key == key)
    }
    /// The state of a new record; empty where there is no flow.
    pub fn first_state(&self) -> &'static str {
        self.states.iter().find(|state| state.starts).map_or("", |state| state.key)
    }
    /// Every permission there is on it: the engine's verbs and its own.
    pub fn permissions(&self) -> impl Iterator<Item = &'static str> {
        const ENGINE: &[&str] = &["read", "create", "edit", "retire", "import", "export", "share", "redact", "confidential", "internal"];
        ENGINE.iter().copied().chain(self.verbs.iter().map(|verb| verb.key))
    }
}
