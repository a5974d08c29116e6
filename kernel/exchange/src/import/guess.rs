//! Guesses which column is which field: by name, and by whether the values fit.

use super::Mapping;
use super::Target;
use super::dates::DateOrder;
use super::synonyms::words_for;
use super::table::{LINE, REASON, Table};
use kernel::describe::{Field, Kind};
use kernel::register::Shape;
use kernel::who::View;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashSet};

/// Guesses surer than this are taken where nobody looks at them first.
pub(super) const SURE: f32 = 0.6;

/// What one column probably is.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnGuess {
    /// Its heading.
    pub column: String,
    /// Key of the field; none if no field is like it.
    pub field: Option<String>,
    /// From 0 to 1.
    pub sure: f32,
    /// Its first value that is not empty.
    pub sample: String,
    /// For days and times: what the values show.
    pub dates: Option<DateOrder>,
    /// Days of the column could be meant either way, so that someone has to say which.
    pub dates_open: bool,
    /// Years of the column have two digits.
    pub short_years: bool,
}

/// What probably tells one record from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchGuess {
    /// A column whose values look like the source's own keys.
    pub key: Option<String>,
    /// A field by which records that are here already can be found.
    pub matching: Option<String>,
    /// The file has references of this very register: only a person knows whether these records are meant or those of
    /// another installation.
    pub own_references: bool,
}

/// One guess per column, each field at most once. Only fields that the viewer may read and send are thought of.
pub fn guess_mapping(view: &View, shape: &Shape, table: &Table) -> Vec<ColumnGuess> {
    let fields: Vec<&Field> = shape.fields.iter().filter(|it| !it.computed && view.reads(shape.register, it)).collect();
    let mut pairs = Vec::new();
    for (at, column) in table.columns.iter().enumerate().filter(|(_, name)| *name != LINE && *name != REASON) {
        for (place, field) in fields.iter().enumerate() {
            let sure = alike(column, field) * fits(field, table, at);
            if sure >= 0.4 {
                pairs.push((sure, at, place));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut guesses: Vec<ColumnGuess> = table.columns.iter().enumerate().map(|(at, name)| unknown(table, at, name)).collect();
    let mut taken = HashSet::new();
    for (sure, at, place) in pairs {
        if guesses[at].field.is_none() && taken.insert(place) {
            let dated = matches!(fields[place].kind, Kind::Date | Kind::Time);
            let evidence = &table.dates[at];
            guesses[at].field = Some(fields[place].key.to_owned());
            guesses[at].sure = sure;
            guesses[at].dates = evidence.order().filter(|_| dated);
            guesses[at].dates_open = dated && evidence.is_open();
            guesses[at].short_years = dated && evidence.short_year > 0;
        }
    }
    guesses
}

fn unknown(table: &Table, at: usize, name: &str) -> ColumnGuess {
    let sample = values(table, at).next().map(|it| it.chars().take(80).collect()).unwrap_or_default();
    ColumnGuess { column: name.to_owned(), field: None, sure: 0.0, sample, dates: None, dates_open: false, short_years: false }
}

fn values(table: &Table, at: usize) -> impl Iterator<Item = String> {
    let cells = table.sample.iter().filter(|row| row.broken.is_none()).filter_map(move |row| row.cells.get(at)?.as_ref());
    let text = |cell: &Json| match cell {
        Json::Null => None,
        Json::String(text) => Some(text.trim().to_owned()).filter(|it| !it.is_empty()),
        other => Some(other.to_string()),
    };
    cells.filter_map(text)
}

/// How alike the name of a column and a field are, from 0 to 1. Of "Team/Group" either half will do.
fn alike(column: &str, field: &Field) -> f32 {
    let name = plain(column);
    if name == plain(field.key) {
        return 1.0;
    }
    if name == plain(field.label) {
        return 0.98;
    }
    let called = |name: &str| words_for(field.key).any(|word| plain(word) == name);
    if called(&name) {
        return 0.9;
    }
    let halves = column.split(['/', '|', '(']).filter(|half| half.len() < column.len()).map(plain);
    if halves.into_iter().any(|half| half == plain(field.key) || half == plain(field.label) || called(&half)) {
        return 0.88;
    }
    let best = [field.key, field.label].map(|of| pairs_alike(&name, &plain(of)));
    best[0].max(best[1]) * 0.85
}

/// Small letters without accents and digits only: `E-Mail address`, `emailAddress` and `email_address` are one, `Priorität` and `prioritat` too.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(unaccented).collect()
}

/// The letter under an accent, of the languages that names of fields are known in.
fn unaccented(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

/// Dice's coefficient over pairs of letters.
fn pairs_alike(a: &str, b: &str) -> f32 {
    let pairs = |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (a, mut b) = (pairs(a), pairs(b));
    let total = a.len() + b.len();
    if total == 0 {
        return 0.0;
    }
    let mut shared = 0;
    for pair in a {
        if let Some(at) = b.iter().position(|it| *it == pair) {
            b.swap_remove(at);
            shared += 1;
        }
    }
    2.0 * shared as f32 / total as f32
}

/// From 0.4 (no value fits the kind of field) to 1 (all do, or nothing can be said). Words for choices may be those of another language,
/// so they say little against a field: a column that is left out without a word would be worse than rows rejected with one.
fn fits(field: &Field, table: &Table, at: usize) -> f32 {
    let (mut seen, mut good) = (0, 0);
    for value in values(table, at).take(50) {
        seen += 1;
        good += usize::from(fit(field.kind, &value));
    }
    let least = if field.choices().is_empty() { 0.4 } else { 0.7 };
    if seen == 0 { 1.0 } else { least + (1.0 - least) * good as f32 / seen as f32 }
}

fn fit(kind: Kind, value: &str) -> bool {
    let starts_with_digit = value.starts_with(|c: char| c.is_ascii_digit());
    match kind {
        Kind::Int { .. } => value.parse::<i64>().is_ok(),
        Kind::Real => value.replace(',', ".").parse::<f64>().is_ok(),
        Kind::Bool => ["true", "false", "yes", "no", "0", "1", "on", "off"].contains(&value.to_ascii_lowercase().as_str()),
        Kind::Date | Kind::Time => starts_with_digit && value.len() >= 6,
        Kind::Duration => value.starts_with(['P', 'p']) || starts_with_digit,
        Kind::Money => value.chars().any(|c| c.is_ascii_digit()),
        Kind::Choice(of) | Kind::Level(of) => of.iter().any(|it| it.key == value || it.label.eq_ignore_ascii_case(value)),
        Kind::Line { limit } => value.chars().count() <= limit,
        _ => true,
    }
}

/// What tells one record from another, by the names and values of the columns.
pub fn guess_identity(shape: &Shape, table: &Table) -> MatchGuess {
    const KEYS: &[&str] = &["id", "key", "number", "externalid", "foreignid", "sysid", "uuid", "guid", "ticketid", "recordid"];
    let prefix = format!("{}-", shape.register.prefix);
    let unique = |at: usize| {
        let mut seen = HashSet::new();
        let all: Vec<String> = values(table, at).collect();
        !all.is_empty()
            && all.len() == table.sample.iter().filter(|it| it.broken.is_none()).count()
            && all.into_iter().all(|it| seen.insert(it))
    };
    let own =
        |at: usize| values(table, at).all(|it| it.len() > prefix.len() && it.starts_with(&prefix)) && values(table, at).next().is_some();
    let place = |name: &str| table.columns.iter().position(|column| plain(column) == name);
    let own_references = prefix.len() > 1 && place("reference").is_some_and(own);
    let key = KEYS.iter().filter_map(|name| place(name)).find(|at| unique(*at)).map(|at| table.columns[at].clone());
    let email = shape.field("email").is_some() && place("email").is_some_and(unique);
    MatchGuess { key, matching: email.then(|| "email".to_owned()), own_references }
}

impl Mapping {
    /// The mapping that surer guesses make.
    pub fn guessed(columns: &[ColumnGuess], identity: &MatchGuess) -> Mapping {
        let sure = columns.iter().filter(|it| it.sure >= SURE);
        let target = |it: &ColumnGuess| {
            let field = it.field.clone()?;
            let target = match it.dates {
                Some(order) => Target::Read { field, dates: Some(order), values: BTreeMap::new() },
                None => Target::Field(field),
            };
            Some((it.column.clone(), target))
        };
        Mapping {
            key: identity.key.clone(),
            matching: identity.matching.clone(),
            columns: sure.filter_map(target).collect(),
            ..Mapping::default()
        }
    }
}
