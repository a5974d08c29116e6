//! The further tabs of a ticket: time, files, history.

use super::address::{href, when};
use super::sheet::{Part, Sheet};
use crate::ticket::store::time_entry;
use crate::ticket::{INCIDENTS, REQUESTS};
use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::register::{self, Record, names_of};
use kernel::web::{Reply, Request};
use maud::{Markup, html};
use pages::Shown;
use ui::control::Kind;
use ui::field::Field;
use ui::form::{Form, Part as Fields};
use ui::format;
use ui::people::Who;
use ui::verb::Verb;

/// `GET /incidents/{reference}/time`
pub fn incident_time(tx: &mut Tx, request: &Request) -> Result<Reply> {
    tab(tx, request, &INCIDENTS, Part::Time)
}

/// `GET /requests/{reference}/time`
pub fn request_time(tx: &mut Tx, request: &Request) -> Result<Reply> {
    tab(tx, request, &REQUESTS, Part::Time)
}

/// `GET /incidents/{reference}/files`
pub fn incident_files(tx: &mut Tx, request: &Request) -> Result<Reply> {
    tab(tx, request, &INCIDENTS, Part::Files)
}

/// `GET /requests/{reference}/files`
pub fn request_files(tx: &mut Tx, request: &Request) -> Result<Reply> {
    tab(tx, request, &REQUESTS, Part::Files)
}

/// `GET /incidents/{reference}/history`
pub fn incident_history(tx: &mut Tx, request: &Request) -> Result<Reply> {
    tab(tx, request, &INCIDENTS, Part::History)
}

/// `GET /requests/{reference}/history`
pub fn request_history(tx: &mut Tx, request: &Request) -> Result<Reply> {
    tab(tx, request, &REQUESTS, Part::History)
}

fn tab(tx: &mut Tx, request: &Request, register: &'static Register, part: Part) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    let main = match part {
        Part::Time => time(tx, request, &record)?,
        Part::Files => files(tx, request, &record)?,
        _ => pages::history_list(tx, request, &record)?,
    };
    let sheet = Sheet::read(tx, request, &record, &[])?;
    Ok(sheet.page(request, &record, part, (&html! {}, &html! {}), &main))
}

fn files(tx: &mut Tx, request: &Request, record: &Record) -> Result<Markup> {
    let here = format!("{}/files", href(&request.house, record));
    let section = pages::files_section(tx, request, record, &here)?;
    Ok(html! { @match section { Some(section) => (section), None => p.ink2 { "It has no files." } } })
}

/// Where one notes time; it leads back to here.
fn noted(request: &Request, here: &str) -> Form {
    let fields = vec![
        Field::new("duration", "Time", Kind::Text).help("Like 1h 30m."),
        Field::new("text", "For what", Kind::Text).optional(),
        Field::new("back", "", Kind::Hidden).value(format!("{here}/time")),
    ];
    Form {
        action: format!("{here}/add-time"),
        csrf: request.csrf.clone(),
        parts: vec![Fields { fields, ..Fields::default() }],
        verbs: vec![Verb::submit("Add time")],
        two_columns: true,
        ..Form::default()
    }
}

/// What each noted, the latest first, and the sum.
fn time(tx: &mut Tx, request: &Request, record: &Record) -> Result<Markup> {
    let all = time_entry::of_ticket(tx, record.id)?;
    let wanted: Vec<(&'static str, i64)> = all.iter().filter_map(|it| Some(("people", it.person?))).collect();
    let names = names_of(tx, &request.house, &request.view, &[], &wanted)?;
    let shown = Shown { request, names: &names };
    let total: i64 = record.int("time_spent").unwrap_or(0);
    let add = request.view.may(record.shape.register, "add-time");
    Ok(html! {
        @if all.is_empty() { p.ink2.part { "Nobody has noted time on it yet." } }
        @else {
            table.list.part {
                caption.vh { "Time spent" }
                thead { tr { th scope="col" { "Who" } th scope="col" { "For what" } th scope="col" { "When" } th.num scope="col" { "Time" } } }
                tbody { @for it in all.iter().rev() {
                    tr {
                        td { (it.person.map_or_else(|| Who::machine("Reeve"), |id| Who::person(shown.name(id)))) }
                        td { (it.note) } td { (when(request, it.at)) } td.num { (format::working(it.seconds, false)) }
                    }
                } }
                tfoot { tr { td colspan="3" { "In all" } td.num { (format::working(total, false)) } } }
            }
        }
        @if add { div.part { (noted(request, &href(&request.house, record))) } }
    })
}
