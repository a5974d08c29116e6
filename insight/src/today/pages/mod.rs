//! The pages of the morning.

mod counts;
mod gathered;
mod health;
mod list;
mod night;
mod order;
mod sheet;
mod today;

pub use counts::{choose, counts};
pub use order::order;
pub use sheet::sheet;
pub use today::today;
