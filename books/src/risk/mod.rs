//! Risks: what could harm a service, and what is being done about it.

mod pages;
mod register;
mod store;
mod today;
mod verbs;

pub use register::REGISTER;

use kernel::describe::{Floor, Overview, Panel, Practice, Setting, int};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "risk",
    about: "What could harm a service, and what is being done about it.",
    floor: Floor::Books,
    registers: &[&REGISTER],
    panels: &[Panel { on: "services", title: "Risks", may: "risks.read", show: pages::panel }],
    overviews: &[Overview {
        on: "risks",
        about: "a heat map of likelihood and impact whose cells narrow the list, the expected loss, and the latest rise.",
        may: "",
        show: pages::overview::show,
    }],
    today: today::CONTRIBUTIONS,
    settings: &[Setting {
        key: "risk.appetite",
        field: int("appetite", "Highest score that is borne", 1, 25)
            .preset("15")
            .help("Open risks that score higher stand on the morning page of those who answer for them."),
    }],
    ..Practice::PLAIN
};
