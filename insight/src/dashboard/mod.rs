//! The desk dashboard: what came in, what was kept, how long it took, what lies about; each figure opens its records.

mod control;
mod pages;
pub(crate) mod period;
pub(crate) mod rules;
mod spread;
mod store;

use kernel::describe::{Floor, Practice};
use kernel::web::Route;

/// What it brings.
pub const PRACTICE: Practice = Practice {
    key: "dashboard",
    about: "The figures of the desk, each with its definition and its records.",
    floor: Floor::Insight,
    routes: &[
        Route::get("/desk/dashboard", "tickets.internal", pages::dashboard, "The figures of the desk").in_rail("Dashboard", "chart-line"),
        Route::get("/desk/dashboard/arrivals", "tickets.internal", pages::arrivals, "What came in on a weekday at an hour"),
    ],
    ..Practice::PLAIN
};
