//! A form that arrives twice is done once: the first answer is kept in the transaction of the act, and given again.

use crate::body::Files;
use db::Value;
use kernel::web::{Form, Reply, sending};
use kernel::{Act, Result, id};
use serde_json::Value as Json;

/// The field that names one sending of a form; scripts make it, and keep it while they try again.
const FIELD: &str = "once";
/// Fields that say from which draft a form goes on.
const OF_DRAFTS: &[&str] = &["draft_at", "sending"];
/// Longest name.
const LONGEST: usize = 100;

/// The name of a sending, and what was sent.
pub(super) struct Once {
    name: String,
    request: String,
}

impl Once {
    /// Takes the name out of a form, if it has one.
    pub(super) fn of(path: &str, form: &mut Form, files: &Files) -> Option<Once> {
        let name = form.shift_remove(FIELD)?.as_str().filter(|name| (1..=LONGEST).contains(&name.len()))?.to_owned();
        let files: Vec<String> = files.iter().map(|(field, file, bytes)| format!("{field} {file} {}", bytes.len())).collect();
        // What the page knows of drafts may differ between two tries of the same.
        let sent: Form = form.iter().filter(|(key, _)| !OF_DRAFTS.contains(&key.as_str())).map(|(k, v)| (k.clone(), v.clone())).collect();
        let sent = Json::Object(sent).to_string();
        Some(Once { name, request: id::digest(&format!("{path}\n{sent}\n{}", files.join("\n"))) })
    }

    fn digest(&self, act: &Act) -> String {
        sending(act.view.person, &self.name)
    }

    /// The answer that this sending got before; whoever sends something else under an old name is not held up by it.
    pub(super) fn before(&self, act: &mut Act) -> Result<Option<Reply>> {
        let digest = self.digest(act);
        act.tx.lock(&digest)?;
        let sql = "select answer, location from idempotency where digest = ?1 and request = ?2";
        let Some(row) = act.tx.maybe(sql, &[Value::Text(digest), Value::from(self.request.as_str())])? else { return Ok(None) };
        let (toast, undo): (String, String) = serde_json::from_str(row.text(0)?).unwrap_or_default();
        Ok(Some(Reply::Redirect { to: row.text(1)?.to_owned(), toast, undo }))
    }

    /// Keeps an answer. Only those that lead on are of acts that may not be done twice.
    pub(super) fn keep(&self, act: &mut Act, reply: &Reply) -> Result<()> {
        let Reply::Redirect { to, toast, undo } = reply else { return Ok(()) };
        let sql = "insert into idempotency (digest, request, status, answer, location, created_at) values (?1, ?2, 303, ?3, ?4, ?5) \
            on conflict (digest) do update set request = excluded.request, answer = excluded.answer, location = excluded.location";
        let answer = serde_json::json!([toast, undo]).to_string();
        let args = [
            Value::Text(self.digest(act)),
            Value::from(self.request.as_str()),
            Value::Text(answer),
            Value::from(to.as_str()),
            Value::Int(act.recorded_at),
        ];
        act.tx.run(sql, &args)?;
        Ok(())
    }
}
