//! What can be done on what one sees: the verbs of a record in its state, with its pages; the verbs of a list.

use db::Tx;
use exchange::Format;
use kernel::describe::{Field, Kind, Register};
use kernel::register::{self, Record};
use kernel::web::Request;
use kernel::{Error, Result};
use ui::palette::{Choice, Group};
use ui::verb::Verb;

use crate::address::{Address, encode, own_path};
use crate::detail;
use crate::list::export_menu;
use crate::shown::{in_sentence, record_href};
use crate::typed::named;
use crate::verb;
use crate::view::question;

/// The record or the register that an address is about.
enum On {
    Record(Box<Record>),
    List(&'static Register, Vec<(String, String)>),
}

fn on(tx: &mut Tx, request: &Request) -> Result<Option<On>> {
    let Some(path) = request.asked("on").and_then(own_path) else { return Ok(None) };
    let (path, query) = path.split_once('?').unwrap_or((&path, ""));
    if let Some(list) = listed(tx, request, path, query)? {
        return Ok(Some(list));
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let Some(register) = parts.first().and_then(|kind| request.house.register(kind)) else { return Ok(None) };
    match parts.get(1) {
        None if request.view.may(register, "read") => Ok(Some(On::List(register, Address::read(query)))),
        None => Ok(None),
        Some(reference) => match register::load(tx, &request.house, &request.view, register, reference) {
            Ok(record) => Ok(Some(On::Record(Box::new(record)))),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        },
    }
}

/// A page of a practice that shows the records of a register.
fn listed(tx: &mut Tx, request: &Request, path: &str, query: &str) -> Result<Option<On>> {
    let mut routes = request.house.practices.iter().flat_map(|practice| practice.routes);
    let lists = routes.find(|route| route.path == path).and_then(|route| route.lists);
    let Some((key, asks)) = lists else { return Ok(None) };
    let Some(register) = request.house.register(key).filter(|register| request.view.may(register, "read")) else { return Ok(None) };
    let there = Request { path: path.to_owned(), query: Address::read(query), ..request.clone() };
    Ok(Some(On::List(register, asks(tx, &there)?)))
}

pub(super) fn group(tx: &mut Tx, request: &Request) -> Result<Option<Group>> {
    let under = if request.asked("under").is_some() { ", under your cursor" } else { "" };
    Ok(match on(tx, request)? {
        None => None,
        Some(On::Record(record)) => {
            let label = format!("On {}{under}", record.reference);
            Some(Group { kind: "on", label, choices: of_record(tx, request, &record)? })
        }
        Some(On::List(register, query)) => {
            Some(Group { kind: "on", label: format!("On {}", in_sentence(register.many)), choices: of_list(request, register, &query) })
        }
    })
}

fn of_record(tx: &mut Tx, request: &Request, record: &Record) -> Result<Vec<Choice>> {
    let mut all = Vec::new();
    for it in verb::possible(tx, request, record)? {
        all.push(Choice::new(verb::button(request, record, it, "").icon(icon(it.key))).words(it.key));
    }
    let mut others = detail::others(tx, request, record)?;
    if verb::may(tx, request, record, "edit")? {
        others.insert(0, Verb::link("Change", format!("{}/edit", record_href(&request.house, record))).icon("settings"));
    }
    all.extend(others.into_iter().map(Choice::new));
    Ok(all)
}

/// An icon for verbs whose keys say the same in every register.
fn icon(verb: &str) -> &'static str {
    match verb {
        "assign" | "take" => "user-plus",
        "reply" => "reply",
        "note" => "lock",
        "resolve" | "close" | "confirm" => "check",
        "link" | "unlink" => "link",
        "merge" => "git-merge",
        "watch" | "unwatch" => "eye",
        "add-time" => "timer",
        _ => "zap",
    }
}

fn of_list(request: &Request, register: &'static Register, query: &[(String, String)]) -> Vec<Choice> {
    let here = Address { path: format!("/{}", register.key), pairs: query.to_vec() };
    let many = in_sentence(register.many);
    let views = Address { path: format!("{}/views", here.path), pairs: Vec::new() };
    let keep = views.with("question", &question(&here));
    let mut all = vec![
        Choice::new(Verb::link(format!("Views of {many}"), views.href()).icon("layout-list")),
        Choice::new(Verb::link("Save this list as a view", keep.href()).icon("plus")).words("keep question filter"),
    ];
    if request.view.may(register, "export") {
        let forms = Format::ALL.map(|format| format!("{} {}", format.label(), format.ending())).join(" ");
        let export = Verb::link("Export this list…", export_menu(register, &here).href).icon("download");
        all.push(Choice::new(export).words(format!("{forms} spreadsheet file")));
    }
    all
}

/// What can be done to the record one sees with a record that was found: "Link to INC-7 Seals missing". Verbs that ask first for a link
/// to that register, with the answer filled in.
pub fn also(tx: &mut Tx, request: &Request, found: &[&Record]) -> Result<Option<Group>> {
    let Some(On::Record(record)) = on(tx, request)? else { return Ok(None) };
    let mut choices = Vec::new();
    let verbs = verb::possible(tx, request, &record)?;
    for other in found.iter().filter(|other| other.id != record.id) {
        // One line for each: what takes away says nothing of a record that was only found.
        let asks = |it: &&'static kernel::describe::Verb| {
            let (field, to) = it.asks.iter().find_map(|field| target(request, field))?;
            (fits(to, other) && !it.key.starts_with("un")).then_some((*it, field))
        };
        let Some((it, field)) = verbs.iter().find_map(asks) else { continue };
        let name = if other.shape.register.directory { other.title().to_owned() } else { format!("{} {}", other.reference, other.title()) };
        let value = encode(&named(other.title(), &other.reference));
        let path = format!("{}/{}?{}={value}", record_href(&request.house, &record), it.key, field.key);
        choices.push(Choice::new(Verb::link(format!("{}: {name}", it.label.trim_end_matches('…')), path).icon(icon(it.key))));
    }
    choices.truncate(MOST);
    Ok(Some(Group { kind: "with", label: format!("On {}", record.reference), choices }))
}

/// Most lines about a record that was found.
const MOST: usize = 3;

fn target(request: &Request, field: &'static Field) -> Option<(&'static Field, &'static Register)> {
    match field.kind {
        Kind::Link(to) => request.house.register(to).map(|register| (field, register)),
        _ => None,
    }
}

/// Whether a link to the register may lead to the record.
fn fits(to: &Register, record: &Record) -> bool {
    let own = record.shape.register.key;
    to.key == own || to.shows.contains(&own)
}
