//! Addresses of tickets, and moments as a reader meets them.

use jiff::Timestamp;
use kernel::House;
use kernel::register::Record;
use kernel::web::Request;
use ui::When;
use ui::format;

/// Where a ticket's page is: under its own register, also when the queue over both showed it.
pub fn href(house: &House, record: &Record) -> String {
    let register = house.register_of(&record.reference).unwrap_or(record.shape.register);
    format!("/{}/{}", register.key, record.reference)
}

/// A moment as the reader meets it.
pub fn when(request: &Request, at: i64) -> When {
    format::when(moment(at), moment(request.now), &request.view.zone)
}

/// How long ago.
pub fn ago(request: &Request, at: i64) -> When {
    format::ago(moment(at), moment(request.now), &request.view.zone)
}

/// A moment in a form of its own (`%H:%M`), in the reader's zone.
pub fn local(request: &Request, at: i64, form: &str) -> String {
    ui::manner::written(&moment(at).to_zoned_datetime(request.view.zone.clone()), form)
}

fn moment(at: i64) -> Timestamp {
    Timestamp::from_millisecond(at).unwrap_or_default()
}
