//! The portal: what somebody who asks for help gets, in plain words and a frame of their own.

mod face;
mod pages;
mod rules;
mod store;

use kernel::describe::{Floor, Practice};
use kernel::web::Portal;

/// The portal.
pub const PRACTICE: Practice = Practice {
    key: "portal",
    about: "The portal: reporting, asking and following one's own things, without the words of the trade.",
    floor: Floor::Desk,
    needs: &["ticket"],
    routes: pages::ROUTES,
    portal: Some(Portal { home: face::HOME, places: &[("My things", "/portal/things")], asks_only: face::asks_only, leads: face::leads }),
    ..Practice::PLAIN
};
