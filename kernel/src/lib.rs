//! The kernel: what every practice stands on, knowing none of them.
