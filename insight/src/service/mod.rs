//! A service at a glance: how it stands, what it stands on and what stands on it, whether its promises are kept, what is open.

mod pages;
mod rules;
mod store;

use kernel::describe::{Floor, Practice};
use kernel::web::Route;

/// The permission to follow the graph.
const GRAPH: &str = "relations.read";

/// What it brings.
pub const PRACTICE: Practice = Practice {
    key: "service_page",
    about: "A service at a glance: health, graph, promises, tickets, and what hangs on it.",
    floor: Floor::Insight,
    needs: &["attainment"],
    routes: &[
        Route::get("/services/{reference}", "services.read", pages::service, "A service at a glance"),
        Route::get("/services/{reference}/graph", GRAPH, pages::graph, "What a service stands on, and what stands on it, by layers"),
        Route::get("/configuration-items/{reference}/graph", GRAPH, pages::graph, "The same of a configuration item"),
    ],
    ..Practice::PLAIN
};
