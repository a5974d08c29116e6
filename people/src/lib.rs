//! The people floor.
