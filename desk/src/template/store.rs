//! Which templates somebody is offered.

use super::TEMPLATES;
use db::{Row, Tx, Value};
use kernel::Result;
use kernel::who::View;
use kernel::who::guard::{any_of, guard, mark};

/// Most templates offered.
const MOST: i64 = 60;

/// A template as the composer needs it.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Its id.
    pub id: i64,
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Its text, with placeholders.
    pub body: String,
    /// `personal`, `team` or `everyone`.
    pub audience: String,
    /// Whether it makes an internal note.
    pub internal: bool,
    /// `pend`, `resolve` or empty.
    pub next: String,
    /// The team that gets the ticket.
    pub to_team: Option<i64>,
    /// Who gets the ticket.
    pub to_person: Option<i64>,
}

const COLUMNS: &str = "t.id, t.reference, t.name, t.body, t.audience, t.internal, t.next, t.to_team, t.to_person";

fn read(row: &Row) -> Result<Offered> {
    Ok(Offered {
        id: row.int(0)?,
        reference: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        body: row.text(3)?.to_owned(),
        audience: row.text(4)?.to_owned(),
        internal: row.maybe_int(5)? == Some(1),
        next: row.maybe_text(6)?.unwrap_or_default().to_owned(),
        to_team: row.maybe_int(7)?,
        to_person: row.maybe_int(8)?,
    })
}

/// The condition that a template is meant for the viewer: their own, their teams', or everybody's.
fn meant(view: &View, args: &mut Vec<Value>) -> Option<String> {
    let rows = guard(view, &TEMPLATES, "read", args)?;
    let person = mark(args, view.person);
    let teams = any_of("t.team", &view.teams, args);
    Some(format!(
        "{rows} and t.retired_at is null and (t.audience = 'everyone' or (t.audience = 'personal' and t.person = {person}) or (t.audience = 'team' and {teams}))"
    ))
}

/// The templates meant for the viewer, their own first, then their teams', by name; at most 60.
pub fn offered(tx: &mut Tx, view: &View) -> Result<Vec<Offered>> {
    let mut args = Vec::new();
    let Some(rows) = meant(view, &mut args) else { return Ok(Vec::new()) };
    let order = "case t.audience when 'personal' then 0 when 'team' then 1 else 2 end, t.name, t.id";
    let sql = format!("select {COLUMNS} from template t where {rows} order by {order} limit {MOST}");
    tx.all(&sql, &args)?.iter().map(read).collect()
}

/// One of them by its reference; none if it is not meant for the viewer.
pub fn by_reference(tx: &mut Tx, view: &View, reference: &str) -> Result<Option<Offered>> {
    let mut args = vec![Value::from(reference)];
    let Some(rows) = meant(view, &mut args) else { return Ok(None) };
    let sql = format!("select {COLUMNS} from template t where t.reference = ?1 and {rows}");
    tx.maybe(&sql, &args)?.as_ref().map(read).transpose()
}
