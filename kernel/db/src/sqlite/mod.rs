//! SQLite: one writer that commits in groups, and readers with connections of their own.

mod connection;
mod convert;
mod fault;
mod reader;
mod statement;
mod writer;

pub(crate) use connection::{Connection, Role};
pub(crate) use fault::fault;
pub(crate) use reader::serve_reads;
pub(crate) use writer::{Limits, Writer};
