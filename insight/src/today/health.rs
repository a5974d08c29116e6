//! How the services stand: promises kept in 30 days against the promised share, and open incidents.

use super::store::{self, Service};
use crate::address::{span, tickets};
use db::Tx;
use kernel::web::Request;
use kernel::{Error, Result};
use std::collections::HashMap;

/// A service and how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Promised tickets resolved in 30 days.
    pub promised: i64,
    /// Those whose promise was kept.
    pub kept: i64,
    /// The list of those whose promise was not kept, or of all while none is.
    pub records: String,
    /// The share that was promised, in per cent.
    pub goal: Option<i64>,
    /// Share kept in each six days, oldest first; only those with promises.
    pub trend: Vec<f64>,
    /// Open incidents.
    pub open: i64,
    /// The list of them.
    pub open_records: String,
}

impl Standing {
    /// The share kept, in per cent.
    pub fn share(&self) -> Option<f64> {
        (self.promised > 0).then(|| self.kept as f64 / self.promised as f64 * 100.0)
    }
    /// Whether the promised share is missed.
    pub fn misses(&self) -> bool {
        self.share().zip(self.goal).is_some_and(|(share, goal)| share < goal as f64)
    }
}

const DAY: i64 = 24 * 3_600_000;
/// Services shown.
pub const SHOWN: usize = 10;
/// Parts of the 30 days in the trend.
const PARTS: usize = 5;

/// The services that most need a look, and how many there are in all.
pub fn health(tx: &mut Tx, request: &Request) -> Result<(Vec<Standing>, usize)> {
    let register = |key: &str| request.house.register(key).ok_or(Error::NotFound);
    let (tickets, services, levels) = (register("tickets")?, register("services")?, register("levels")?);
    let (view, until) = (&request.view, request.now);
    let from = until - 30 * DAY;
    let mut kept: HashMap<i64, [(i64, i64); PARTS]> = HashMap::new();
    store::resolved(tx, view, tickets, (from, until), &mut |service, at, made| {
        let part = ((at - from) * PARTS as i64 / (30 * DAY)).clamp(0, PARTS as i64 - 1) as usize;
        let cell = &mut kept.entry(service).or_default()[part];
        cell.0 += i64::from(made);
        cell.1 += 1;
    })?;
    let open: HashMap<i64, i64> = store::open_incidents(tx, view, tickets)?.into_iter().collect();
    let shares = store::shares(tx, view, levels)?;
    let goal = |service: i64| {
        let own = shares.iter().find(|(of, _)| *of == Some(service));
        own.or_else(|| shares.iter().find(|(of, _)| of.is_none())).map(|(_, share)| *share)
    };
    let all = store::services(tx, view, services)?;
    let count = all.len();
    let stand = |service: Service| standing(&service, kept.get(&service.id), open.get(&service.id), goal(service.id), (from, until));
    let mut ranked: Vec<(i64, Standing)> = all.into_iter().map(|service| (service.criticality, stand(service))).collect();
    ranked.sort_by_key(|(criticality, it)| (!it.misses(), std::cmp::Reverse(it.open), *criticality));
    ranked.truncate(SHOWN);
    Ok((ranked.into_iter().map(|(_, it)| it).collect(), count))
}

fn standing(service: &Service, kept: Option<&[(i64, i64); PARTS]>, open: Option<&i64>, goal: Option<i64>, span_of: (i64, i64)) -> Standing {
    let parts = kept.copied().unwrap_or_default();
    let (made, promised) = parts.iter().fold((0, 0), |(made, all), part| (made + part.0, all + part.1));
    let missed = if made < promised { "made_sla=false" } else { "made_sla__empty=false" };
    let trend = parts.iter().filter(|part| part.1 > 0).map(|part| part.0 as f64 / part.1 as f64).collect();
    Standing {
        name: service.name.clone(),
        href: format!("/services/{}", service.reference),
        promised,
        kept: made,
        records: tickets(&format!("service={}&{}&{missed}", service.reference, span("resolved_at", span_of.0, span_of.1))),
        goal,
        trend,
        open: open.copied().unwrap_or(0),
        open_records: format!("/incidents?service={}&active=true", service.reference),
    }
}
