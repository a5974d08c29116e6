//! Impact: what fails with a thing, and what it rests on, over the service graph.

use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "impact",
    about: "What fails with a service or an item, and what it rests on.",
    floor: Floor::Estate,
    needs: &["service", "item", "relation"],
    ..Practice::PLAIN
};
