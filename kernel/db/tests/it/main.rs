//! The database floor from outside, on both engines.

mod backups;
mod conflicts;
mod contract;
mod groups;
mod limits;
mod migrations;
mod numbers;
mod place;
mod reconnect;
mod tls;
mod values;
