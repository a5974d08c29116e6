//! The course of a figure: what it was at the times when it changed.

use super::Content;
use crate::Result;
use crate::who::guard::{any_of, mark};
use db::{Tx, Value};
use std::collections::HashMap;

/// A change of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: i64,
    /// Before; none: there was none.
    pub from: Option<i64>,
    /// After.
    pub to: Option<i64>,
    /// Why, in the words of whoever did it.
    pub reason: String,
}

/// Most entries read: what is beyond is older than what is told, and left out.
const MOST: usize = 5_000;

/// The changes of a whole-number field of some records since a time, oldest first, by record.
///
/// The caller has loaded the records under guard, and shows only fields that the viewer may read.
pub fn course(tx: &mut Tx, records: &[i64], field: &str, since: i64) -> Result<HashMap<i64, Vec<Step>>> {
    let mut steps: HashMap<i64, Vec<Step>> = HashMap::new();
    for part in records.chunks(200) {
        let mut args = Vec::new();
        let among = any_of("j.record", part, &mut args);
        let (since, named) = (mark(&mut args, since), mark(&mut args, format!("%\"{field}\":%")));
        let limit = mark(&mut args, Value::Int(MOST as i64));
        let sql = format!(
            "select j.record, j.at, j.content from journal j where {among} and j.at >= {since} and j.content like {named} \
             order by j.at desc, j.seq desc limit {limit}"
        );
        for row in tx.all(&sql, &args)?.iter().rev() {
            let content: Option<Content> = row.maybe_text(2)?.and_then(|text| serde_json::from_str(text).ok());
            let Some(content) = content else { continue };
            let Some(change) = content.changes.get(field) else { continue };
            let step =
                Step { at: row.int(1)?, from: change[0].as_i64(), to: change[1].as_i64(), reason: content.reason.unwrap_or_default() };
            steps.entry(row.int(0)?).or_default().push(step);
        }
    }
    Ok(steps)
}
