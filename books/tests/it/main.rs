//! The books floor, through the engine, on a real database.

mod contracts;
mod registers;
mod world;
