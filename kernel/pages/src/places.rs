//! Where one can go: pages that stand for themselves and the lists of registers, by room. The rail and the palette are made of them.

use kernel::House;
use kernel::describe::Register;
use kernel::web::{Method, Route};
use kernel::who::View;
use ui::go;

/// The rooms in the order of the rail; one that is not named here comes last.
const ROOMS: &[&str] = &["", "Desk", "Promises", "Estate", "Books", "People", "Engine room"];

/// A place.
pub struct Place {
    /// What it is called.
    pub label: &'static str,
    /// Where it is.
    pub path: String,
    /// Its icon.
    pub icon: &'static str,
    /// The room it stands in; empty for pages above the rooms.
    pub room: &'static str,
    /// The letter that goes there after `g`.
    pub go: Option<char>,
    /// The register whose list it is.
    pub register: Option<&'static Register>,
}

/// The places of the rail that somebody may open, in its order.
pub fn places(house: &House, view: &View) -> Vec<Place> {
    let mut all: Vec<Place> = own_pages(house, view).collect();
    let shown = house.registers.iter().filter(|register| !register.room.is_empty() && view.may(register, "read"));
    all.extend(shown.map(|register| of_register(register)));
    all.sort_by_key(|place| in_rail(place.room));
    let letters = go::letters(&all.iter().map(|place| (place.path.as_str(), place.label)).collect::<Vec<_>>());
    for (place, letter) in all.iter_mut().zip(letters) {
        place.go = letter;
    }
    all
}

/// Where a room stands in the rail.
pub(crate) fn in_rail(room: &str) -> usize {
    ROOMS.iter().position(|it| *it == room).unwrap_or(ROOMS.len())
}

/// Pages that stand for themselves in the rail, those that stand first before the others.
fn own_pages(house: &House, view: &View) -> impl Iterator<Item = Place> {
    let of = move |first: bool| {
        let routes = house.practices.iter().flat_map(|practice| practice.routes);
        routes.filter(move |route| route.first == first && !route.label.is_empty() && plain(route) && may(house, view, route))
    };
    let place = |route: &'static Route| Place {
        label: route.label,
        path: route.path.to_owned(),
        icon: route.icon,
        room: "",
        go: None,
        register: None,
    };
    of(true).chain(of(false)).map(place)
}

fn of_register(register: &'static Register) -> Place {
    let path = format!("/{}", register.key);
    Place { label: register.many, path, icon: register.icon, room: register.room, go: None, register: Some(register) }
}

/// Whether a page can be gone to without naming a record.
pub fn plain(route: &Route) -> bool {
    route.method == Method::Get && !route.path.contains('{')
}

/// Whether somebody may open a route.
pub fn may(house: &House, view: &View, route: &Route) -> bool {
    let Some((register, verb)) = route.may.split_once('.') else { return true };
    house.register(register).is_some_and(|register| view.may(register, verb))
}
