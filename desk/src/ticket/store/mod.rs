//! What is read and written of tickets beside their register: one file for each table, and one for merging.

pub mod draft;
pub mod held;
pub mod looked;
pub mod mention;
pub mod merge;
pub mod message;
pub mod notice;
pub mod ticket;
pub mod time_entry;
pub mod today;
pub mod value;
