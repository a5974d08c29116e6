//! The one rule for those who only ask: they get the portal's pages, wherever a link leads.

use crate::call::Call;
use crate::gate::Seen;
use kernel::web::{Layout, Portal};
use kernel::who::View;
use kernel::{Error, House, Result};
use maud::{Markup, Render};
use ui::menu::Item;
use ui::overlay::Toast;
use ui::people::Who;
use ui::verb::Verb;

/// What serves pieces of pages, and is no page with a frame.
const PIECES: &[&str] = &["lookup", "draft"];

/// Where somebody is led instead of the page they ask for; none: they get it. `NotFound` for what the portal does not have.
pub(super) fn instead(house: &House, view: &View, path: &str, query: &str) -> Result<Option<String>> {
    let Some(portal) = house.portal().filter(|portal| (portal.asks_only)(house, view)) else { return Ok(None) };
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return Ok(Some(portal.home.to_owned()));
    }
    if portal.holds(path) || PIECES.contains(&parts[0]) {
        return Ok(None);
    }
    (portal.leads)(house, &parts, query).map(Some).ok_or(Error::NotFound)
}

/// The portal, if a page is to stand in its frame: one of its own, or any of somebody who only asks.
pub(super) fn frames(call: &Call, seen: &Seen) -> Option<Portal> {
    let house = &call.app.house;
    house.portal().filter(|portal| portal.holds(call.path()) || (portal.asks_only)(house, &seen.view))
}

/// A page in the portal's frame.
pub(super) fn frame(call: &Call, seen: &Seen, portal: Portal, page: (String, Markup, &Layout), toasts: Vec<Toast>) -> Markup {
    let (title, main, layout) = page;
    let here = |path: &str| call.path() == path;
    let mut places: Vec<_> = portal.places.iter().map(|(name, path)| ((*name).to_owned(), (*path).to_owned(), here(path))).collect();
    let works = !(portal.asks_only)(&call.app.house, &seen.view);
    if works {
        places.push(("Back to the desk".into(), "/".into(), false));
    }
    let mut me_menu = super::frame::acting(seen);
    me_menu.extend([
        Item::Verb(Verb::link("Profile", "/me")),
        Item::Verb(Verb::link("Help", "/help/requester")),
        Item::Rule,
        Item::Verb(Verb::post("Sign out", "/signout", seen.csrf.clone())),
    ]);
    let page = ui::portal::Portal {
        title,
        screen: super::frame::screen(seen),
        name: seen.organisation.clone(),
        home: portal.home.into(),
        places,
        me: Who::person(seen.view.name.clone()),
        me_menu,
        csrf: seen.csrf.clone(),
        extra: layout.extra,
        toasts,
        main,
    };
    page.render()
}
