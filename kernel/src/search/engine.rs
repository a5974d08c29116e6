//! The two dialects of full text, behind one face.

use super::{terms, unordered};
use crate::Result;
use crate::describe::Register;
use crate::who::View;
use crate::who::guard::mark;
use db::{Engine, Row, Tx, Value};

/// Newest hits looked at when words narrow a list, unless all are to be.
pub const NEWEST: usize = 5_000;

/// Marker word of a register.
pub(super) fn kind_word(register: &str) -> String {
    format!("zqk{}", register.replace('-', ""))
}
/// Marker word of a side.
pub(super) fn side_word(internal: bool) -> &'static str {
    if internal { "zqsinner" } else { "zqspublic" }
}
/// Marker word of an organisation.
pub(super) fn organisation_word(organisation: i64) -> String {
    format!("zqo{organisation}")
}

/// Most organisations named in a match; a wider reach is left to the row predicate.
const MOST_ORGANISATIONS: usize = 20;

/// Where a question looks.
#[derive(Clone, Copy)]
pub(super) struct Within<'a> {
    /// Documents of these registers.
    pub registers: &'a [&'static Register],
    /// Whether there are no others, so that they need not be named.
    pub all: bool,
}

/// The match expression of some words within what a viewer may read of some registers; none if there is nothing to look
/// for. The last word may go on unless it is to be taken as a `whole` one.
pub(super) fn expression(engine: Engine, view: &View, within: Within, terms: &[String], whole: bool) -> Option<String> {
    let (last, rest) = terms.split_last()?;
    let say = Say(engine);
    let mut all: Vec<String> = rest.iter().map(|it| say.word(it)).collect();
    all.push(if whole { say.word(last) } else { say.begins(last) });
    let (inner, public): (Vec<&Register>, Vec<&Register>) = within.registers.iter().partition(|it| view.may(it, "internal"));
    if !within.all || !public.is_empty() {
        let mut either = Vec::new();
        if !inner.is_empty() {
            either.push(say.kinds(&inner));
        }
        if !public.is_empty() {
            either.push(say.and(&[say.kinds(&public), say.word(side_word(false))]));
        }
        if either.is_empty() {
            return None;
        }
        all.push(say.or(&either));
    }
    if !view.everything && !view.has_shares && view.reach.len() <= MOST_ORGANISATIONS {
        let of: Vec<String> = view.reach.iter().map(|id| say.word(&organisation_word(*id))).collect();
        if of.is_empty() {
            return None;
        }
        all.push(say.or(&of));
    }
    Some(say.and(&all))
}

/// How an engine writes a match.
struct Say(Engine);

impl Say {
    fn word(&self, word: &str) -> String {
        if self.0 == Engine::Sqlite { format!("\"{word}\"") } else { format!("'{word}'") }
    }
    fn begins(&self, word: &str) -> String {
        if self.0 == Engine::Sqlite { format!("\"{word}\"*") } else { format!("'{word}':*") }
    }
    fn and(&self, all: &[String]) -> String {
        all.join(if self.0 == Engine::Sqlite { " AND " } else { " & " })
    }
    fn or(&self, all: &[String]) -> String {
        match all {
            [one] => format!("({one})"),
            _ => format!("(({}))", all.join(if self.0 == Engine::Sqlite { ") OR (" } else { ") | (" })),
        }
    }
    fn kinds(&self, registers: &[&Register]) -> String {
        let of = |register: &Register| if register.shows.is_empty() { vec![register.key] } else { register.shows.to_vec() };
        let kinds: Vec<String> = registers.iter().flat_map(|it| of(it)).map(|key| self.word(&kind_word(key))).collect();
        self.or(&kinds)
    }
}

/// The condition on alias `t` that a record matches the words, for lists. Looks at the newest 5,000 hits, or at `all` of them.
pub fn matching(engine: Engine, view: &View, register: &'static Register, q: &str, all: bool, args: &mut Vec<Value>) -> String {
    match expression(engine, view, Within { registers: &[register], all: false }, &terms(q), false) {
        None => "1 = 1".into(),
        Some(expression) => {
            let mark = mark(args, expression);
            format!("t.id in (select h.record from ({}) h)", if all { every(engine, &mark) } else { hits(engine, &mark, NEWEST) })
        }
    }
}

/// Whether words have more hits than [`matching`] looks at unless told to look at all.
pub fn beyond(tx: &mut Tx, view: &View, register: &'static Register, q: &str) -> Result<bool> {
    let engine = tx.engine();
    let Some(expression) = expression(engine, view, Within { registers: &[register], all: false }, &terms(q), false) else {
        return Ok(false);
    };
    let of = match engine {
        Engine::Sqlite => "words match ?1",
        Engine::Postgres => "words @@ to_tsquery('simple', ?1)",
    };
    let sql = format!("select count(*) from (select 1 from words where {of} limit {}) h", NEWEST + 1);
    Ok(tx.one(&sql, &[Value::Text(expression)])?.int(0)? > NEWEST as i64)
}

/// `select record` of all documents that match.
fn every(engine: Engine, mark: &str) -> String {
    match engine {
        Engine::Sqlite => format!("select record from document where id in (select rowid from words where words match {mark})"),
        Engine::Postgres => {
            format!("select d.record from words w join document d on d.id = w.id where w.words @@ to_tsquery('simple', {mark})")
        }
    }
}

/// `select record, id` of the newest documents that match.
fn hits(engine: Engine, mark: &str, limit: usize) -> String {
    match engine {
        Engine::Sqlite => format!(
            "select d.record, d.id from (select rowid as id from words where words match {mark} order by rowid desc limit {limit}) w \
             join document d on d.id = w.id"
        ),
        Engine::Postgres => format!(
            "select d.record, d.id from words w join document d on d.id = w.id \
             where w.words @@ to_tsquery('simple', {mark}) order by d.id desc limit {limit}"
        ),
    }
}

/// A document that matches.
pub(super) struct Found {
    /// Its id.
    pub id: i64,
    /// The record it belongs to.
    pub record: i64,
    /// Register key of the record.
    pub register: String,
}

/// The newest documents that match an expression and are older than the one `before`, newest first. `scattered`: they are of registers
/// that have few of all documents.
pub(super) fn newest(tx: &mut Tx, expression: String, before: i64, limit: usize, scattered: bool) -> Result<Vec<Found>> {
    match tx.engine() {
        Engine::Sqlite => {
            let ids = "select rowid as id from words where words match ?1 and rowid < ?2 order by rowid desc limit ?3";
            documents(tx, ids, &[Value::Text(expression), Value::Int(before), Value::Int(limit as i64)])
        }
        Engine::Postgres => unordered::newest(tx, expression, before, limit, scattered),
    }
}

/// The documents of some ids, newest first.
pub(super) fn documents(tx: &mut Tx, ids: &str, args: &[Value]) -> Result<Vec<Found>> {
    let rows = tx.all(&format!("select d.id, d.record, d.register from ({ids}) w join document d on d.id = w.id"), args)?;
    let one = |row: &Row| -> Result<Found> { Ok(Found { id: row.int(0)?, record: row.int(1)?, register: row.text(2)?.to_owned() }) };
    let mut found = rows.iter().map(one).collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|it| std::cmp::Reverse(it.id));
    Ok(found)
}

/// Writes the words of a document, in place of those it had.
pub(super) fn write_words(tx: &mut Tx, id: i64, text: &str, replaces: bool) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => {
            if replaces {
                tx.run("delete from words where rowid = ?1", &[Value::Int(id)])?;
            }
            tx.run("insert into words (rowid, body) values (?1, ?2)", &[Value::Int(id), Value::from(text)])?;
        }
        Engine::Postgres => {
            let sql = "insert into words (id, words) values (?1, to_tsvector('simple', ?2)) \
                       on conflict (id) do update set words = excluded.words";
            tx.run(sql, &[Value::Int(id), Value::from(text)])?;
        }
    }
    Ok(())
}

/// Takes the words of a document out.
pub(super) fn remove_words(tx: &mut Tx, id: i64) -> Result<()> {
    let sql = match tx.engine() {
        Engine::Sqlite => "delete from words where rowid = ?1",
        Engine::Postgres => "delete from words where id = ?1",
    };
    tx.run(sql, &[Value::Int(id)])?;
    Ok(())
}
