//! What a record says: its short values in the margin by section, its long texts in the main column.

use db::Tx;
use kernel::Result;
use kernel::describe::{Field, Kind};
use kernel::register::{Cell, Record};
use maud::{Markup, Render, html};
use ui::facts::{Facts, Section, kv, why};
use ui::head::block;
use ui::journal::paragraphs;

use crate::form::single;
use crate::shown::{Shown, record_href};
use crate::verb;

/// The fields the viewer may read.
fn readable<'a>(shown: &'a Shown, record: &'a Record) -> impl Iterator<Item = (&'a Field, &'a Cell)> {
    let view = &shown.request.view;
    let register = record.shape.register;
    record.shape.fields.iter().zip(&record.cells).filter(move |(field, _)| view.reads(register, field))
}

fn long(field: &Field) -> bool {
    matches!(field.kind, Kind::Text { .. })
}

/// Long texts, each under its name.
pub fn texts(shown: &Shown, record: &Record) -> Markup {
    html! {
        @for (field, cell) in readable(shown, record).filter(|(field, cell)| long(field) && !cell.is_null()) {
            (block(field.label, if field.internal { "Internal" } else { "" }, &html! {}, &html! { div.said dir="auto" { (paragraphs(cell.text())) } }))
        }
    }
}

/// Long texts with their names, as they are.
pub fn said<'a>(shown: &'a Shown, record: &'a Record) -> impl Iterator<Item = (&'static str, &'a str)> {
    readable(shown, record).filter(|(field, cell)| long(field) && !cell.is_null()).map(|(field, cell)| (field.label, cell.text()))
}

/// Values by section, then what every record has.
pub fn margin(tx: &mut Tx, shown: &Shown, record: &Record, present: bool) -> Result<Markup> {
    let mut all = sections(tx, shown, record, present, "")?;
    all.push(Section::new("Record", kv(&common(shown, record), false)));
    Ok(Facts(all).render())
}

/// Values by section. Where the viewer may edit, a value opens its own form, which leads to `back` or else to the record.
pub fn sections(tx: &mut Tx, shown: &Shown, record: &Record, present: bool, back: &str) -> Result<Vec<Section>> {
    let edits = present && verb::may(tx, shown.request, record, "edit")?;
    let mut sections: Vec<(&str, Vec<(String, Markup)>)> = Vec::new();
    for (field, cell) in readable(shown, record).filter(|(field, _)| !long(field) && !field.title) {
        if cell.is_null() && (field.computed || !edits) {
            continue;
        }
        let pair = (field.label.to_owned(), value(shown, record, (field, cell), edits, back));
        let title = if field.section.is_empty() { record.shape.register.one } else { field.section };
        match sections.iter_mut().find(|(it, _)| *it == title) {
            Some((_, pairs)) => pairs.push(pair),
            None => sections.push((title, vec![pair])),
        }
    }
    Ok(sections.into_iter().map(|(title, pairs)| Section::new(title, kv(&pairs, false))).collect())
}

fn value(shown: &Shown, record: &Record, (field, cell): (&Field, &Cell), edits: bool, back: &str) -> Markup {
    let linked = matches!(field.kind, Kind::Link(_) | Kind::LinkAny | Kind::Many(_));
    let explain = why(&format!("{}?why={}", record_href(&shown.request.house, record), field.key), "why?");
    match (edits && !field.computed, linked && !cell.is_null()) {
        (true, false) => single::link(shown, record, field, back),
        (true, true) => {
            let href = single::href(shown.request, record, field, back);
            html! { (shown.cell(field, cell)) " " a.small.ink3 href=(href) aria-label={ "Change " (field.label) } { "change" } }
        }
        (false, _) if field.computed => html! { (shown.cell(field, cell)) " " (explain) },
        (false, _) => shown.cell(field, cell),
    }
}

fn common(shown: &Shown, record: &Record) -> Vec<(String, Markup)> {
    let mut pairs = vec![("Reference".to_owned(), html! { (record.reference) })];
    if shown.names.contains_key(&record.organisation) {
        pairs.push(("Organisation".into(), shown.link(record.organisation)));
    }
    pairs.push(("Created".into(), shown.when(record.created_at).render()));
    pairs.push(("Changed".into(), shown.when(record.updated_at).render()));
    pairs.push(("Version".into(), html! { (record.version) }));
    pairs
}
