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
            .preset("14")
            .help("What scores higher needs a treatment, and open risks that do stand on the morning page of those who answer for them."),
    }],
    ..Practice::PLAIN
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setting_starts_from_the_score_that_the_register_says_is_borne() {
        assert_eq!(PRACTICE.settings[0].field.preset, register::BORNE.to_string());
    }
}
