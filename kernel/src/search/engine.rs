//! The two dialects of full text, behind one face.

use super::terms;
use crate::Result;
use crate::describe::Register;
use crate::who::View;
use crate::who::guard::mark;
use db::{Engine, Tx, Value};

/// Newest hits looked at when words narrow a list.
const NEWEST: usize = 5_000;

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

/// The match expression of a question within what a viewer may read of some registers. The last word may go on
/// unless it is to be taken as a `whole` one.
pub(super) fn expression(engine: Engine, view: &View, register: &Register, q: &str, whole: bool) -> Option<String> {
    let terms = terms(q);
    let (last, rest) = terms.split_last()?;
    let (and, or) = if engine == Engine::Sqlite { (" AND ", " OR ") } else { (" & ", " | ") };
    let word = |word: &str| if engine == Engine::Sqlite { format!("\"{word}\"") } else { format!("'{word}'") };
    let begins = |word: &str| if engine == Engine::Sqlite { format!("\"{word}\"*") } else { format!("'{word}':*") };
    let mut all: Vec<String> = rest.iter().map(|it| word(it)).collect();
    all.push(if whole { word(last) } else { begins(last) });
    if !register.shows.is_empty() {
        let shared: Vec<String> = register.shows.iter().map(|key| word(&kind_word(key))).collect();
        all.push(format!("({})", shared.join(or)));
    } else {
        all.push(word(&kind_word(register.key)));
    }
    if !view.may(register, "internal") {
        all.push(word(side_word(false)));
    }
    if !view.everything && !view.has_shares && view.reach.len() <= MOST_ORGANISATIONS {
        let within: Vec<String> = view.reach.iter().map(|id| word(&organisation_word(*id))).collect();
        all.push(format!("({})", within.join(or)));
    }
    Some(all.join(and))
}

/// The condition on alias `t` that a record matches the words, for lists. Looks at the newest 5,000 hits.
pub fn matching(engine: Engine, view: &View, register: &Register, q: &str, args: &mut Vec<Value>) -> String {
    match expression(engine, view, register, q, false) {
        None => "1 = 1".into(),
        Some(expression) => {
            let mark = mark(args, expression);
            format!("t.id in (select h.record from ({}) h)", hits(engine, &mark, NEWEST))
        }
    }
}

/// `select record, id` of the newest documents that match.
pub(super) fn hits(engine: Engine, mark: &str, limit: usize) -> String {
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

/// So many documents with all words as they stand make the last one a word of its own.
const COMMON: i64 = 50;

/// Whether the words are common as they stand, so that nobody means the beginning of a longer one.
///
/// SQLite alone is asked: it opens all words with the same beginning before it gives the first hit, which for the beginning of
/// common words takes longer than all the rest of a search.
pub(super) fn common(tx: &mut Tx, q: &str) -> Result<bool> {
    if tx.engine() == Engine::Postgres {
        return Ok(false);
    }
    let words: Vec<String> = terms(q).iter().map(|word| format!("\"{word}\"")).collect();
    let sql = "select count(*) from (select rowid from words where words match ?1 limit ?2) w";
    Ok(tx.one(sql, &[Value::Text(words.join(" AND ")), Value::Int(COMMON)])?.int(0)? >= COMMON)
}

/// Whether any document of a register may exist. PostgreSQL is not asked, for it would look at all of them.
pub(super) fn written(tx: &mut Tx, register: &Register) -> Result<bool> {
    if tx.engine() == Engine::Postgres || !register.shows.is_empty() {
        return Ok(true);
    }
    let sql = "select rowid from words where words match ?1 limit 1";
    Ok(tx.maybe(sql, &[Value::Text(format!("\"{}\"", kind_word(register.key)))])?.is_some())
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
