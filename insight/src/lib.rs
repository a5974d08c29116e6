//! The insight floor.
