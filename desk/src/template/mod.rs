//! Templates: texts kept ready for what is said often, with what is done along with them.

mod fill;
mod pages;
mod register;
mod store;

pub use fill::{PLACEHOLDERS, Values, filled};
pub use pages::menu;
pub use register::TEMPLATES;
pub use store::{Offered, by_reference, offered};

use kernel::describe::{Floor, Practice};

/// Templates.
pub const PRACTICE: Practice = Practice {
    key: "template",
    about: "Texts kept ready for what is said often, and what is done along with them.",
    floor: Floor::Desk,
    registers: &[&TEMPLATES],
    ..Practice::PLAIN
};
