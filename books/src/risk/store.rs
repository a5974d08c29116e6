//! Risks past their register: of a service, and those that need whoever answers for them.

use super::register::REGISTER;
use db::{Row, Tx, Value};
use kernel::Result;
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::{guard, mark};

/// A risk as the page of a service shows it.
pub(super) struct Weighed {
    pub reference: String,
    pub summary: String,
    pub score: Option<i64>,
    pub state: String,
}

/// Risks of a service that are not closed and that the viewer may read, the greatest first; at most 8.
pub(super) fn of_service(tx: &mut Tx, view: &View, risks: &Register, service: i64) -> Result<Vec<Weighed>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, risks, "read", &mut args) else { return Ok(Vec::new()) };
    let service = mark(&mut args, service);
    let sql = format!(
        "select t.reference, t.summary, t.score, t.state from risk t where {rows} and t.retired_at is null and t.state <> 'closed' and t.id in \
         (select e.source from relation e where e.target = {service} and e.field = 'services' and e.valid_until is null) \
         order by coalesce(t.score, 0) desc, t.id limit 8"
    );
    let weighed = |row: &Row| -> Result<Weighed> {
        Ok(Weighed {
            reference: row.text(0)?.to_owned(),
            summary: row.text(1)?.to_owned(),
            score: row.maybe_int(2)?,
            state: row.text(3)?.to_owned(),
        })
    };
    tx.all(&sql, &args)?.iter().map(weighed).collect()
}

/// A risk that is still there.
pub(super) struct Live {
    /// Its reference.
    pub reference: String,
    /// What could happen.
    pub summary: String,
    /// Likelihood times impact.
    pub score: i64,
    /// When it must be looked at again, `YYYY-MM-DD`.
    pub review_on: String,
    /// Whether it was accepted.
    pub accepted: bool,
    /// Expected loss a year (minor units, currency).
    pub loss: Option<(i64, String)>,
}

/// Risks that the viewer may change and whose review falls on or before a day, the earliest first.
pub(super) fn to_review(tx: &mut Tx, view: &View, until: &str, limit: i64) -> Result<Vec<Live>> {
    let mut args = vec![Value::from(until)];
    let Some(rows) = guard(view, &REGISTER, "edit", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.reference, t.summary, t.score, t.review_on, t.state, t.expected_loss, t.expected_loss_currency from risk t \
         where t.state <> 'closed' and t.review_on <= ?1 and t.retired_at is null and {rows} order by t.review_on, t.id limit {limit}"
    );
    let live = |row: &Row| -> Result<Live> {
        Ok(Live {
            reference: row.text(0)?.to_owned(),
            summary: row.text(1)?.to_owned(),
            score: row.maybe_int(2)?.unwrap_or(0),
            review_on: row.text(3)?.to_owned(),
            accepted: row.text(4)? == "accepted",
            loss: row.maybe_int(5)?.zip(row.maybe_text(6)?.map(str::to_owned)),
        })
    };
    tx.all(&sql, &args)?.iter().map(live).collect()
}

/// How many open risks that the viewer may change score higher than `score`, and their losses by currency.
pub(super) fn above(tx: &mut Tx, view: &View, score: i64) -> Result<(i64, Vec<(i64, String)>)> {
    let mut args = vec![Value::Int(score)];
    let Some(rows) = guard(view, &REGISTER, "edit", &mut args) else { return Ok((0, Vec::new())) };
    let sql = format!(
        "select coalesce(t.expected_loss_currency, ''), count(*), coalesce(sum(t.expected_loss), 0) from risk t \
         where t.state = 'open' and t.score > ?1 and t.retired_at is null and {rows} \
         group by coalesce(t.expected_loss_currency, '') order by 1 limit 200"
    );
    let (mut count, mut losses) = (0, Vec::new());
    for row in tx.all(&sql, &args)? {
        count += row.int(1)?;
        if !row.text(0)?.is_empty() {
            losses.push((row.int(2)?, row.text(0)?.to_owned()));
        }
    }
    Ok((count, losses))
}
