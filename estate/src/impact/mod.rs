//! Impact: what fails with a thing, and what it rests on, over the service graph.

mod pages;
mod rules;
mod store;
mod walk;

pub use rules::{Direction, Limits};
pub use store::Named;
pub(crate) use store::lists;
pub use walk::{Impact, Node, impact};

use kernel::describe::{Floor, Panel, Practice};
use kernel::web::Route;

/// The permission to follow the graph.
const MAY: &str = "relations.read";

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "impact",
    about: "What fails with a service or an item, and what it rests on.",
    floor: Floor::Estate,
    needs: &["service", "item", "relation"],
    routes: &[
        Route::get("/services/{reference}/impact", MAY, pages::page, "What fails with a service, and what it rests on."),
        Route::get("/services/{reference}/impact.json", MAY, pages::json, "The same as JSON."),
        Route::get("/configuration-items/{reference}/impact", MAY, pages::page, "What fails with an item, and what it rests on."),
        Route::get("/configuration-items/{reference}/impact.json", MAY, pages::json, "The same as JSON."),
    ],
    panels: &[
        Panel { on: "services", title: "Impact", may: MAY, show: pages::panel },
        Panel { on: "configuration-items", title: "Impact", may: MAY, show: pages::panel },
    ],
    ..Practice::PLAIN
};
