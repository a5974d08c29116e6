//! The binary as a library, so that tests stand the same house up: practices, opening, and the commands.

pub mod args;
pub mod command;
pub mod demo;

pub mod open;
pub mod plans;
pub mod practices;
mod store;
