//! People: one record for everyone, whether they ask, work, decide or deliver. Signing in is apart from it.

pub mod address;
pub mod invitation;
mod pages;
mod register;
mod roles;
mod store;
mod today;
mod verbs;

pub use register::REGISTER;

use crate::remembered::forgets;
use kernel::describe::{Floor, Panel, Practice};
use kernel::web::Route;

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "person",
    about: "Everyone who asks, works, decides or delivers.",
    floor: Floor::People,
    needs: &["organisation", "team", "role"],
    registers: &[&REGISTER],
    routes: &[
        Route::post("/people/{reference}/invite", "people.invite", pages::save, "Invites a person, and shows the link that lets them in."),
        Route::get("/without-role", "", pages::roleless::page, "Says to somebody without a role whom to ask for one."),
    ],
    begins: pages::roleless::begins,
    panels: &[Panel { on: REGISTER.key, title: "No role yet", may: "", show: pages::roleless::panel }],
    reactions: &[forgets("people")],
    today: today::CONTRIBUTIONS,
    ..Practice::PLAIN
};
