//! The graph round a service or item: what it stands on to the left, what stands on it to the right, by layers. A page of a
//! higher floor says how its things stand and draws it.

mod fold;
mod layer;
mod map;
mod pages;
mod store;

pub use fold::{Folded, MOST_SHOWN, Seen, fold};
pub use layer::Layer;
pub use map::{Map, Thing, Way, map};
pub use pages::{Drawing, MOST_DRAWN, Mark, asked_time, picture, table};

use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "graph",
    about: "The graph round a service or item, by layers: what it stands on, what stands on it.",
    floor: Floor::Estate,
    needs: &["service", "item", "relation", "impact"],
    ..Practice::PLAIN
};
