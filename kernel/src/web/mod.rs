//! The web: routes as data, one handler for pages and one for verbs, the API from the tables.

mod local;
mod portal;
mod reply;
mod request;
mod route;

pub use local::is_local;
pub use portal::Portal;
pub use reply::{Layout, Reply};
pub use request::{Form, Request, sending};
pub use route::{Method, Page, Route, Serves};
