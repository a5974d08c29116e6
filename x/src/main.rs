//! The tasks of development.
fn main() {}
