//! Windows by time.

use db::{Row, Tx, Value};
use kernel::Result;

/// What a window is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Nothing may change.
    Freeze,
    /// Alerts are held back.
    Silence,
    /// Time does not count against promises.
    Exclusion,
    /// Shown on the status page.
    Notice,
}

impl Purpose {
    fn column(self) -> &'static str {
        match self {
            Purpose::Freeze => "freezes_changes",
            Purpose::Silence => "suppresses_alerts",
            Purpose::Exclusion => "excludes_clocks",
            Purpose::Notice => "announced",
        }
    }
}

/// A window as others use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its id.
    pub id: i64,
    /// What people call it.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// First instant.
    pub starts_at: i64,
    /// First instant after it.
    pub ends_at: i64,
}

/// Most windows looked at.
const MOST: i64 = 1_000;

/// Windows of a purpose that overlap a span and concern a service or item (by id), or everything; in order of time.
pub fn overlapping(tx: &mut Tx, purpose: Purpose, about: i64, from: i64, until: i64) -> Result<Vec<Window>> {
    let sql = format!(
        "select t.id, t.reference, t.name, t.starts_at, t.ends_at from span t \
         where t.{} = 1 and t.retired_at is null and t.starts_at < ?1 and t.ends_at > ?2 and \
         (exists (select 1 from relation e where e.source = t.id and e.field in ('services', 'items') and e.target = ?3 and e.valid_until is null) \
          or not exists (select 1 from relation e where e.source = t.id and e.field in ('services', 'items') and e.valid_until is null)) \
         order by t.starts_at, t.id limit {MOST}",
        purpose.column()
    );
    tx.all(&sql, &[Value::Int(until), Value::Int(from), Value::Int(about)])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Window> {
    Ok(Window {
        id: row.int(0)?,
        reference: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        starts_at: row.int(3)?,
        ends_at: row.int(4)?,
    })
}
