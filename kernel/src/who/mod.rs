//! Who is looking, what they may see and do.

pub mod account;
mod epoch;
pub mod grants;
pub mod guard;
mod means;
pub mod one_time;
pub mod password;
pub mod rate;
pub mod roles;
pub mod session;
pub mod token;
mod view;
mod viewer;
pub mod why;

pub use epoch::{EPOCH, epoch, touch};
pub use grants::Grants;
pub use guard::guard;
pub use means::Means;
pub use view::View;
pub use viewer::{here, is_here, organisations, reach, role_keys, view_of};
