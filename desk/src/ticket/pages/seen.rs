//! Until when a reader has seen a ticket.

use db::Tx;
use kernel::Result;
use kernel::register::Record;
use kernel::web::Request;

/// The moment until which the reader has seen what was said; none if that is not known.
pub fn until(_: &mut Tx, _: &Request, _: &Record) -> Result<Option<i64>> {
    Ok(None)
}
