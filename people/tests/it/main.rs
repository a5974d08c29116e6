//! The people floor, through the engine, on a real database.

mod calendars;
mod organisations;
mod persons;
mod roles;
mod world;
