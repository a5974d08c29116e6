//! The morning: what needs this person today, most at stake first; what happened last night; how the services stand.
//!
//! Practices contribute the lines (`Practice::today`); this page ranks them and knows nothing of any practice.

mod chosen;
mod day;
mod facts;
mod gather;
mod health;
mod night;
mod pages;
mod rank;
mod store;

use kernel::describe::{Floor, Practice};
use kernel::web::Route;

/// Those who do the work; who only asks has a page of their own.
const MAY: &str = "tickets.internal";

/// What it brings.
pub const PRACTICE: Practice = Practice {
    key: "today",
    about: "What needs a person today, most at stake first, with the reason and the verb beside it.",
    floor: Floor::Insight,
    routes: &[
        Route::get("/today", MAY, pages::today, "What needs you today").in_rail("Today", "sunrise").first(),
        Route::get("/today/sheet", MAY, pages::sheet, "The morning on one sheet of paper, to hand over").called("Hand-over sheet"),
        Route::get("/today/order", MAY, pages::order, "Why the lines of the morning stand in their order")
            .called("Why the morning stands in its order"),
        Route::get("/today/counts", MAY, pages::counts, "Which lines the morning may have, and which are turned off")
            .called("What counts in the morning"),
        Route::post("/today/counts", MAY, pages::choose, "Turns lines of the morning on and off"),
    ],
    ..Practice::PLAIN
};
