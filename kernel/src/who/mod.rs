//! Who is looking, what they may see and do.

pub mod grants;
pub mod guard;
mod means;
mod view;

pub use grants::Grants;
pub use guard::guard;
pub use means::Means;
pub use view::View;
