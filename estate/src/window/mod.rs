//! Windows: spans of time that mean something. One object serves change freezes, maintenance, alert suppression, exclusion from
//! promises and the status page.

mod pages;
mod register;
mod store;
mod today;

pub use register::REGISTER;
pub use store::{Purpose, Seen, Window, overlapping, seen_between};

use kernel::describe::{Floor, Panel, Practice};

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
