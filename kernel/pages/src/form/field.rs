//! One described field as a field of a form.

use db::Tx;
use kernel::Result;
use kernel::describe::{Choice, Field, Kind};
use kernel::web::Request;
use ui::control::{self, Kind as Control};

use crate::lookup;

/// Most records offered before anything is typed.
const OFFERED: usize = 50;

/// The field with a text in it and what is wrong with that.
pub fn draw(tx: &mut Tx, request: &Request, field: &Field, text: &str, error: Option<&str>) -> Result<ui::field::Field> {
    let mut drawn = ui::field::Field::new(field.key, field.label, control(tx, request, field)?).value(text);
    drawn.help = help(field);
    drawn.error = error.map(str::to_owned);
    drawn.optional = !field.required && field.kind != Kind::Bool;
    drawn.full = field.title || matches!(field.kind, Kind::Text { .. } | Kind::Many(_));
    drawn.longest = match field.kind {
        Kind::Line { limit } | Kind::Text { limit } => u32::try_from(limit).ok(),
        _ => None,
    };
    Ok(drawn)
}

/// Most records of a directory that all stand in a form, to be ticked.
const TICKED: usize = 12;

/// Like [`draw`], on a form with room: of a directory with few records all stand there, to be ticked. The hidden field before
/// the boxes says that none is ticked, when none is. What is not among the records, such as a retired one or one that the reader may not know, is typed as ever.
pub fn roomy(tx: &mut Tx, request: &Request, field: &Field, text: &str, error: Option<&str>) -> Result<Vec<ui::field::Field>> {
    let drawn = draw(tx, request, field, text, error)?;
    let named = text.lines().count() == lines(text).count();
    let Some(choices) = few(tx, request, field)?.filter(|all| named && lines(text).all(|line| all.iter().any(|it| it.value == line)))
    else {
        return Ok(vec![drawn]);
    };
    let none = ui::field::Field::new(field.key, "", Control::Hidden);
    Ok(vec![none, ui::field::Field { kind: Control::Many(choices), help: field.help.to_owned(), optional: false, ..drawn }])
}

/// The lines of a field of many that have something on them.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// All records of a directory, if they are few.
fn few(tx: &mut Tx, request: &Request, field: &Field) -> Result<Option<Vec<control::Choice>>> {
    let Kind::Many(to) = field.kind else { return Ok(None) };
    let Some(target) = request.house.register(to).filter(|it| it.directory) else { return Ok(None) };
    let found = lookup::choices(tx, request, target, ("", false), TICKED + 1)?;
    let twice = |title: &str| found.iter().filter(|it| titled(&it.value) == title).count() > 1;
    let ticked = |it: &control::Choice| {
        let title = titled(&it.value);
        control::Choice { label: if twice(&title) { it.value.clone() } else { title }, ..it.clone() }
    };
    Ok((1..=TICKED).contains(&found.len()).then(|| found.iter().map(ticked).collect()))
}

/// The name in `Name (REF-1)`.
fn titled(named: &str) -> String {
    named.rsplit_once(" (").map_or(named, |(title, _)| title).to_owned()
}

fn control(tx: &mut Tx, request: &Request, field: &Field) -> Result<Control> {
    Ok(match field.kind {
        Kind::Line { .. } if field.key == "email" => Control::Email,
        Kind::Line { .. } | Kind::Duration | Kind::Money => Control::Text,
        Kind::Text { .. } => Control::Area(6),
        Kind::Int { min, max } => {
            let bound = |at: i64, none: i64| (at != none).then(|| at.to_string());
            Control::Number { min: bound(min, i64::MIN), max: bound(max, i64::MAX), step: Some("1".into()), unit: String::new() }
        }
        Kind::Real => Control::Number { min: None, max: None, step: Some("any".into()), unit: String::new() },
        Kind::Bool => Control::Tick,
        Kind::Date => Control::Date,
        Kind::Time => Control::Moment,
        Kind::Choice(of) | Kind::Level(of) => Control::Choice(of.iter().map(choice).collect()),
        Kind::Link(to) => match request.house.register(to) {
            Some(target) => Control::Link(lookup::choices(tx, request, target, ("", false), OFFERED)?, Some(format!("/lookup/{to}"))),
            None => Control::Text,
        },
        Kind::LinkAny => Control::Link(Vec::new(), None),
        Kind::Many(_) => Control::Area(3),
    })
}

fn choice(of: &Choice) -> control::Choice {
    control::Choice::new(of.key, of.label)
}

/// The description's help, with how to write what has no control of its own.
fn help(field: &Field) -> String {
    let how = match field.kind {
        Kind::Duration => "Like 4h 30m or 4:30.",
        Kind::Money => "Amount and currency, like 12.50 EUR.",
        Kind::Many(_) => "One a line: name, reference or e-mail address.",
        Kind::LinkAny => "The reference of a record.",
        _ => "",
    };
    let parts: Vec<&str> = [field.help, how].into_iter().filter(|it| !it.is_empty()).collect();
    parts.join(" ")
}
