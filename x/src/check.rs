//! `cargo x check`: the quick look before a commit.

use crate::args::Args;
use crate::step::Steps;
use crate::{Done, test};

/// Format, tidy, and clippy over everything; leaves building and running to `cargo x test`.
pub fn run(args: Args) -> Done {
    args.none()?;
    let mut steps = Steps::default();
    test::checks(&mut steps);
    steps.close(None)
}
