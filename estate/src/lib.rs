//! The estate floor: services, the items that carry them, the relations between them, and what a failure reaches.

pub mod graph;
pub mod impact;
pub mod item;
pub mod relation;
pub mod service;
pub mod window;

/// The practices of this floor.
pub const PRACTICES: &[&kernel::describe::Practice] =
    &[&service::PRACTICE, &item::PRACTICE, &relation::PRACTICE, &impact::PRACTICE, &graph::PRACTICE, &window::PRACTICE];
