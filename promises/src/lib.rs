//! The promises floor.
