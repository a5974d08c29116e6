//! What the placeholders of a template stand for on a ticket.

use crate::template::Values;
use db::Tx;
use kernel::Result;
use kernel::register::{Record, names_of};
use kernel::web::Request;

/// The values of a ticket, as whoever writes may know them.
pub(super) fn values(tx: &mut Tx, request: &Request, record: &Record) -> Result<Values> {
    let links = [("requester", "people"), ("service", "services"), ("team", "teams")];
    let wanted: Vec<(&'static str, i64)> = links.iter().filter_map(|(key, of)| Some((*of, record.int(key)?))).collect();
    let names = names_of(tx, &request.house, &request.view, &[], &wanted)?;
    let name = |key: &str| record.int(key).and_then(|id| names.get(&id)).map(|it| it.title.clone()).unwrap_or_default();
    Ok(Values {
        requester: name("requester"),
        reference: record.reference.clone(),
        summary: record.title().to_owned(),
        service: name("service"),
        team: name("team"),
        me: request.view.name.clone(),
    })
}
