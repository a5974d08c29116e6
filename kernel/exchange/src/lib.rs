//! What goes out of a register as a file, and what comes in from one.
//!
//! | to | call |
//! |---|---|
//! | write out exactly what a viewer sees of a list | [`export`] |
//! | write out a table of figures | [`csv_table`] |
//! | look at a file before anything is done with it | [`read`] |
//! | guess which column is which field | [`guess_mapping`] |
//! | see how the first rows would be read | [`preview`] |
//! | bring the rows in | [`run`] |
//! | do either from the command line | [`command`] |
//! | show how far long work is | [`progress`] |

pub mod command;
mod export;
mod formula;
mod import;
pub mod progress;

pub use export::csv::table as csv_table;
pub use export::{Format, export};
pub use import::{
    ColumnGuess, DateOrder, Encoding, Form, Hint, Mapping, MatchGuess, Options, Preview, Rejection, Report, Row, Table, Target, Would,
    guess_identity, guess_mapping, preview, read, reason, run,
};
