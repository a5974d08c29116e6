//! Imports: a file looked through, its columns guessed, its rows previewed and brought in.

mod chunk;
mod currency;
mod dates;
mod delimiter;
mod encoding;
mod gate;
mod guess;
mod lines;
mod mapping;
mod one;
mod plan;
mod preview;
mod reason;
mod rejects;
mod report;
mod rows;
mod run;
mod store;
mod synonyms;
mod table;

pub use dates::DateOrder;
pub use encoding::Encoding;
pub use guess::{ColumnGuess, MatchGuess, guess_identity, guess_mapping};
pub use mapping::{Mapping, Target};
pub use preview::{Preview, Would, preview};
pub use reason::reason;
pub use report::{Rejection, Report};
pub use rows::Row;
pub use run::{Options, run};
pub use table::{Form, Hint, Table, read};

/// The file cannot be read.
fn unreadable(why: &dyn std::fmt::Display) -> kernel::Error {
    kernel::Error::Conflict(format!("The file cannot be read: {why}. Rows read before are in; mend the file and run the import again."))
}
