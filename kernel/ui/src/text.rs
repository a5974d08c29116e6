//! The one door through which the components' own words pass, so that a catalogue of other languages can stand behind it.
//! Words of the pages themselves are given by the callers, who use the same door.

/// The text in the reader's language. For now every reader reads English, so the text is its own translation.
pub fn t(text: &'static str) -> &'static str {
    text
}

/// A count with its noun: `plural(1, "ticket", "tickets")` is "1 ticket", with 12,000 "12,000 tickets".
pub fn plural(count: i64, one: &'static str, many: &'static str) -> String {
    format!("{} {}", crate::format::number(count), noun(count, one, many))
}

/// Only the noun that goes with a count.
pub fn noun(count: i64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { t(one) } else { t(many) }
}
