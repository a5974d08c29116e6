//! The frame round a page: rail, search box, menu of the person, messages.

use crate::call::Call;
use crate::gate::Seen;
use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::web::{Layout, Request};
use maud::{Markup, Render};
use ui::frame::{Bell, Frame, Screen};
use ui::menu::Item;
use ui::overlay::Toast;
use ui::people::Who;
use ui::rail::{Place, Rail, Room};
use ui::seek::Seek;
use ui::verb::Verb;

/// The room whose records one makes every day.
const DAILY: &str = "Desk";

/// A page in the frame.
pub(super) fn frame(call: &Call, seen: &Seen, title: String, here: &str, main: Markup, layout: Layout, toasts: Vec<Toast>) -> Markup {
    if let Some(portal) = super::portal::frames(call, seen) {
        return super::portal::frame(call, seen, portal, (title, main, &layout), toasts);
    }
    let frame = Frame {
        title,
        screen: screen(seen),
        rail: rail(call, seen, here),
        home: "/".into(),
        seek: Seek { action: "/search".into(), palette: Some("/do".into()), suggest: "/search/suggest".into(), value: searched(call) },
        new: new(call, seen),
        bell: Some(bell(seen)),
        me: Who::person(seen.view.name.clone()),
        acting_in: if seen.organisations.is_empty() { String::new() } else { seen.organisation.clone() },
        me_menu: menu(seen),
        csrf: seen.csrf.clone(),
        toasts,
        folded: layout.split || layout.folded,
        fixed: layout.split,
        flush: layout.split || layout.flush,
        extra: layout.extra,
        live: layout.live,
        main,
        ..Frame::default()
    };
    frame.render()
}

/// The bell, with what waited when the page was read.
fn bell(seen: &Seen) -> Bell {
    let count = seen.unread.load(std::sync::atomic::Ordering::Relaxed);
    Bell { href: "/notifications".into(), count: u32::try_from(count).unwrap_or(0) }
}

/// The screen as the person wants it.
pub(super) fn screen(seen: &Seen) -> Screen {
    let theme = ["light", "dark"].into_iter().find(|theme| *theme == seen.theme);
    Screen {
        theme,
        person: seen.view.reference.clone(),
        zone: seen.view.zone.iana_name().unwrap_or_default().into(),
        compact: seen.density == "compact",
        keys_off: seen.keys_off,
        keys: seen.reader.keys.clone(),
        ..Screen::default()
    }
}

fn searched(call: &Call) -> String {
    let pairs = if call.path() == "/search" { crate::query::pairs(call.query()).unwrap_or_default() } else { Vec::new() };
    pairs.into_iter().find(|(key, _)| key == "q").map(|(_, value)| value).unwrap_or_default()
}

/// Counts the work that waits at the places of the rail. Who only asks has no rail.
pub(super) fn count(tx: &mut Tx, request: &Request, seen: &Seen) -> Result<()> {
    let mut waiting = Vec::new();
    for route in request.house.practices.iter().flat_map(|practice| practice.routes) {
        let Some(waits) = route.waits.filter(|_| pages::may(&request.house, &seen.view, route)) else { continue };
        waiting.extend(waits(tx, request)?.map(|count| (route.path, count)));
    }
    *seen.waiting.lock().unwrap_or_else(|broken| broken.into_inner()) = waiting;
    Ok(())
}

/// The places one may go to, by room.
fn rail(call: &Call, seen: &Seen, here: &str) -> Rail {
    let mut rooms: Vec<Room> = Vec::new();
    let waiting = seen.waiting.lock().unwrap_or_else(|broken| broken.into_inner());
    let waits = |path: &str| waiting.iter().find(|(at, _)| *at == path).map(|(_, count)| count.clone());
    for it in pages::places(&call.app.house, &seen.view) {
        let current = it.register.map_or(it.path == here, |register| register.key == here);
        let count = waits(&it.path);
        let place = Place { label: it.label.into(), href: it.path, icon: it.icon, current, go: it.go, count, ..Place::default() };
        match rooms.last_mut().filter(|room| room.label == it.room) {
            Some(room) => room.places.push(place),
            None => rooms.push(Room { label: it.room.into(), places: vec![place] }),
        }
    }
    Rail { rooms }
}

/// What "New" offers.
fn new(call: &Call, seen: &Seen) -> Vec<Verb> {
    let may = |register: &&&'static Register| register.room == DAILY && !register.closed && seen.view.may(register, "create");
    call.app.house.registers.iter().filter(may).map(|it| Verb::link(it.one, format!("/{}/new", it.key))).collect()
}

/// Which organisation one acts in, and the others one may act in; nothing for those who have one.
pub(super) fn acting(seen: &Seen) -> Vec<Item> {
    if seen.organisations.is_empty() {
        return Vec::new();
    }
    let others = seen.organisations.iter().filter(|(id, _)| *id != seen.view.organisation);
    let switch = others.map(|(id, name)| {
        Item::Verb(Verb::post(format!("Act in {name}"), "/me/organisation", seen.csrf.clone()).with("organisation", id.to_string()))
    });
    std::iter::once(Item::Heading(format!("Acting in {}", seen.organisation))).chain(switch).chain([Item::Rule]).collect()
}

fn menu(seen: &Seen) -> Vec<Item> {
    let mut items = acting(seen);
    items.push(Item::Verb(Verb::link("Profile", "/me")));
    items.push(Item::Verb(Verb::link("Keys", "/keys").key("?")));
    if seen.view.roles.iter().any(|role| role == "administrator") {
        items.push(Item::Verb(Verb::link("Settings", "/settings")));
    }
    items.push(Item::Verb(Verb::link("Help", "/help")));
    items.push(Item::Rule);
    items.push(Item::Verb(Verb::post("Sign out", "/signout", seen.csrf.clone())));
    items
}
