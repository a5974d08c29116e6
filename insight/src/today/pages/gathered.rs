//! What the morning knows, for its page and for the sheet that is handed over.

use crate::today::chosen;
use crate::today::day::lanes;
use crate::today::facts::{facts, hours};
use crate::today::gather::{Day, day, gather};
use crate::today::health::{Standing, health};
use crate::today::night::Facts;
use crate::today::rank::{Placed, title};
use db::Tx;
use kernel::Result;
use kernel::web::Request;
use std::sync::Arc;
use ui::chart::Hours;

/// All of it, as one viewer sees it.
pub struct Gathered {
    /// Their day.
    pub day: Day,
    /// What needs them, in order.
    pub placed: Vec<Placed>,
    /// Last night.
    pub facts: Arc<Facts>,
    /// The day on a line.
    pub lanes: Hours,
    /// How services stand.
    pub standings: Vec<Standing>,
    /// How many services there are.
    pub services: usize,
    /// The finding, as a title.
    pub title: String,
}

/// Reads it.
pub fn gathered(tx: &mut Tx, request: &Request) -> Result<Gathered> {
    let chosen = chosen::read(tx, request.view.person)?;
    let day = day(request);
    let placed = gather(tx, request, &chosen)?;
    let hours = hours(tx, request, &chosen)?;
    let facts = facts(tx, request, hours.as_deref())?;
    let lanes = lanes(tx, request, &day, hours.as_deref(), &placed)?;
    let (standings, services) = health(tx, request)?;
    let title = title(&placed);
    Ok(Gathered { day, placed, facts, lanes, standings, services, title })
}
