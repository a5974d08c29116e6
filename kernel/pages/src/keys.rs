//! `/keys`: the keys as the reader has them; a piece of a page for the dialog that `?` opens.

use kernel::Result;
use kernel::web::{Reply, Request};
use maud::{Render, html};
use ui::head::Head;
use ui::overlay::{self, KeyGroup};
use ui::verb::Verb;

use crate::places::places;

/// Where one changes them.
const CHANGE: &str = "/me/keys";

/// `GET /keys`.
pub fn page(request: &Request) -> Result<Reply> {
    if request.fragment {
        return Ok(Reply::Fragment(overlay::keys(CHANGE, &groups(request))));
    }
    let head = Head {
        title: "Keys".into(),
        lead: Some("The same scheme on every page. They rest while you type, and you can change them or switch them off.".into()),
        verbs: vec![Verb::link("Change keys", CHANGE).render()],
        ..Head::default()
    };
    Ok(Reply::page("Keys", "/keys", html! { (head) (overlay::key_table(&groups(request))) }))
}

/// The scheme, and where the letters after `g` lead.
fn groups(request: &Request) -> Vec<KeyGroup> {
    let mut groups = ui::keys::groups();
    let go = ui::keys::own("g");
    let places = places(&request.house, &request.view);
    let letters = places.into_iter().filter_map(|place| Some((format!("{go} {}", place.go?), place.label.to_owned())));
    groups.push(("Go to".to_owned(), letters.collect()));
    groups
}
