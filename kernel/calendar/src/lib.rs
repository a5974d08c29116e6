//! Working time.
