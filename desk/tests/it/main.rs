//! Stories of the desk on a database of their own: people by name, a clock one can move, verbs in order.

mod chips;
mod clocks;
mod first_hour;
mod import;
mod merging;
mod overtaken;
mod pages;
mod plans;
mod portal;
mod privacy;
mod queue;
mod real_year;
mod replying;
mod talk;
mod windows;
mod world;
