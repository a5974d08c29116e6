//! Stories of the desk on a database of their own: people by name, a clock one can move, verbs in order.

mod clocks;
mod merging;
mod privacy;
mod talk;
mod world;
