//! Attainment: the share of promises kept, of everything, of a service or of a service level, and why it is that share.

mod pages;
mod rules;
mod store;

pub use pages::steps;
pub use rules::{Counted, Scope};
pub use store::counted;

use kernel::describe::{Floor, Panel, Practice};
use kernel::web::Route;

/// What it brings.
pub const PRACTICE: Practice = Practice {
    key: "attainment",
    about: "The share of promises kept, and which tickets it is made of.",
    floor: Floor::Insight,
    routes: &[
        Route::get("/desk/dashboard/attainment", "tickets.read", pages::of_all, "Why the share of promises kept is what it is"),
        Route::get("/levels/{reference}/attainment", "levels.read", pages::of_level, "Why a level's share of promises kept is what it is"),
    ],
    panels: &[Panel { on: "levels", title: "Promises kept", may: "tickets.read", show: pages::panel }],
    ..Practice::PLAIN
};
