//! The frame round a page: rail, search box, menu of the person, messages.

use crate::call::Call;
use crate::gate::Seen;
use kernel::describe::Register;
use kernel::web::{Layout, Route};
use maud::{Markup, Render};
use ui::frame::{Frame, Screen};
use ui::menu::Item;
use ui::overlay::Toast;
use ui::people::Who;
use ui::rail::{Place, Rail, Room};
use ui::seek::Seek;
use ui::verb::Verb;

/// The room whose records one makes every day.
const DAILY: &str = "Desk";

/// The rooms in the order of the rail; one that is not named here comes last.
const ROOMS: &[&str] = &["", "Desk", "Promises", "Estate", "Books", "People", "Engine room"];

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
        seek: Seek { action: "/search".into(), suggest: Some("/search/suggest".into()), value: searched(call) },
        new: new(call, seen),
        me: Who::person(seen.view.name.clone()),
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

/// The screen as the person wants it.
pub(super) fn screen(seen: &Seen) -> Screen {
    let theme = ["light", "dark"].into_iter().find(|theme| *theme == seen.theme);
    Screen { theme, person: seen.view.reference.clone(), compact: seen.density == "compact", keys_off: seen.keys_off, ..Screen::default() }
}

fn searched(call: &Call) -> String {
    let pairs = if call.path() == "/search" { crate::query::pairs(call.query()).unwrap_or_default() } else { Vec::new() };
    pairs.into_iter().find(|(key, _)| key == "q").map(|(_, value)| value).unwrap_or_default()
}

/// Registers one may read, by room; before them the pages that stand for themselves.
fn rail(call: &Call, seen: &Seen, here: &str) -> Rail {
    let mut rooms = vec![Room { label: String::new(), places: own_pages(call, seen, here) }];
    let mut letters = String::new();
    let shown = |register: &&&'static Register| !register.room.is_empty() && seen.view.may(register, "read");
    for register in call.app.house.registers.iter().filter(shown) {
        let mut place = place(register.many, &format!("/{}", register.key), register.icon, register.key == here);
        place.go = register.many.to_lowercase().chars().find(|letter| letter.is_ascii_alphabetic() && !letters.contains(*letter));
        letters.extend(place.go);
        match rooms.iter_mut().find(|room| room.label == register.room) {
            Some(room) => room.places.push(place),
            None => rooms.push(Room { label: register.room.into(), places: vec![place] }),
        }
    }
    rooms.sort_by_key(|room| ROOMS.iter().position(|name| *name == room.label).unwrap_or(ROOMS.len()));
    Rail { rooms }
}

fn own_pages(call: &Call, seen: &Seen, here: &str) -> Vec<Place> {
    let open = call.app.routes.plain().filter(|route| !route.label.is_empty() && may(call, seen, route));
    open.map(|route| place(route.label, route.path, route.icon, route.path == here)).collect()
}

fn place(label: &str, href: &str, icon: &'static str, current: bool) -> Place {
    Place { label: label.into(), href: href.into(), icon, current, ..Place::default() }
}

/// Whether somebody may open a route.
pub(super) fn may(call: &Call, seen: &Seen, route: &Route) -> bool {
    let Some((register, verb)) = route.may.split_once('.') else { return true };
    call.app.house.register(register).is_some_and(|register| seen.view.may(register, verb))
}

/// What "New" offers.
fn new(call: &Call, seen: &Seen) -> Vec<Verb> {
    let may = |register: &&&'static Register| register.room == DAILY && !register.closed && seen.view.may(register, "create");
    call.app.house.registers.iter().filter(may).map(|it| Verb::link(it.one, format!("/{}/new", it.key))).collect()
}

fn menu(seen: &Seen) -> Vec<Item> {
    let mut items = vec![Item::Verb(Verb::link("Profile", "/me"))];
    if seen.view.roles.iter().any(|role| role == "administrator") {
        items.push(Item::Verb(Verb::link("Settings", "/settings")));
    }
    items.push(Item::Rule);
    items.push(Item::Verb(Verb::post("Sign out", "/signout", seen.csrf.clone())));
    items
}
