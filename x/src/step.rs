//! The steps of a long task: each named and timed, then one table and one closing line.

use crate::command::Ran;
use crate::tally::{self, Tally};
use crate::{Done, paint, passing, places};
use std::time::{Duration, Instant};

/// How a step ended.
pub enum End {
    /// It held; with a count when it ran tests, and a few words to stand beside it.
    Held(Option<Tally>, String),
    /// It did not hold; with the count and everything a person needs to see.
    Failed(Option<Tally>, String),
    /// It was not run, and why.
    Skipped(String),
}

/// With less room than this, in MB, programs fail in ways that say nothing of it.
const FULL: u64 = 500;

/// The steps run so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<(String, Duration, End)>,
}

impl End {
    /// From a program that runs tests or checks: its words are shown when it failed.
    pub fn of(ran: Ran) -> End {
        let counted = tally::count(&ran.words);
        let counted = (counted != Tally::default()).then_some(counted);
        match ran.ok {
            true => End::Held(counted, String::new()),
            false => End::Failed(counted, ran.words),
        }
    }

    fn tally(&self) -> Tally {
        match self {
            End::Held(Some(counted), _) => *counted,
            End::Held(None, _) => Tally { passed: 1, ..Tally::default() },
            End::Failed(Some(counted), _) => Tally { failed: counted.failed.max(1), ..*counted },
            End::Failed(None, _) => Tally { failed: 1, ..Tally::default() },
            End::Skipped(_) => Tally { skipped: 1, ..Tally::default() },
        }
    }
}

impl Steps {
    /// Runs one step and says how it ended; what failed is shown at once and in full.
    pub fn run(&mut self, name: &str, step: impl FnOnce() -> Done<End>) -> bool {
        eprintln!("{} {name}", paint::quiet("..."));
        let begun = Instant::now();
        let end = step().unwrap_or_else(|sentence| End::Failed(None, sentence));
        let took = begun.elapsed();
        if let End::Failed(_, words) = &end {
            eprintln!("{}", words.trim_end());
            if let Some(left) = passing::free(&places::root()).filter(|megabytes| *megabytes < FULL) {
                eprintln!("{}", paint::bad(&format!("the disk is all but full, {left} MB are free: that alone may be why")));
            }
        }
        eprintln!("{}", line(name, took, &end));
        let held = !matches!(end, End::Failed(..));
        self.done.push((name.to_owned(), took, end));
        held
    }

    /// The sum of all steps.
    pub fn tally(&self) -> Tally {
        let mut sum = Tally::default();
        self.done.iter().for_each(|(_, _, end)| sum += end.tally());
        sum
    }

    /// Prints the table on stderr and `N passed, N failed` as the last line on stdout; fails when a step did.
    pub fn close(self, budget: Option<Duration>) -> Done {
        eprintln!();
        self.done.iter().for_each(|(name, took, end)| eprintln!("{}", line(name, *took, end)));
        let whole: Duration = self.done.iter().map(|(_, took, _)| *took).sum();
        let of = budget.map(|limit| format!(" of {} budgeted", minutes(limit))).unwrap_or_default();
        eprintln!("  {:<22} {:>8}{of}\n", "all", minutes(whole));
        let failed: Vec<_> = self.done.iter().filter(|step| matches!(step.2, End::Failed(..))).map(|step| step.0.as_str()).collect();
        let Tally { passed, failed: count, skipped } = self.tally();
        let tail = if skipped == 0 { String::new() } else { format!(", {skipped} skipped") };
        if !failed.is_empty() {
            eprintln!("{}", paint::bad(&format!("did not hold: {}", failed.join(", "))));
        }
        println!("{passed} passed, {count} failed{tail}");
        // Nothing more is said after the closing line, which programs read.
        if failed.is_empty() { Ok(()) } else { Err(String::new()) }
    }
}

fn line(name: &str, took: Duration, end: &End) -> String {
    let (word, note) = match end {
        End::Held(_, note) => (paint::good("ok"), note.clone()),
        End::Failed(..) => (paint::bad("FAILED"), String::new()),
        End::Skipped(why) => (paint::warn("not run"), why.clone()),
    };
    let counted = match end {
        End::Held(Some(t), _) | End::Failed(Some(t), _) => {
            format!("{} passed, {} failed ", t.passed, t.failed)
        }
        _ => String::new(),
    };
    format!("  {name:<22} {:>8} {word} {counted}{note}", minutes(took)).trim_end().to_owned()
}

/// A duration as a person reads it: `0.4 s`, `2:05 min`.
pub fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 { format!("{:.1} s", time.as_secs_f64()) } else { format!("{}:{:02} min", seconds / 60, seconds % 60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_fails_counts_even_without_tests() {
        let mut steps = Steps::default();
        assert!(steps.run("one", || Ok(End::Held(Some(Tally { passed: 3, ..Tally::default() }), String::new()))));
        assert!(!steps.run("two", || Err("no".into())));
        assert!(steps.run("three", || Ok(End::Skipped("nothing to run".into()))));
        assert_eq!(steps.tally(), Tally { passed: 3, failed: 1, skipped: 1 });
        assert_eq!(steps.close(None), Err(String::new()));
    }

    #[test]
    fn durations_read_well() {
        assert_eq!(minutes(Duration::from_millis(420)), "0.4 s");
        assert_eq!(minutes(Duration::from_secs(125)), "2:05 min");
    }
}
