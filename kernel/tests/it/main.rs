//! The kernel with one small register, on both engines.

mod house;
mod jobs;
mod journal;
mod kept;
mod lists;
