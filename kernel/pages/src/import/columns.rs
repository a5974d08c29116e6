//! Which column of a file is which field: guessed, shown with the reason, changed by whoever knows better.

use db::Tx;
use exchange::{ColumnGuess, DateOrder, Mapping, Table, Target, guess_identity, guess_mapping};
use kernel::describe::Register;
use kernel::web::{Reply, Request};
use kernel::{Act, Error, FieldError, Result};
use maud::{Markup, Render, html};
use serde_json::Value as Json;
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::form::{Form, Part};
use ui::head::block;
use ui::import::{Column, Mapping as Part2};
use ui::marks::Tone;
use ui::states::notice;
use ui::verb::Verb;

use super::store::Upload;
use super::{head, job, preview, step, store, table};
use crate::shown::in_sentence;
use crate::typed;

/// Prefix of the controls of columns.
const COLUMN: &str = "column.";
/// Values of a column that are shown.
const SAMPLES: usize = 3;
/// Guesses less sure than this are left to the person.
const SURE: f32 = 0.6;

/// `GET /{kind}/import/{id}`.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, upload: &Upload) -> Result<Reply> {
    let table = match table(upload) {
        Ok(table) => table,
        Err(error @ (Error::Db(_) | Error::Fault(_))) => return Err(error),
        Err(unusable) => return Ok(unreadable(register, upload, &unusable)),
    };
    let guesses = guess_mapping(&request.view, &request.house.shape(register), &table);
    let mapping = upload.mapping.clone().unwrap_or_else(|| guessed(&guesses, request, register, &table));
    let (shown, wrong) = match preview::rows(tx, request, register, &table, &mapping, &upload.source) {
        Ok(shown) => (shown, Vec::new()),
        Err(Error::Malformed(wrong)) => (html! {}, wrong),
        Err(error) => return Err(error),
    };
    let title = format!(
        "{}: {}, {} into {}",
        upload.name,
        rows(i64::try_from(table.rows).unwrap_or(i64::MAX)),
        columns(table.columns.len()),
        in_sentence(register.many)
    );
    let body = html! {
        (head(register, title.clone(), 1))
        @for note in &table.notes { (notice(Tone::Warn, &html! { (note) })) }
        @for it in wrong.iter().filter(|it| !table.columns.contains(&it.field)) { (notice(Tone::Bad, &html! { (it.message) })) }
        (form(request, register, upload, &table, &guesses, &mapping, &wrong))
        (shown)
        (identity(request, register, upload, &table, &mapping))
    };
    Ok(step(register, title, body))
}

/// "1 row", "5,000 rows".
pub fn rows(count: i64) -> String {
    ui::text::plural(count, "row", "rows")
}

fn columns(count: usize) -> String {
    if count == 1 { "1 column".into() } else { format!("{count} columns") }
}

fn unreadable(register: &'static Register, upload: &Upload, why: &Error) -> Reply {
    let body = html! {
        (head(register, format!("{} cannot be imported", upload.name), 0))
        (notice(Tone::Bad, &html! { (why.to_string()) }))
        p { (Verb::link("Choose another file", format!("/{}/import", register.key)).first()) }
    };
    step(register, "Cannot be imported".into(), body).status(422)
}

/// The mapping that follows from sure guesses.
fn guessed(guesses: &[ColumnGuess], request: &Request, register: &'static Register, table: &Table) -> Mapping {
    let sure = guesses.iter().filter(|guess| guess.sure >= SURE);
    let columns = sure.filter_map(|guess| Some((guess.column.clone(), Target::Field(guess.field.clone()?)))).collect();
    let identity = guess_identity(&request.house.shape(register), table);
    let two_digit_years = guesses.iter().any(|guess| guess.short_years);
    Mapping { key: identity.key, matching: identity.matching, two_digit_years, columns, ..Mapping::default() }
}

/// Fields a column may go to.
fn fields(request: &Request, register: &'static Register) -> Vec<Choice> {
    let own = typed::editable(request, register);
    let own = own
        .iter()
        .map(|field| Choice::new(field.key, if field.required { format!("{} (required)", field.label) } else { field.label.into() }));
    own.chain([Choice::new("organisation", "Organisation")]).collect()
}

fn form(
    request: &Request,
    register: &'static Register,
    upload: &Upload,
    table: &Table,
    guesses: &[ColumnGuess],
    mapping: &Mapping,
    wrong: &[FieldError],
) -> Markup {
    let column = |(at, guess): (usize, &ColumnGuess)| {
        let field = mapping.columns.get(&guess.column).map_or("", Target::field);
        Column {
            name: format!("{COLUMN}{}", guess.column),
            header: guess.column.clone(),
            samples: samples(table, at),
            field: field.to_owned(),
            guess: because(guess, field),
            error: wrong.iter().find(|it| it.field == guess.column).map(|it| it.message.clone()),
        }
    };
    let button = |label: &str, what: &str| Verb::submit(label).with("do", what);
    Part2 {
        action: format!("/{}/import/{}", register.key, upload.id),
        csrf: request.csrf.clone(),
        columns: guesses.iter().enumerate().map(column).collect(),
        fields: fields(request, register),
        verbs: vec![
            button(&format!("Try all {}", rows(i64::try_from(table.rows).unwrap_or(i64::MAX))), "try").first(),
            button("Import without a trial", "run"),
            button("Preview again", "look"),
            Verb::link("Choose another file", format!("/{}/import", register.key)).bare(),
        ],
    }
    .render()
}

fn samples(table: &Table, at: usize) -> Vec<String> {
    let cells = table.sample.iter().filter_map(|row| row.cells.get(at)?.as_ref());
    let texts = cells.filter_map(|cell| match cell {
        Json::Null => None,
        Json::String(text) => Some(text.trim().chars().take(40).collect::<String>()).filter(|it| !it.is_empty()),
        other => Some(other.to_string().chars().take(40).collect()),
    });
    texts.take(SAMPLES).collect()
}

/// Why a column goes where it goes.
fn because(guess: &ColumnGuess, field: &str) -> String {
    match (&guess.field, field) {
        (_, "") => "left out".into(),
        (Some(guessed), field) if guessed == field && guess.sure >= 0.95 => "the same name, and its values fit".into(),
        (Some(guessed), field) if guessed == field => format!("alike in name and values ({:.0} %)", guess.sure * 100.0),
        _ => "you said so".into(),
    }
}

/// How rows are known again, and how doubtful days are meant.
fn identity(request: &Request, register: &'static Register, upload: &Upload, table: &Table, mapping: &Mapping) -> Markup {
    let headings: Vec<Choice> = table.columns.iter().map(|name| Choice::new(name.clone(), name.clone())).collect();
    let mut by = vec![Choice::new("reference", "Reference")];
    let lines = typed::editable(request, register);
    let lines = lines.iter().filter(|field| matches!(field.kind, kernel::describe::Kind::Line { .. } | kernel::describe::Kind::Int { .. }));
    by.extend(lines.map(|field| Choice::new(field.key, field.label)));
    let order = match mapping.dates {
        Some(DateOrder::DayFirst) => "day-first",
        Some(DateOrder::MonthFirst) => "month-first",
        None => "",
    };
    let orders = vec![Choice::new("day-first", "3 April: the day first"), Choice::new("month-first", "4 March: the month first")];
    let choice = |name: &str, label: &str, of: Vec<Choice>, value: &str, help: &str| {
        Field::new(name, label, Kind::Choice(of)).value(value).help(help).optional()
    };
    let fields = vec![
        Field::new("source", "Source", Kind::Text)
            .value(upload.source.clone())
            .help("With the key below it tells what was imported before."),
        choice(
            "key",
            "Column that identifies a row",
            headings,
            mapping.key.as_deref().unwrap_or(""),
            "Its number in the system it comes from.",
        ),
        choice(
            "match",
            "Find records that are here by",
            by,
            mapping.matching.as_deref().unwrap_or(""),
            "Found ones are changed instead of added.",
        ),
        choice("dates", "03/04/2026 is", orders, order, "Only for columns that do not show it themselves."),
        Field::new("two_digit_years", "Read years of two digits", Kind::Tick).value(mapping.two_digit_years.to_string()),
        Field::new("empty_clears", "An empty value takes away what is there", Kind::Tick).value(mapping.empty_clears.to_string()),
        Field::new("identity", "", Kind::Hidden).value("true"),
    ];
    let form = Form {
        action: format!("/{}/import/{}", register.key, upload.id),
        csrf: request.csrf.clone(),
        parts: vec![Part { fields, ..Part::default() }],
        verbs: vec![Verb::submit("Preview again")],
        two_columns: true,
        ..Form::default()
    };
    block("How rows are known", "so that a file can be brought in twice and changes what is there", &html! {}, &form.render())
}

/// `POST /{kind}/import/{id}`: keeps what the form says, and goes on if it asks to.
pub fn save(act: &mut Act, request: &Request, register: &'static Register, upload: &Upload) -> Result<Reply> {
    let house = std::sync::Arc::clone(&request.house);
    let mut mapping = match &upload.mapping {
        Some(mapping) => mapping.clone(),
        None => {
            let table = table(upload)?;
            guessed(&guess_mapping(&request.view, &house.shape(register), &table), request, register, &table)
        }
    };
    let mut source = upload.source.clone();
    if request.form.contains_key("identity") {
        source = request.sent("source").trim().chars().take(100).collect();
        read_identity(request, &mut mapping);
    } else if request.form.keys().any(|key| key.starts_with(COLUMN)) {
        let columns = request.form.iter().filter_map(|(key, value)| Some((key.strip_prefix(COLUMN)?, value.as_str()?)));
        let kept = columns.filter(|(_, field)| !field.is_empty());
        mapping.columns = kept.map(|(column, field)| (column.to_owned(), Target::Field(field.to_owned()))).collect();
    }
    store::map(act, upload.id, &mapping, &source)?;
    match request.sent("do") {
        "try" => job::start(act, register, upload.id, true),
        "run" => job::start(act, register, upload.id, false),
        _ => Ok(Reply::redirect(format!("/{}/import/{}", register.key, upload.id), "")),
    }
}

fn read_identity(request: &Request, mapping: &mut Mapping) {
    let text = |name: &str| Some(request.sent(name).to_owned()).filter(|it| !it.is_empty());
    mapping.key = text("key");
    mapping.matching = text("match");
    mapping.dates = match request.sent("dates") {
        "day-first" => Some(DateOrder::DayFirst),
        "month-first" => Some(DateOrder::MonthFirst),
        _ => None,
    };
    mapping.two_digit_years = request.sent("two_digit_years") == "true";
    mapping.empty_clears = request.sent("empty_clears") == "true";
}
