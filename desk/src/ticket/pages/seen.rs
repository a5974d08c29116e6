//! Until when a reader has seen a ticket.

use crate::ticket::looked;
use db::Tx;
use kernel::Result;
use kernel::register::Record;
use kernel::web::Request;

/// The moment until which the reader has seen what was said; none if that is not known. From now on they have seen all of it.
pub fn until(tx: &mut Tx, request: &Request, record: &Record) -> Result<Option<i64>> {
    if !request.view.may(record.shape.register, "internal") {
        return Ok(None);
    }
    let last = looked::looks(tx, request, &[record.id])?.last(record.id);
    looked::note(&request.house, request.view.person, record.id, request.now);
    Ok(last)
}
