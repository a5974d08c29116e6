//! Exchange from outside: files out, files in, on a real database.

mod commands;
mod exports;
mod files;
mod guesses;
mod imports;
mod previews;
mod round_trip;
mod world;
