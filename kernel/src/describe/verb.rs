//! A verb: something that can be done to a record.

use super::Field;
use crate::act::Act;
use crate::error::Result;
use crate::register::{Draft, Record};
use crate::who::View;
use db::Tx;

/// What a verb was asked with: one value per field of [`Verb::asks`], checked like a record's own fields.
pub type Input = Draft;

/// What a verb does: changes the draft, may write beside it, may refuse. The engine then saves and journals the draft.
pub type Run = fn(&mut Act, &mut Draft, &Input) -> Result<()>;

/// Keys of what a verb asks that would say nothing about this record, as one viewer may know it.
pub type LeavesOut = fn(&mut Tx, &View, &Record) -> Result<&'static [&'static str]>;

/// How a verb is undone.
#[derive(Clone, Copy)]
pub enum Undo {
    /// It cannot be.
    Never,
    /// By putting back the fields it changed, while nobody has changed them since.
    Fields,
    /// By a function that gets the draft and the entry's input, besides putting back the fields.
    By(Run),
}

/// One entry of a register's verb table. From it come the button, its form, the bulk action, the API endpoint,
/// the permission `register.verb` and the journal entry.
#[derive(Clone, Copy)]
pub struct Verb {
    /// Kebab-case; URL segment, permission and journal word.
    pub key: &'static str,
    /// What the button says; ends in `…` if it asks for more.
    pub label: &'static str,
    /// States it may start from; empty: any.
    pub from: &'static [&'static str],
    /// State it leads to; empty: stays (or the function decides).
    pub to: &'static str,
    /// What it asks for.
    pub asks: &'static [Field],
    /// What its form does not ask of a record to which it does not apply.
    pub leaves_out: LeavesOut,
    /// What it does beyond moving the state.
    pub runs: Run,
    /// How it is undone.
    pub undo: Undo,
    /// One sentence for the reference and the menu.
    pub help: &'static str,
    /// What somebody did who did it, "assigned it"; empty: said by its label alone.
    pub done: &'static str,
    /// What it is called where it is done to many, with `{}` for what they are: "Let {} wait"; empty: its label and then what they are.
    pub many: &'static str,
    /// The key that starts it on a page (`e`), or empty.
    pub hotkey: &'static str,
    /// Whether it may be done to many records at once.
    pub bulk: bool,
    /// Whether doing it again changes nothing, and then leaves no entry in the journal.
    pub idempotent: bool,
}

/// A verb that only moves the state until refined.
pub const fn verb(key: &'static str, label: &'static str) -> Verb {
    Verb {
        key,
        label,
        from: &[],
        to: "",
        asks: &[],
        leaves_out: |_, _, _| Ok(&[]),
        runs: |_, _, _| Ok(()),
        undo: Undo::Fields,
        help: "",
        done: "",
        many: "",
        hotkey: "",
        bulk: true,
        idempotent: false,
    }
}

impl Verb {
    /// States it may start from.
    pub const fn from(mut self, states: &'static [&'static str]) -> Verb {
        self.from = states;
        self
    }
    /// State it leads to.
    pub const fn to(mut self, state: &'static str) -> Verb {
        self.to = state;
        self
    }
    /// What it asks for.
    pub const fn asks(mut self, fields: &'static [Field]) -> Verb {
        self.asks = fields;
        self
    }
    /// What its form does not ask where it does not apply.
    pub const fn leaves_out(mut self, leaves_out: LeavesOut) -> Verb {
        self.leaves_out = leaves_out;
        self
    }
    /// What it does.
    pub const fn runs(mut self, run: Run) -> Verb {
        self.runs = run;
        self
    }
    /// How it is undone.
    pub const fn undo(mut self, undo: Undo) -> Verb {
        self.undo = undo;
        self
    }
    /// One sentence of help.
    pub const fn help(mut self, help: &'static str) -> Verb {
        self.help = help;
        self
    }
    /// What somebody did who did it, in the past.
    pub const fn done(mut self, done: &'static str) -> Verb {
        self.done = done;
        self
    }
    /// What it is called where it is done to many.
    pub const fn many(mut self, many: &'static str) -> Verb {
        self.many = many;
        self
    }
    /// The key that starts it.
    pub const fn hotkey(mut self, key: &'static str) -> Verb {
        self.hotkey = key;
        self
    }
    /// Doing it again changes nothing, and then leaves no trace.
    pub const fn idempotent(mut self) -> Verb {
        self.idempotent = true;
        self
    }
    /// Only one record at a time.
    pub const fn single(mut self) -> Verb {
        self.bulk = false;
        self
    }
}
