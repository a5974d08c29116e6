//! Windows: spans of time that mean something. One object serves change freezes, maintenance, alert suppression, exclusion from
//! promises and the status page.

mod pages;
mod register;
mod store;
mod today;

pub use register::REGISTER;
pub use store::{Excluded, Purpose, Seen, Window, excluded, overlapping, seen_between};

use kernel::describe::{Floor, Panel, Practice};

/// Whether a text is what people call a window: `WIN-7`.
pub fn is_reference(text: &str) -> bool {
    let number = text.strip_prefix(REGISTER.prefix).and_then(|rest| rest.strip_prefix('-'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()))
}

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "window",
    about: "Maintenance windows and freezes: when something is meant not to change, not to alert or not to count.",
    floor: Floor::Estate,
    needs: &["service", "item"],
    registers: &[&REGISTER],
    panels: &[
        Panel { on: "services", title: "Windows ahead", may: "windows.read", show: pages::panel },
        Panel { on: "configuration-items", title: "Windows ahead", may: "windows.read", show: pages::panel },
    ],
    today: today::CONTRIBUTIONS,
    ..Practice::PLAIN
};
