//! How far long work is, said on standard error: a bar on a terminal, a line every few seconds elsewhere.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// A bar on a terminal moves this often; lines elsewhere come this often.
const ON_TERMINAL: Duration = Duration::from_millis(100);
const ELSEWHERE: Duration = Duration::from_secs(5);
/// Characters of the bar.
const WIDTH: u64 = 30;

/// Progress of one piece of work that goes through many equal things.
pub struct Progress {
    what: String,
    unit: &'static str,
    total: Option<u64>,
    terminal: bool,
    started: Instant,
    said: Instant,
    drawn: bool,
}

impl Progress {
    /// Begins: `what` is worked on, `unit` is counted in the plural (`rows`), `total` of them if known.
    pub fn begin(what: impl Into<String>, unit: &'static str, total: Option<u64>) -> Progress {
        let now = Instant::now();
        Progress { what: what.into(), unit, total, terminal: stderr().is_terminal(), started: now, said: now, drawn: false }
    }

    /// Says that `done` of them are done, unless it said so a moment ago. `remark` stands at the end (`12 rejected`); may be empty.
    pub fn at(&mut self, done: u64, remark: &str) {
        if self.said.elapsed() >= if self.terminal { ON_TERMINAL } else { ELSEWHERE } {
            self.said = Instant::now();
            self.say(done, remark);
        }
    }

    /// Says that so many bytes were written, where nothing else can be counted meanwhile.
    pub fn bytes(&mut self, bytes: u64) {
        if self.said.elapsed() >= if self.terminal { ON_TERMINAL } else { ELSEWHERE } {
            self.said = Instant::now();
            self.draw(&format!("{} {:.1} MB, {}", self.what, bytes as f64 / 1e6, clock(self.started.elapsed().as_secs_f64())));
        }
    }

    /// Ends: says the final count, with the rate, in a line that stays.
    pub fn end(mut self, done: u64, remark: &str) {
        self.total = Some(done);
        self.say(done, remark);
        if self.terminal {
            let _ = writeln!(stderr());
        }
    }

    fn say(&mut self, done: u64, remark: &str) {
        let line = line(&self.what, self.unit, done, self.total, self.started.elapsed(), self.terminal, remark);
        self.draw(&line);
    }

    fn draw(&mut self, line: &str) {
        // Nobody reads a closed standard error; the work goes on.
        let _ = match self.terminal {
            true => write!(stderr(), "{}{line}\x1b[K", if self.drawn { "\r" } else { "" }),
            false => writeln!(stderr(), "{line}"),
        };
        let _ = stderr().flush();
        self.drawn = true;
    }
}

fn line(what: &str, unit: &str, done: u64, total: Option<u64>, taken: Duration, bar: bool, remark: &str) -> String {
    let seconds = taken.as_secs_f64().max(0.001);
    let rate = done as f64 / seconds;
    let mut parts = vec![match total {
        Some(total) if total > done => format!("{} of {} {unit}", grouped(done), grouped(total)),
        _ => format!("{} {unit}", grouped(done)),
    }];
    parts.push(format!("{}/s", grouped(rate as u64)));
    match total {
        Some(total) if total > done && rate > 0.0 => parts.push(format!("{} left", clock((total - done) as f64 / rate))),
        _ => parts.push(clock(seconds)),
    }
    if !remark.is_empty() {
        parts.push(remark.to_owned());
    }
    let drawn = total.filter(|total| bar && *total > 0).map(|total| {
        let full = (done.min(total) * WIDTH / total) as usize;
        format!(" [{}{}]", "█".repeat(full), "·".repeat(WIDTH as usize - full))
    });
    format!("{what}{}  {}", drawn.unwrap_or_default(), parts.join(", "))
}

/// `1234567` as `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn clock(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    match whole {
        0..60 => format!("{whole} s"),
        60..3600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_many_how_fast_and_how_long() {
        let ten = Duration::from_secs(10);
        assert_eq!(line("people.csv", "rows", 2_500, Some(10_000), ten, false, ""), "people.csv  2,500 of 10,000 rows, 250/s, 30 s left");
        let bar = line("people.csv", "rows", 5_000, Some(10_000), ten, true, "3 rejected");
        assert!(bar.contains("[███████████████···············]"), "{bar}");
        assert!(bar.ends_with("10 s left, 3 rejected"));
        assert_eq!(line("x", "rows", 7_000_000, None, Duration::from_secs(3_700), true, ""), "x  7,000,000 rows, 1,891/s, 1 h 1 min");
    }
}
