//! How the database goes about the pages: which statements each runs, and which of them would read a large table from end to
//! end. Tests ask it of a small house, measurements of one with a million tickets.

use db::{Engine, Tx, Value};
use kernel::web::{Method, Reply, Request, Serves};
use kernel::{House, Result, who::View};
use std::sync::Arc;

/// Tables that grow without end.
const LARGE: &[&str] = &["ticket", "message", "journal", "clock", "document", "seal", "time_entry"];

/// What one page asks of the database.
pub struct Asked {
    /// Path and query.
    pub page: String,
    /// Statements it ran.
    pub statements: usize,
    /// Those that read a large table from end to end: the statement, and the step that does.
    pub scans: Vec<(String, String)>,
}

/// Opens every page of practices and of registers as somebody who may, and looks at the plans of what they ask. `reference`
/// gives a record of a register by its path, where there is one.
pub fn of_pages(
    tx: &mut Tx,
    house: &Arc<House>,
    view: &View,
    reference: &mut dyn FnMut(&mut Tx, &str) -> Result<Option<String>>,
) -> Result<Vec<Asked>> {
    let mut all = Vec::new();
    for route in house.practices.iter().flat_map(|practice| practice.routes).filter(|route| route.method == Method::Get) {
        let Serves::Page(serve) = route.serves else { continue };
        let allowed = route.may.split_once('.').is_none_or(|(key, verb)| house.register(key).is_some_and(|it| view.may(it, verb)));
        let kind = route.path.split('/').nth(1).unwrap_or_default();
        let part = if route.path.contains("{reference}") { reference(tx, kind)? } else { Some(String::new()) };
        let (true, Some(part)) = (allowed && route.path.matches('{').count() <= 1, part) else { continue };
        let queries = if route.path == "/queue" { QUEUES } else { &[""] };
        for query in queries {
            all.push(asked(tx, house, view, (&route.path.replace("{reference}", &part), query), &part, &serve)?);
        }
    }
    for register in house.registers.iter().filter(|register| view.may(register, "read")) {
        let list = format!("/{}", register.key);
        for query in LISTS {
            all.push(asked(tx, house, view, (&list, query), "", &pages::handle_get)?);
        }
        if let Some(part) = reference(tx, register.key)? {
            for tail in RECORD {
                all.push(asked(tx, house, view, (&format!("{list}/{part}{tail}"), ""), "", &pages::handle_get)?);
            }
        }
    }
    all.push(asked(tx, house, view, ("/search", "q=printer"), "", &pages::handle_get)?);
    Ok(all)
}

/// Questions of the queue.
const QUEUES: &[&str] = &[
    "",
    "view=mine",
    "view=unassigned",
    "view=team",
    "view=breaching",
    "view=all",
    "sort=priority",
    "view=all&sort=-opened_at",
    "view=all&sort=priority",
    "q=printer",
];
/// Questions of every list.
const LISTS: &[&str] = &["", "sort=-created_at", "sort=reference", "q=printer"];

/// Pages of every record.
const RECORD: &[&str] = &["", "/edit", "/history", "/links", "/files"];

type Serve<'a> = &'a dyn Fn(&mut Tx, &Request) -> Result<Reply>;

/// Opens a page and looks at what it asked. A page that refuses is looked at all the same.
fn asked(tx: &mut Tx, house: &Arc<House>, view: &View, address: (&str, &str), part: &str, serve: Serve) -> Result<Asked> {
    let (path, query) = address;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let request = Request {
        view: view.clone(),
        house: Arc::clone(house),
        now: house.clock.now(),
        site: String::new(),
        path: path.to_owned(),
        parts: vec![("reference".into(), part.to_owned())],
        query: pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        form: kernel::web::Form::new(),
        files: Vec::new(),
        csrf: String::new(),
        fragment: false,
        theme: String::new(),
        density: String::new(),
    };
    tx.listen();
    let served = serve(tx, &request);
    let heard = tx.heard();
    if let Err(fault @ (kernel::Error::Db(_) | kernel::Error::Fault(_))) = served {
        return Err(fault);
    }
    let mut scans = Vec::new();
    for (sql, args) in &heard {
        scans.extend(scan(tx, sql, args)?.map(|step| (sql.clone(), step)));
    }
    let page = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    Ok(Asked { page, statements: heard.len(), scans })
}

/// The step of a statement that reads a large table from end to end, if one does.
fn scan(tx: &mut Tx, sql: &str, args: &[Value]) -> Result<Option<String>> {
    let (explain, column) = if tx.engine() == Engine::Sqlite { ("explain query plan", 3) } else { ("explain", 0) };
    let rows = tx.all(&format!("{explain} {sql}"), args)?;
    let steps = rows.iter().map(|row| row.text(column).map(str::to_owned)).collect::<db::Result<Vec<_>>>()?;
    let sorted = steps.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
    for step in steps {
        let reads_all = match tx.engine() {
            Engine::Sqlite => is_scan(sql, &step, sorted),
            Engine::Postgres => LARGE.iter().any(|table| step.contains(&format!("Seq Scan on {table} "))),
        };
        if reads_all {
            return Ok(Some(step.trim().to_owned()));
        }
    }
    Ok(None)
}

/// Whether a step of SQLite's plan reads a large table from end to end. A walk that stops after some rows does not, if it goes
/// along an index or takes whatever rows come first, and they need not be `sorted` after all are read.
pub fn is_scan(sql: &str, step: &str, sorted: bool) -> bool {
    let Some(name) = step.strip_prefix("SCAN ") else { return false };
    let name = name.split(' ').next().unwrap_or_default();
    let stops = !sorted && sql.contains(" limit ") && (step.contains("USING") || takes_what_comes(sql));
    let large = |table: &&str| *table == name || ["from", "join"].iter().any(|word| sql.contains(&format!("{word} {table} {name} ")));
    let asks_for_any = sql.contains(&format!("exists (select 1 from {name})"));
    LARGE.iter().any(large) && !stops && !asks_for_any
}

/// Whether a statement narrows by nothing but who may see what.
fn takes_what_comes(sql: &str) -> bool {
    let conditions = sql.rsplit(" where ").next().and_then(|rest| rest.split(" limit ").next()).unwrap_or_default();
    conditions
        .split(" and ")
        .all(|it| ["t.organisation = ?", "t.kind = ?", "t.retired_at is null", "1 = 1"].iter().any(|plain| it.starts_with(plain)))
}
