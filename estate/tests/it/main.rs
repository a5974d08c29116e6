//! The estate floor, through the engine, on a real database.

mod graph;
mod impact;
mod registers;
mod world;
