//! How a ticket's page follows what happens: the conversation grows at its end, head and facts change in place.

use super::sheet::Sheet;
use super::{head, margin, talk};
use crate::ticket::{INCIDENTS, REQUESTS, looked};
use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::live::{Concern, Event, Followed, Live};
use kernel::register;
use kernel::web::Request;
use maud::html;
use pages::Shown;

/// The live pages.
pub const LIVE: &[Live] = &[
    super::queue::LIVE,
    Live { path: "/incidents/{reference}", may: "incidents.read", concerns: incident, tell: of_incident },
    Live { path: "/requests/{reference}", may: "requests.read", concerns: request, tell: of_request },
];

fn incident(tx: &mut Tx, request: &Request) -> Result<Concern> {
    pages::live::record_of(tx, request, &INCIDENTS)
}

fn request(tx: &mut Tx, request: &Request) -> Result<Concern> {
    pages::live::record_of(tx, request, &REQUESTS)
}

fn of_incident(tx: &mut Tx, request: &Request, followed: &Followed) -> Result<Vec<Event>> {
    tell(tx, request, &INCIDENTS, followed)
}

fn of_request(tx: &mut Tx, request: &Request, followed: &Followed) -> Result<Vec<Event>> {
    tell(tx, request, &REQUESTS, followed)
}

fn tell(tx: &mut Tx, request: &Request, register: &'static Register, followed: &Followed) -> Result<Vec<Event>> {
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    looked::note(&request.house, request.view.person, record.id, request.now);
    let sheet = Sheet::read(tx, request, &record, &[])?;
    let shown = Shown { request, names: &sheet.names };
    let lines = talk::grown(&shown, &record, &sheet, followed.happened);
    let head = head::head(request, &record, &sheet.clocks);
    let facts = ui::facts::margin(&margin::margin(&shown, &record, &sheet), "Facts");
    let mut events = vec![Event::Patch(html! { (head) (facts) })];
    if !lines.is_empty() {
        events.push(Event::Append(html! { @for line in &lines { (line) } }));
    }
    events.extend(pages::live::by_others(tx, request, &record, followed.happened)?.map(Event::Changed));
    Ok(events)
}
