//! Where one can go: pages, registers, saved views, settings.

use db::Tx;
use kernel::web::Request;
use kernel::{Result, settings};
use ui::palette::Choice;
use ui::verb::Verb;

use crate::places::{self, may, places};
use crate::settings::demand;
use crate::view::{self, store};

/// Pages that are not in the rail and belong to everybody who works here.
const OWN: &[(&str, &str, &str, &str)] = &[
    ("Profile", "/me", "id-card", "me account theme dark light density zone language password sessions tokens preferences"),
    ("Notifications", "/notifications", "bell", "notices bell news recent undo"),
    ("Keys", "/keys", "key-round", "shortcuts keyboard help"),
    ("Search", "/search", "search", "find"),
];

pub(super) fn choices(tx: &mut Tx, request: &Request) -> Result<Vec<Choice>> {
    let mut all = rail(request);
    all.extend(others(request));
    all.extend(OWN.iter().map(|(label, path, icon, words)| Choice::new(Verb::link(*label, *path).icon(icon)).hint("page").words(*words)));
    all.extend(views(tx, request)?);
    if demand(request).is_ok() {
        all.extend(settings(request));
    }
    Ok(all)
}

fn rail(request: &Request) -> Vec<Choice> {
    let place = |place: places::Place| {
        let verb = Verb::link(place.label, place.path).icon(place.icon);
        let verb = if let Some(letter) = place.go { verb.key(format!("g {letter}")) } else { verb };
        Choice::new(verb).words(place.register.map_or("", |it| it.one))
    };
    places(&request.house, &request.view).into_iter().map(place).collect()
}

/// Pages of practices that are not in the rail but have a name of their own.
fn others(request: &Request) -> impl Iterator<Item = Choice> {
    let house = &request.house;
    let routes = house.practices.iter().flat_map(|practice| practice.routes);
    let named = routes.filter(|route| route.label.is_empty() && !route.called.is_empty() && places::plain(route));
    let open = named.filter(|route| may(house, &request.view, route));
    open.map(|route| Choice::new(Verb::link(route.called, route.path).icon("chevron-right")).hint("page").words(route.about))
}

/// The saved views one sees, of the registers one may read.
fn views(tx: &mut Tx, request: &Request) -> Result<Vec<Choice>> {
    let mut all = Vec::new();
    for (key, saved) in store::all_visible(tx, &request.view)? {
        let Some(register) = request.house.register(&key).filter(|it| request.view.may(it, "read")) else { continue };
        let verb = Verb::link(saved.name.clone(), view::href(register, &saved)).icon(register.icon);
        all.push(Choice::new(verb).hint("view").words(register.many));
    }
    Ok(all)
}

fn settings(request: &Request) -> Vec<Choice> {
    let page = |label: &str, path: String, hint: &str| Choice::new(Verb::link(label, path).icon("settings")).hint(hint);
    let mut all = vec![page("Settings", "/settings".into(), "page"), page("Added fields", "/settings/fields".into(), "page")];
    all.extend(settings::all(&request.house).map(|it| page(it.field.label, format!("/settings#f-{}", it.key), "setting").words(it.key)));
    let described = request.house.registers.iter().filter(|it| it.shows.is_empty());
    all.extend(
        described.map(|it| {
            page(&format!("Fields of {}", crate::shown::in_sentence(it.many)), format!("/settings/fields/{}", it.key), "setting")
        }),
    );
    all
}
