//! The estate floor.
