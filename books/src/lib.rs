//! The books floor.
