//! Counts tests in what test runners print.

use std::ops::AddAssign;

/// Tests that held, did not, and were not run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Held.
    pub passed: u64,
    /// Did not hold.
    pub failed: u64,
    /// Not run.
    pub skipped: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Sums the closing lines of `cargo test` (`test result: ...`) and of node's runner (`# pass N`, `ℹ pass N`).
pub fn count(words: &str) -> Tally {
    let mut sum = Tally::default();
    for line in words.lines() {
        if let Some(rest) = line.strip_prefix("test result: ") {
            sum += cargo_line(rest);
        } else if let Some(rest) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) {
            sum += node_line(rest);
        }
    }
    sum
}

fn cargo_line(rest: &str) -> Tally {
    let mut tally = Tally::default();
    for part in rest.split(['.', ';']) {
        match part.trim().split_once(' ') {
            Some((number, "passed")) => tally.passed = number.parse().unwrap_or(0),
            Some((number, "failed")) => tally.failed = number.parse().unwrap_or(0),
            Some((number, "ignored")) => tally.skipped = number.parse().unwrap_or(0),
            _ => {}
        }
    }
    tally
}

fn node_line(rest: &str) -> Tally {
    let mut tally = Tally::default();
    if let Some((word, number)) = rest.split_once(' ') {
        let number = number.trim().parse().unwrap_or(0);
        match word {
            "pass" => tally.passed = number,
            "fail" | "cancelled" => tally.failed = number,
            "skipped" | "todo" => tally.skipped = number,
            _ => {}
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_and_node_are_summed() {
        let words = "running 2 tests\n\
            test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n\
            # tests 5\n# pass 4\n# fail 1\n# cancelled 1\n# skipped 2\n";
        assert_eq!(count(words), Tally { passed: 19, failed: 4, skipped: 3 });
        assert_eq!(count("ℹ pass 7\nℹ fail 0"), Tally { passed: 7, failed: 0, skipped: 0 });
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(count("# password reset 9\n5 passed\n"), Tally::default());
    }
}
