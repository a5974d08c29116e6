//! `/do`: everything one can do where one is, and everywhere one can go. The palette asks for it as a piece of a page; without script
//! it is a page of links and buttons.

mod go;
mod on;

pub use on::also;

use crate::places::in_rail;
use db::Tx;
use kernel::Result;
use kernel::web::{Reply, Request};
use maud::html;
use ui::head::Head;
use ui::palette::{Choice, Group, foot, options, page as listed};
use ui::verb::Verb;

/// `GET /do?on=`: `on` is the address of the page one is on, or of the record under the cursor.
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let mut groups = Vec::new();
    groups.extend(on::group(tx, request)?);
    groups.push(Group { kind: "go", label: "Go to".into(), choices: go::choices(tx, request)? });
    groups.push(Group { kind: "do", label: "Do".into(), choices: begin(request) });
    if request.fragment {
        return Ok(Reply::Fragment(html! { (options(&groups)) (foot()) }));
    }
    let head = Head {
        title: "Everything you can do".into(),
        lead: Some("What can be done here, every page you may open, and what you can begin. Ctrl K opens the same list anywhere.".into()),
        ..Head::default()
    };
    Ok(Reply::page("Everything you can do", "/do", html! { (head) (listed(&groups)) }))
}

/// What can be begun, in the order of the rail.
fn begin(request: &Request) -> Vec<Choice> {
    let house = &request.house;
    let mut registers: Vec<_> = house.registers.iter().filter(|it| it.shows.is_empty() && !it.closed && !it.room.is_empty()).collect();
    registers.sort_by_key(|it| in_rail(it.room));
    let may = |verb: &'static str| registers.iter().filter(move |it| request.view.may(it, verb));
    let new = may("create").map(|it| {
        let label = format!("New {}", crate::shown::in_sentence(it.one));
        Choice::new(Verb::link(label, format!("/{}/new", it.key)).icon("plus")).words("create add open report")
    });
    let import = may("import").map(|it| {
        let label = format!("Import {}", crate::shown::in_sentence(it.many));
        Choice::new(Verb::link(label, format!("/{}/import", it.key)).icon("upload")).words("csv file bring in")
    });
    let own =
        [("Sign out", "/signout", "x")].map(|(label, path, icon)| Choice::new(Verb::post(label, path, request.csrf.clone()).icon(icon)));
    new.chain(import).chain(own).collect()
}
