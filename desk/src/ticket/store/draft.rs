//! What somebody has typed on a ticket and not yet sent.

use db::{Tx, Value};
use kernel::Result;

/// What a person has typed at a place, as JSON, and when it was kept in milliseconds; none if nothing is kept.
pub fn read(tx: &mut Tx, person: i64, place: String) -> Result<Option<(String, i64)>> {
    let sql = "select content, saved_at from draft where person = ?1 and place = ?2";
    let row = tx.maybe(sql, &[Value::Int(person), Value::Text(place)])?;
    row.map(|row| Ok((row.text(0)?.to_owned(), row.int(1)?))).transpose()
}

/// Keeps what a person has typed at a place, as JSON.
pub fn keep(tx: &mut Tx, person: i64, place: String, content: String, now: i64) -> Result<()> {
    // Later than what stood there, whatever the clock says, so that an open form learns of it.
    let sql = "insert into draft (person, place, content, saved_at) values (?1, ?2, ?3, ?4) \
               on conflict (person, place) do update set content = excluded.content, sending = null, \
               saved_at = case when excluded.saved_at > draft.saved_at then excluded.saved_at else draft.saved_at + 1 end";
    tx.run(sql, &[Value::Int(person), Value::Text(place), Value::Text(content), Value::Int(now)])?;
    Ok(())
}

/// Moves what people have typed at one place to another, except of those who have typed something there too.
pub fn move_all(tx: &mut Tx, from: String, to: String) -> Result<()> {
    let sql = "update draft set place = ?2 where place = ?1 \
               and person not in (select d.person from draft d where d.place = ?2)";
    tx.run(sql, &[Value::Text(from), Value::Text(to)])?;
    Ok(())
}

/// Most drafts of one person that are listed.
const MOST: usize = 100;

/// References of the tickets on which a person has typed something and not sent it, the latest first.
pub fn tickets(tx: &mut Tx, person: i64) -> Result<Vec<String>> {
    let sql = format!("select place from draft where person = ?1 order by saved_at desc limit {MOST}");
    let rows = tx.all(&sql, &[Value::Int(person)])?;
    let places = rows.iter().map(|row| Ok(row.text(0)?.to_owned())).collect::<Result<Vec<String>>>()?;
    let of = |place: &String| match place.split('/').collect::<Vec<_>>().as_slice() {
        ["incidents" | "requests", reference, "said"] => Some((*reference).to_owned()),
        _ => None,
    };
    Ok(places.iter().filter_map(of).collect())
}
