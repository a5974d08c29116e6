//! One test binary for the whole house, through the outside: HTTP in process, on SQLite and on PostgreSQL
//! (`REEVE_TEST_ENGINE=postgres`).

mod amounts;
mod backups;
mod battery;
mod browsed;
mod descriptions;
mod grants;
mod guide;
mod plans;
mod round_trip;
mod routes;
mod schema;
mod service;
mod story_dashboard;
mod story_desk;
mod story_notices;
mod story_portal;
mod story_today;
mod story_who;
mod values;
mod why;
mod words;
mod world;
