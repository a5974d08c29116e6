//! The server from outside: requests in, answers out, over a real database.

mod api;
mod errors;
mod files;
mod first_run;
mod full_disk;
mod guard;
mod house;
mod idempotency;
mod live;
mod nonsense;
mod openapi;
mod operation;
mod people;
mod profile;
mod sign_in;
mod tokens;
mod world;
