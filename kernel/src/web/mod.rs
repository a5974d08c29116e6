//! The web: routes as data, one handler for pages and one for verbs, the API from the tables.

mod reply;
mod request;
mod route;

pub use reply::{Layout, Reply};
pub use request::{Form, Request};
pub use route::{Method, Page, Route, Serves};
