//! Values on their way in: from JSON, a form or a file, to cells.

use super::{Cell, Draft, resolve};
use crate::describe::{Choice, Field, Kind};
use crate::house::House;
use crate::time;
use crate::who::View;
use crate::{FieldError, Result};
use db::Tx;
use serde_json::{Map, Value as Json};

/// Where values come from: decides what a bare text may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The API: JSON types are exact.
    Api,
    /// A form or a file: everything is text.
    Text,
}

/// Puts the sent values into a draft. What is wrong is noted in the draft, so that all of it is said at once.
///
/// Unknown fields, fields that cannot be sent and fields the viewer may not read are refused by name.
pub fn fill(tx: &mut Tx, house: &House, view: &View, draft: &mut Draft, sent: &Map<String, Json>, source: Source) -> Result<()> {
    for (key, json) in sent {
        let register = draft.record.shape.register;
        let field = draft.record.shape.field(key).copied();
        match field {
            Some(field) if field.computed && view.reads(register, &field) => {
                draft.refuse(key, "This field is computed and cannot be sent.")
            }
            Some(field) if view.reads(register, &field) => match parse(tx, house, view, &field, json, source)? {
                Ok(cell) => draft.set(key, cell),
                Err(message) => draft.refuse(key, message),
            },
            _ if key == "organisation" => place(tx, house, view, draft, json)?,
            _ if is_common(key) => draft.refuse(key, "This field is kept by Reeve and cannot be sent."),
            _ => {
                let known: Vec<&str> = sendable(draft, view);
                let message = format!("There is no such field. Fields that can be sent: {}.", known.join(", "));
                draft.refuse(key, message);
            }
        }
    }
    Ok(())
}

fn is_common(key: &str) -> bool {
    ["id", "reference", "state", "version", "created_at", "updated_at", "retired_at"].contains(&key)
}

fn sendable(draft: &Draft, view: &View) -> Vec<&'static str> {
    let shape = &draft.record.shape;
    let may = |field: &&Field| !field.computed && view.reads(shape.register, field);
    shape.fields.iter().filter(may).map(|field| field.key).collect()
}

/// The organisation a new record belongs to, or is moved to: one within reach.
fn place(tx: &mut Tx, house: &House, view: &View, draft: &mut Draft, json: &Json) -> Result<()> {
    let target = house.register("organisations");
    let found = match (target, json.as_str()) {
        (Some(target), Some(text)) => resolve(tx, house, view, target, text)?,
        _ => None,
    };
    match found.filter(|id| view.reaches(*id)) {
        Some(id) => draft.record.organisation = id,
        None => draft.refuse("organisation", "There is no such organisation, or you may not place records in it. Send its reference."),
    }
    Ok(())
}

/// One value; `Err` says what is wrong and what would be right.
pub fn parse(
    tx: &mut Tx,
    house: &House,
    view: &View,
    field: &Field,
    json: &Json,
    source: Source,
) -> Result<std::result::Result<Cell, String>> {
    if json.is_null() || (source == Source::Text && json.as_str().is_some_and(|text| text.trim().is_empty())) {
        return Ok(Ok(Cell::Null));
    }
    match field.kind {
        Kind::Link(to) => link(tx, house, view, to, json),
        Kind::Many(to) => links(tx, house, view, to, json),
        Kind::LinkAny => link_any(tx, house, view, json),
        _ => Ok(plain(field, json, source, view)),
    }
}

type Parsed = std::result::Result<Cell, String>;

fn link(tx: &mut Tx, house: &House, view: &View, to: &'static str, json: &Json) -> Result<Parsed> {
    let Some(register) = house.register(to) else { return Ok(Err(format!("There is no register {to}."))) };
    let text = match json {
        Json::String(text) => text.trim(),
        Json::Object(map) => map.get("reference").and_then(Json::as_str).unwrap_or_default(),
        _ => "",
    };
    if text.is_empty() || text.len() > 400 {
        return Ok(Err(format!("Send the reference of one of the {}, like {}-1.", register.many.to_lowercase(), register.prefix)));
    }
    let found = resolve(tx, house, view, register, text)?;
    let shown: String = text.chars().take(60).collect();
    Ok(found.map(Cell::Int).ok_or_else(|| format!("There is no {} {shown} that you may see.", register.one.to_lowercase())))
}

/// Greatest number of links in one field.
const MOST_LINKS: usize = 500;

fn links(tx: &mut Tx, house: &House, view: &View, to: &'static str, json: &Json) -> Result<Parsed> {
    let parts: Vec<Json> = match json {
        Json::Array(parts) => parts.clone(),
        Json::String(text) => text.split([',', '\n']).map(str::trim).filter(|it| !it.is_empty()).map(Json::from).collect(),
        _ => return Ok(Err("Send a list of references.".into())),
    };
    if parts.len() > MOST_LINKS {
        return Ok(Err(format!("At most {MOST_LINKS} links fit into one field.")));
    }
    let mut ids = Vec::with_capacity(parts.len());
    for part in &parts {
        match link(tx, house, view, to, part)? {
            Ok(cell) => ids.extend(cell.int()),
            Err(message) => return Ok(Err(message)),
        }
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(Ok(Cell::Many(ids)))
}

fn link_any(tx: &mut Tx, house: &House, view: &View, json: &Json) -> Result<Parsed> {
    let text = json.as_str().or_else(|| json.get("reference").and_then(Json::as_str)).unwrap_or_default().trim();
    let Some(register) = house.register_of(text) else {
        return Ok(Err("Send the reference of a record, like SVC-1.".into()));
    };
    let found = resolve(tx, house, view, register, text)?;
    Ok(found.map(|id| Cell::Any(register.key.to_owned(), id)).ok_or_else(|| format!("There is no record {text} that you may see.")))
}

fn plain(field: &Field, json: &Json, source: Source, view: &View) -> Parsed {
    let text = match json {
        Json::String(text) => text.as_str(),
        Json::Bool(yes) if field.kind == Kind::Bool => return Ok(Cell::from(*yes)),
        Json::Number(number) => return self::number(field, number),
        Json::Object(map) if field.kind == Kind::Money => return money_object(map),
        _ => return Err(format!("This must be {}.", wanted(field))),
    };
    match field.kind {
        Kind::Line { .. } => Ok(tidy_line(text)),
        Kind::Text { .. } => Ok(tidy_text(text)),
        Kind::Choice(of) => find(of, text).map(|it| Cell::from(it.key)).ok_or_else(|| one_of(of, source)),
        Kind::Level(of) => find(of, text).map(|it| Cell::Int(it.rung)).ok_or_else(|| one_of(of, source)),
        Kind::Date => {
            Some(text.trim()).filter(|it| time::is_day(it)).map(Cell::from).ok_or("This must be a day that exists, like 2026-11-24.".into())
        }
        Kind::Time => time::parse_local(text, &view.zone).map(Cell::Int).ok_or("This must be a time, like 2026-11-24T08:00:00Z.".into()),
        Kind::Duration => time::parse_duration(text).map(Cell::Int).ok_or("This must be a duration, like PT4H30M, 4h 30m or 4:30.".into()),
        Kind::Bool => boolean(text),
        Kind::Money => money_text(text),
        Kind::Int { .. } if source == Source::Text => {
            text.trim().parse().map(Cell::Int).map_err(|_| format!("This must be {}.", wanted(field)))
        }
        Kind::Real if source == Source::Text => {
            let number = text.trim().replace(',', ".").parse::<f64>().ok().filter(|it| it.is_finite());
            number.map(Cell::Real).ok_or(format!("This must be {}.", wanted(field)))
        }
        _ => Err(format!("This must be {}.", wanted(field))),
    }
}

fn number(field: &Field, number: &serde_json::Number) -> Parsed {
    match (field.kind, number.as_i64()) {
        (Kind::Int { .. } | Kind::Duration, Some(whole)) => Ok(Cell::Int(whole)),
        (Kind::Level(of), Some(whole)) if of.iter().any(|it| it.rung == whole) => Ok(Cell::Int(whole)),
        (Kind::Level(of), _) => Err(one_of(of, Source::Api)),
        (Kind::Real, _) => number.as_f64().filter(|it| it.is_finite()).map(Cell::Real).ok_or("This must be a number.".into()),
        _ => Err(format!("This must be {}.", wanted(field))),
    }
}

fn wanted(field: &Field) -> String {
    match field.kind {
        Kind::Line { .. } | Kind::Text { .. } => "a text".into(),
        Kind::Int { min, max } => format!("a whole number from {min} to {max}"),
        Kind::Real => "a number".into(),
        Kind::Bool => "true or false".into(),
        Kind::Money => r#"an amount like {"amount":"12.50","currency":"EUR"}"#.into(),
        Kind::Choice(of) | Kind::Level(of) => format!("one of {}", keys(of)),
        Kind::Date => "a day, like 2026-11-24".into(),
        Kind::Time => "a time, like 2026-11-24T08:00:00Z".into(),
        Kind::Duration => "a duration, like PT4H30M".into(),
        Kind::Link(_) | Kind::LinkAny => "a reference".into(),
        Kind::Many(_) => "a list of references".into(),
    }
}

fn find<'a>(of: &'a [Choice], text: &str) -> Option<&'a Choice> {
    let text = text.trim();
    of.iter().find(|it| it.key == text).or_else(|| of.iter().find(|it| it.label.to_lowercase() == text.to_lowercase()))
}

/// Programs are told the keys, people the words that they know.
fn one_of(of: &[Choice], source: Source) -> String {
    match source {
        Source::Api => format!("This must be one of {}.", keys(of)),
        Source::Text => format!("This must be {}.", either(of)),
    }
}

fn keys(of: &[Choice]) -> String {
    of.iter().map(|it| it.key).collect::<Vec<_>>().join(", ")
}

/// "High, Medium or Low".
fn either(of: &[Choice]) -> String {
    let labels: Vec<&str> = of.iter().map(|it| it.label).collect();
    match labels.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
        None => String::new(),
    }
}

fn boolean(text: &str) -> Parsed {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "on" => Ok(Cell::Int(1)),
        "false" | "no" | "0" | "off" => Ok(Cell::Int(0)),
        _ => Err("This must be true or false.".into()),
    }
}

/// A line loses control characters (a line break becomes a space) and white space at its ends. Direction overrides
/// (U+202A-202E, U+2066-2069) are taken out: they could make a line read as something it is not.
fn tidy_line(text: &str) -> Cell {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !overrides(*c)).collect();
    Cell::from(clean.trim())
}

/// A text loses control characters other than line breaks and tabs, and direction overrides.
fn tidy_text(text: &str) -> Cell {
    let clean = text.replace("\r\n", "\n");
    let clean: String = clean.chars().filter(|c| (*c == '\n' || *c == '\t' || !c.is_control()) && !overrides(*c)).collect();
    Cell::from(clean.trim_end())
}

fn overrides(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn money_object(map: &Map<String, Json>) -> Parsed {
    let amount = match map.get("amount") {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Number(number)) => number.to_string(),
        _ => return Err(r#"Send an amount like {"amount":"12.50","currency":"EUR"}."#.into()),
    };
    money_text(&format!("{amount} {}", map.get("currency").and_then(Json::as_str).unwrap_or_default()))
}

/// `12.50 EUR` or `EUR 12.50`.
fn money_text(text: &str) -> Parsed {
    const WRONG: &str = "This must be an amount with its currency, like 12.50 EUR.";
    let mut currency = String::new();
    let mut amount = String::new();
    for word in text.split_whitespace() {
        if word.len() == 3 && word.bytes().all(|it| it.is_ascii_uppercase()) {
            currency = word.to_owned();
        } else {
            amount.push_str(word);
        }
    }
    if currency.is_empty() {
        return Err(WRONG.into());
    }
    match minor_units(&amount, exponent(&currency)) {
        Some(minor) => Ok(Cell::Money(minor, currency)),
        None if too_fine(&amount, &currency) => Err(finest(&currency)),
        None => Err(WRONG.into()),
    }
}

/// Whether an amount would be one of the currency but for its digits after the point.
fn too_fine(amount: &str, currency: &str) -> bool {
    let digits = amount.split_once('.').map_or(0, |(_, part)| part.len());
    digits > exponent(currency) as usize && amount.parse::<f64>().is_ok_and(f64::is_finite)
}

/// How finely a currency can be told. The currency is named: it may be one that was assumed.
fn finest(currency: &str) -> String {
    match exponent(currency) {
        0 => format!("This must be a whole amount: {currency} has no digits after the point."),
        digits => format!("This has more digits after the point than {currency} has: {digits} at most."),
    }
}

/// Currencies without digits after the point (ISO 4217).
pub(super) const WHOLE: &[&str] =
    &["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
/// Currencies with three digits after the point (ISO 4217); all others have two.
pub(super) const THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Digits after the point of a currency.
pub(super) fn exponent(currency: &str) -> u32 {
    match currency {
        _ if WHOLE.contains(&currency) => 0,
        _ if THOUSANDTHS.contains(&currency) => 3,
        _ => 2,
    }
}

fn minor_units(amount: &str, exponent: u32) -> Option<i64> {
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    if part.len() > exponent as usize || !part.bytes().all(|it| it.is_ascii_digit()) || whole.is_empty() {
        return None;
    }
    let scale = 10_i64.pow(exponent);
    let part: i64 = format!("{part:0<width$}", width = exponent as usize).parse().unwrap_or(0);
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    whole.parse::<i64>().ok()?.checked_mul(scale)?.checked_add(sign * part)
}

/// Turns what was refused into an error, if anything was.
pub(super) fn refusals(errors: &mut Vec<FieldError>) -> Result<()> {
    if errors.is_empty() { Ok(()) } else { Err(crate::Error::Invalid(std::mem::take(errors))) }
}
