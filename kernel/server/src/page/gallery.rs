//! `/ui`: every component in its states, for people who build pages. There where the setting `pages.gallery` is on.

use super::{frame, html};
use crate::call::Call;
use crate::query;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use kernel::register::Cell;
use kernel::{Error, Result, settings};
use std::sync::Arc;
use ui::frame::Screen;

/// `GET /ui?theme=&density=`: in the look of the address, else in that of the profile.
pub(super) async fn page(call: &Call) -> Result<Response<Body>> {
    if !call.reads() {
        return super::not_allowed(call);
    }
    let house = Arc::clone(&call.app.house);
    let look = move |tx: &mut db::Tx, seen: &Arc<crate::gate::Seen>| {
        if settings::get(tx, &house, pages::GALLERY)? != Cell::Int(1) {
            return Err(Error::NotFound);
        }
        Ok(Arc::clone(seen))
    };
    let seen = call.app.read(&call.session(), look).await?;
    let asked = query::pairs(call.query())?;
    let asked = |key: &str| asked.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    let own = frame::screen(&seen);
    let theme = ["light", "dark"].into_iter().find(|it| Some(*it) == asked("theme")).or(own.theme);
    let compact = asked("density").map_or(own.compact, |density| density == "compact");
    Ok(html(StatusCode::OK, ui::gallery::page_on(Screen { theme, compact, ..own })))
}
