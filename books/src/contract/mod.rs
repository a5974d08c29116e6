//! Contracts: what was agreed with a vendor, and the last day on which it can still be ended.

mod pages;
mod register;
mod renewal;
mod rules;
mod store;
mod today;

pub use register::REGISTER;
pub use rules::{Terms, last_cancel};

use kernel::describe::{Floor, Panel, Practice};
use kernel::jobs::Periodic;

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "contract",
    about: "What was agreed with vendors, and when it can be ended.",
    floor: Floor::Books,
    needs: &["vendor"],
    registers: &[&REGISTER],
    panels: &[Panel { on: "services", title: "Contracts", may: "contracts.read", show: pages::panel }],
    today: today::CONTRIBUTIONS,
    periodic: &[Periodic { key: "contract.renewal", every: 3_600, run: renewal::run }],
    ..Practice::PLAIN
};
