//! Roles: what a person may do. What each grants stands with the registers, and the organisation may change it.

mod pages;
mod register;
mod rules;
mod seed;
mod store;
mod verbs;

pub use register::REGISTER;
pub use seed::{SHIPPED, seed};
pub use store::id_of;

use crate::remembered::forgets;
use kernel::describe::{Floor, Panel, Practice};
use kernel::web::Route;

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "role",
    about: "Named sets of permissions that people hold.",
    floor: Floor::People,
    registers: &[&REGISTER],
    routes: &[
        Route::get("/roles/{reference}/grant", "roles.grant", pages::choose, "Asks on which register a role is to do otherwise."),
        Route::get("/roles/{reference}/grants/{register}", "roles.grant", pages::page, "What a role may do on one register."),
        Route::post("/roles/{reference}/grants/{register}", "roles.grant", pages::save, "Changes what a role may do on one register."),
    ],
    panels: &[Panel { on: "roles", title: "What it may do", may: "", show: pages::panel }],
    reactions: &[forgets("roles")],
    ..Practice::PLAIN
};
