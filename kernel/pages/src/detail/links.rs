//! What a record leads to and what leads to it.

use db::{Tx, Value};
use kernel::Result;
use kernel::describe::{Field, Kind, Register};
use kernel::register::{self, Count, Query, Record, count, names_of};
use kernel::web::{Reply, Request};
use maud::{Markup, html};
use ui::format;
use ui::head::{Head, block};
use ui::list::plain;
use ui::states::Empty;

use crate::form::crumbs;
use crate::shown::Shown;

/// Most edges named on the record's page.
const NAMED: i64 = 50;

/// What touches the record, as a section of its page.
pub fn inline(tx: &mut Tx, shown: &Shown, record: &Record) -> Result<Option<Markup>> {
    Ok(related(tx, shown, record)?.map(|table| block("Related", "", &html! {}, &table)))
}

/// Edges of the service graph and of link fields of others that touch the record; none: nothing to show.
pub fn related(tx: &mut Tx, shown: &Shown, record: &Record) -> Result<Option<Markup>> {
    let sql = "select source_kind, source, coalesce(kind, field, ''), target_kind, target from relation \
        where (source = ?1 and field is null or target = ?1) and valid_until is null and retired_at is null order by id limit ?2";
    let rows = tx.all(sql, &[Value::Int(record.id), Value::Int(NAMED)])?;
    let house = &shown.request.house;
    let mut ends = Vec::new();
    for row in &rows {
        let outward = row.int(1)? == record.id;
        let (kind, id) = if outward { (row.text(3)?, row.int(4)?) } else { (row.text(0)?, row.int(1)?) };
        if let Some(other) = house.register(kind) {
            ends.push((outward, row.text(2)?.to_owned(), other, id));
        }
    }
    let wanted: Vec<(&'static str, i64)> = ends.iter().map(|(_, _, other, id)| (other.key, *id)).collect();
    let names = names_of(tx, house, &shown.request.view, &[], &wanted)?;
    let others = Shown { request: shown.request, names: &names };
    let seen: Vec<_> = ends.iter().filter(|(_, _, _, id)| names.contains_key(id)).collect();
    if seen.is_empty() {
        return Ok(None);
    }
    let mut lines: Vec<(String, Vec<i64>)> = Vec::new();
    for (outward, word, other, id) in seen {
        let said = relates(*outward, word, other);
        match lines.iter_mut().find(|(known, _)| *known == said) {
            Some((_, ids)) => ids.push(*id),
            None => lines.push((said, vec![*id])),
        }
    }
    let rows: Vec<(Markup, Markup)> = lines.iter().map(|(said, ids)| (html! { (said) }, each(&others, ids))).collect();
    Ok(Some(plain("Related records", &rows, None)))
}

/// How the other end of an edge stands to the record: by a field of its own ("People by roles"), or by a relation.
fn relates(outward: bool, word: &str, other: &Register) -> String {
    match (other.field(word), outward) {
        (Some(field), true) => format!("{} of", field.label),
        (Some(field), false) => by(other, field),
        (None, true) => word.replace('_', " "),
        (None, false) => format!("{} ←", word.replace('_', " ")),
    }
}

fn by(other: &Register, field: &Field) -> String {
    format!("{} by {}", other.many, field.label.to_lowercase())
}

fn each(others: &Shown, ids: &[i64]) -> Markup {
    html! { @for (at, id) in ids.iter().enumerate() { @if at > 0 { ", " } (others.link(*id)) } }
}

/// `GET /{kind}/{REF}/links`: how many records of each register link here, each a link to the list of them.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, reference: &str) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, reference)?;
    let mut rows = Vec::new();
    for other in request.house.registers.iter().copied().filter(|other| request.view.may(other, "read")) {
        let fields: Vec<Field> = request.house.shape(other).fields.clone();
        for field in fields.iter().filter(|field| request.view.reads(other, field) && leads(field, register)) {
            if let Some(row) = used(tx, request, &record, other, field)? {
                rows.push(row);
            }
        }
    }
    let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(&record), &[])?;
    let related = inline(tx, &Shown { request, names: &names }, &record)?;
    let empty = Empty {
        title: "Nothing leads here".into(),
        text: html! { "No record that you may see links to " (record.reference) "." },
        verbs: Vec::new(),
    };
    let head = Head {
        crumbs: crumbs(register, Some((&record, request))),
        title: format!("Where {} is used", record.reference),
        lead: Some(record.title().to_owned()),
        ..Head::default()
    };
    let body = html! {
        (head)
        @if rows.is_empty() && related.is_none() { (empty) }
        @if !rows.is_empty() { (plain("Records that link here", &rows, None)) }
        @if let Some(related) = related { (related) }
    };
    Ok(Reply::page(format!("Where {} is used", record.reference), register.key, body))
}

fn leads(field: &Field, register: &Register) -> bool {
    matches!(field.kind, Kind::Link(to) | Kind::Many(to) if to == register.key)
}

fn used(tx: &mut Tx, request: &Request, record: &Record, other: &'static Register, field: &Field) -> Result<Option<(Markup, Markup)>> {
    let pairs = [(field.key.to_owned(), record.reference.clone())];
    let mut query = Query::parse(tx, &request.house, &request.view, other, &pairs)?;
    query.count = Count::Rough;
    let (found, more) = count(tx, &request.house, &request.view, other, &query)?;
    if found == 0 {
        return Ok(None);
    }
    let href = format!("/{}?{}={}", other.key, field.key, record.reference);
    let said = by(other, field);
    let figure = format!("{}{}", format::number(found), if more { "+" } else { "" });
    Ok(Some((html! { a href=(href) { (said) } }, html! { (figure) })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_leads_to_its_own_register_only() {
        let register = Register { key: "teams", ..Register::PLAIN };
        assert!(leads(&kernel::describe::link("team", "Team", "teams"), &register));
        assert!(leads(&kernel::describe::many("teams", "Teams", "teams"), &register));
        assert!(!leads(&kernel::describe::link("owner", "Owner", "people"), &register));
    }
}
