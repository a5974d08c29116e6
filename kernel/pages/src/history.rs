//! The history of a record: what the journal says, in words and names.

use db::Tx;
use kernel::describe::Register;
use kernel::describe::{Field, Kind, Undo};
use kernel::journal::{self, Entry};
use kernel::register::{self, Cell, Record, names_of};
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, html};
use serde_json::Value as Json;
use std::collections::HashSet;
use ui::head::Head;
use ui::history::{self as part, Change};
use ui::pager::Pager;
use ui::people::Who;
use ui::verb::Verb;

use crate::detail::as_of_href;
use crate::form::crumbs;
use crate::shown::{Shown, record_href};

/// Entries a page.
const PAGE: usize = 50;

/// `GET /{kind}/{REF}/history?before=`.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, reference: &str) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, reference)?;
    let list = list(tx, request, &record)?;
    let head = Head {
        crumbs: crumbs(register, Some((&record, request))),
        title: format!("History of {}", record.reference),
        lead: Some(record.title().to_owned()),
        ..Head::default()
    };
    Ok(Reply::page(format!("History of {}", record.reference), register.key, html! { (head) (list) }))
}

/// A page of the history of a record that was loaded under guard, with the way to the pages before and after it.
pub fn list(tx: &mut Tx, request: &Request, record: &Record) -> Result<Markup> {
    let before = request.asked("before").map(|text| read_place(text).ok_or(Error::NotFound)).transpose()?;
    let raw = journal::history(tx, record.id, before, PAGE + 1)?;
    let more = raw.len() > PAGE;
    let shown = told(tx, request, record, &raw[..raw.len().min(PAGE)])?;
    let here = format!("{}/history", record_href(&request.house, record));
    let next = raw.get(PAGE - 1).filter(|_| more).map(|last| format!("{here}?before={}.{}", last.at, last.seq));
    let pager = Pager { text: format!("{} shown", shown.len()), previous: before.map(|_| here.clone()), next, count: None };
    Ok(html! { (part::history(&shown)) @if more || before.is_some() { (pager) } })
}

fn read_place(text: &str) -> Option<(i64, i64)> {
    let (at, seq) = text.split_once('.')?;
    Some((at.parse().ok()?, seq.parse().ok()?))
}

/// The last entries of a record as the reader may see them.
pub fn entries(tx: &mut Tx, request: &Request, record: &Record, before: Option<(i64, i64)>, limit: usize) -> Result<Vec<part::Entry>> {
    let raw = journal::history(tx, record.id, before, limit)?;
    told(tx, request, record, &raw)
}

fn told(tx: &mut Tx, request: &Request, record: &Record, raw: &[Entry]) -> Result<Vec<part::Entry>> {
    let wanted = linked(request, record, raw);
    let names = names_of(tx, &request.house, &request.view, &[], &wanted)?;
    let shown = Shown { request, names: &names };
    let undone: HashSet<i64> = raw.iter().filter(|it| it.verb == "undo").filter_map(undone).collect();
    let register = record.shape.register;
    let inner = request.view.may(register, "internal");
    let mut all = Vec::with_capacity(raw.len());
    for entry in raw.iter().filter(|entry| inner || !journal::inner(register, entry)) {
        let undo = !undone.contains(&entry.act) && can_undo(tx, request, record, entry)?;
        all.push(tell(&shown, record, entry, undo));
    }
    Ok(all)
}

fn undone(entry: &Entry) -> Option<i64> {
    entry.content.as_ref()?.input.get("act")?.as_i64()
}

/// Every record that the entries name.
fn linked(request: &Request, record: &Record, raw: &[Entry]) -> Vec<(&'static str, i64)> {
    let mut wanted: Vec<(&'static str, i64)> = raw.iter().filter_map(|it| it.actor).map(|id| ("people", id)).collect();
    for (key, change) in raw.iter().filter_map(|it| it.content.as_ref()).flat_map(|content| &content.changes) {
        let Some(field) = field(record, key) else { continue };
        for side in 0..2 {
            match (field.kind, Cell::from_journal(field.kind, &change[side])) {
                (Kind::Link(to) | Kind::Many(to), Cell::Int(id)) => wanted.push((to, id)),
                (Kind::Many(to), Cell::Many(ids)) => wanted.extend(ids.iter().map(|id| (to, *id))),
                (_, Cell::Any(to, id)) => wanted.extend(request.house.register(&to).map(|it| (it.key, id))),
                _ => {}
            }
        }
    }
    wanted.extend(raw.iter().filter_map(shared_with));
    wanted.retain(|(register, _)| request.house.register(register).is_some());
    wanted
}

/// Whom an entry shared the record with.
fn shared_with(entry: &Entry) -> Option<(&'static str, i64)> {
    let input = &entry.content.as_ref().filter(|_| matches!(entry.verb.as_str(), "share" | "unshare"))?.input;
    ["people", "teams"].into_iter().find_map(|key| Some((key, input.get(key)?.as_i64()?)))
}

/// The field of a key; state, organisation and retirement stand in the journal like fields.
fn field(record: &Record, key: &str) -> Option<Field> {
    Some(match key {
        "state" => kernel::describe::line("state", "State"),
        "organisation" => kernel::describe::link("organisation", "Organisation", "organisations"),
        "retired_at" => kernel::describe::time("retired_at", "Retired"),
        _ => *record.shape.field(key)?,
    })
}

fn tell(shown: &Shown, record: &Record, entry: &Entry, undo: bool) -> part::Entry {
    let request = shown.request;
    let means = means(&entry.means, &entry.through);
    let late = entry.recorded_at - entry.at > 60_000;
    let recorded = if late { format!("recorded {}", crate::shown::exact(request, entry.recorded_at)) } else { String::new() };
    let who = match entry.actor {
        Some(id) => Who::person(shown.name(id)),
        None => Who::machine("Reeve"),
    };
    let undo = undo.then(|| {
        let to = format!("{}/undo?act={}", record_href(&request.house, record), entry.act);
        Verb::post("Undo", to, request.csrf.clone()).small().bare()
    });
    let erase = (entry.content.is_some() && entry.verb != "redact" && request.view.may(record.shape.register, "redact"))
        .then(|| Verb::link("Erase…", format!("{}/redact?act={}", record_href(&request.house, record), entry.act)).small().bare());
    part::Entry {
        number: entry.seq.to_string(),
        who,
        means: [means, recorded].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", "),
        when: shown.when(entry.at),
        verb: verb_word(record.shape.register, entry),
        begins: entry.verb == "create",
        changes: changes(shown, record, entry),
        reason: entry.content.as_ref().and_then(|it| it.reason.clone()).unwrap_or_default(),
        as_of: Some(as_of_href(request, record, entry.at)),
        undo,
        erase,
    }
}

/// By what means something was done, in words; nothing of what was done on a page.
fn means(means: &str, through: &str) -> String {
    match (means, through) {
        ("page", _) => String::new(),
        ("cli", _) => "on the command line".into(),
        ("job", it) if it == crate::bulk::job::KIND.key => "one of many at once".into(),
        ("job", _) => "by itself, in the background".into(),
        ("api", token) => ["through the API", token].iter().filter(|it| !it.is_empty()).copied().collect::<Vec<_>>().join(", "),
        ("import", "") => "imported".into(),
        ("import", source) => format!("imported from {source}"),
        (other, _) => format!("through {other}"),
    }
}

/// What was done, in words; redacted entries say so.
fn verb_word(register: &Register, entry: &Entry) -> String {
    let word = match entry.verb.as_str() {
        "create" => "created it".to_owned(),
        "edit" => "changed it".to_owned(),
        "retire" => "retired it".to_owned(),
        "undo" => "took a change back".to_owned(),
        "share" => "shared it".to_owned(),
        "unshare" => "ended sharing it".to_owned(),
        "attach" => "attached files".to_owned(),
        "detach" => "removed a file".to_owned(),
        "redact" => "erased the content of an entry".to_owned(),
        key => match register.verb(key) {
            Some(verb) if verb.done.is_empty() => format!("chose “{}”", verb.label.trim_end_matches('…')),
            Some(verb) => verb.done.to_owned(),
            None => format!("noted “{}”", key.replace('-', " ")),
        },
    };
    if entry.redacted() { format!("{word} (the content of this entry was erased; that it was made is still sealed)") } else { word }
}

fn changes(shown: &Shown, record: &Record, entry: &Entry) -> Vec<Change> {
    let Some(content) = &entry.content else { return Vec::new() };
    let register = record.shape.register;
    let reads = |field: &Field| shown.request.view.reads(register, field);
    let one = |(key, change): (&String, &Json)| {
        let known = record.shape.field(key).is_none_or(reads);
        let hidden_input = record.shape.field(key).is_none() && field(record, key).is_none();
        if !known || hidden_input {
            return None;
        }
        let field = field(record, key)?;
        let text = |side: usize| match key.as_str() {
            "state" => change[side].as_str().map_or_else(String::new, |state| state_label(register, state)),
            _ => shorten(shown.text(&field, &Cell::from_journal(field.kind, &change[side]))),
        };
        Some(Change { field: field.label.to_owned(), from: text(0), to: text(1) })
    };
    let mut all: Vec<Change> = content.changes.iter().filter_map(one).filter(|it| entry.verb != "create" || !it.to.is_empty()).collect();
    if let Some((_, id)) = shared_with(entry) {
        let (from, to) = if entry.verb == "share" { (String::new(), shown.name(id)) } else { (shown.name(id), String::new()) };
        all.push(Change { field: "Shared with".into(), from, to });
    }
    all
}

fn state_label(register: &Register, state: &str) -> String {
    register.state(state).map_or_else(|| state.to_owned(), |it| it.label.to_owned())
}

/// Characters of a long text that the history shows.
const SHOWN: usize = 300;

fn shorten(text: String) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Whether undoing is worth offering: the verb can be undone, the viewer may, and nothing it set has changed since.
fn can_undo(tx: &mut Tx, request: &Request, record: &Record, entry: &Entry) -> Result<bool> {
    if !stands(request, record, entry) {
        return Ok(false);
    }
    match register::may_undo(tx, &request.view, record, entry, request.now) {
        Ok(()) => Ok(true),
        Err(Error::Forbidden(_) | Error::Conflict(_)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Whether the verb of an entry can be undone, and nothing it set has changed since.
fn stands(request: &Request, record: &Record, entry: &Entry) -> bool {
    let register = record.shape.register;
    let allowed = match register.verb(&entry.verb) {
        Some(verb) => !matches!(verb.undo, Undo::Never),
        None => matches!(entry.verb.as_str(), "edit" | "retire"),
    };
    let Some(content) = entry.content.as_ref().filter(|_| allowed && request.view.may(register, &entry.verb)) else { return false };
    content.changes.iter().all(|(key, change)| {
        let now = match key.as_str() {
            "state" => Json::from(record.state.clone()),
            "organisation" => Json::from(record.organisation),
            "retired_at" => Json::from(record.retired_at),
            key => record.shape.place(key).map_or(Json::Null, |place| record.cells[place].journalled()),
        };
        now == change[1] || (change[1].is_null() && now.as_array().is_some_and(Vec::is_empty))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_said_in_words() {
        assert_eq!(means("page", ""), "");
        assert_eq!(means("cli", ""), "on the command line");
        assert_eq!(means("job", "pages.bulk"), "one of many at once");
        assert_eq!(means("job", "ticket.clocks"), "by itself, in the background");
        assert_eq!(means("api", "nagios"), "through the API, nagios");
        assert_eq!(means("import", "test"), "imported from test");
    }

    #[test]
    fn places_are_read_and_long_texts_shortened_at_a_character() {
        assert_eq!(read_place("1763983483000.12"), Some((1_763_983_483_000, 12)));
        assert_eq!(read_place("x.1"), None);
        let text = shorten("ü".repeat(400));
        assert_eq!(text.chars().count(), 301);
        assert_eq!(shorten("short".into()), "short");
    }
}
