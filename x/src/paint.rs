//! Colour, and only where a person reads: on a terminal that did not refuse it.

use std::io::IsTerminal;

fn wanted() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

fn wrap(code: &str, text: &str) -> String {
    if wanted() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Something held.
pub fn good(text: &str) -> String {
    wrap("32", text)
}

/// Something did not hold.
pub fn bad(text: &str) -> String {
    wrap("1;31", text)
}

/// Something to know.
pub fn warn(text: &str) -> String {
    wrap("33", text)
}

/// Something beside the point.
pub fn quiet(text: &str) -> String {
    wrap("2", text)
}
