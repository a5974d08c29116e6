//! The rows of a list.

use db::Tx;
use kernel::Result;
use kernel::describe::{Kind, Register};
use kernel::register::{Cell, Record, names_of};
use kernel::web::Request;
use maud::{Markup, Render, html};
use ui::list::{List, Row, subject};
use ui::marks::{Tone, pill};

use super::asked::Asked;
use super::column::{self, Col};
use super::{drawer, figure};
use crate::form::single;
use crate::shown::{Shown, record_href, state};

/// The table of a page; with tick boxes named `pick` where something can be done to many.
pub fn table(
    tx: &mut Tx,
    request: &Request,
    register: &'static Register,
    asked: &Asked,
    records: &[Record],
    columns: &[Col],
) -> Result<List> {
    let names = names_of(tx, &request.house, &request.view, &[], &linked(request, records, columns))?;
    let shown = Shown { request, names: &names };
    let edits = super::edits(request, register, asked);
    let back = asked.address.href();
    let opens = drawer::opens(&request.house, register);
    let mut heads = vec![column::title(register, &asked.address, &asked.query.sort)];
    heads.extend(column::heads(columns, &asked.address, &asked.query.sort));
    let courses = figure::courses(tx, request, records, columns)?;
    let row = |record: &Record| {
        let mut cells = vec![name(request, record, asked, opens)];
        for column in columns {
            cells.push(match column {
                Col::Field(field) if field.course || field.alarm.is_some() => figure::shown(&shown, record, field, &courses),
                _ => cell(&shown, record, column, edits, &back),
            });
            cells.extend(column.course().map(|field| figure::course(request, record, field, &courses)));
        }
        let cursor = asked.open.as_deref() == Some(record.reference.as_str());
        Row { id: record.reference.clone(), name: record.reference.clone(), cells, cursor, ..Row::default() }
    };
    Ok(List {
        label: register.many.into(),
        columns: heads,
        rows: records.iter().map(row).collect(),
        // What stood at another time is looked at; verbs would act on what stands now.
        ticks: (asked.query.as_of.is_none() && crate::bulk::offered(request, register)).then(|| "pick".to_owned()),
        sticky: true,
        ..List::default()
    })
}

/// What the shown columns link to.
fn linked(request: &Request, records: &[Record], columns: &[Col]) -> Vec<(&'static str, i64)> {
    let mut wanted = Vec::new();
    for record in records {
        for column in columns {
            match column {
                Col::Organisation => wanted.push(("organisations", record.organisation)),
                Col::Field(field) => match (field.kind, record.get(field.key)) {
                    (Kind::Link(to), Cell::Int(id)) => wanted.push((to, *id)),
                    (Kind::Many(to), Cell::Many(ids)) => wanted.extend(ids.iter().map(|id| (to, *id))),
                    (_, Cell::Any(to, id)) => wanted.extend(request.house.register(to).map(|it| (it.key, *id))),
                    _ => {}
                },
                _ => {}
            }
        }
    }
    wanted
}

fn name(request: &Request, record: &Record, asked: &Asked, opens: bool) -> Markup {
    let href = match asked.query.as_of {
        Some(at) => crate::detail::as_of_href(request, record, at),
        None if opens => drawer::href(asked, &record.reference),
        None => record_href(&request.house, record),
    };
    let mut facts = vec![html! { span.ref { (record.reference) } }];
    if record.retired_at.is_some() {
        facts.push(pill(Tone::Plain, None, "retired"));
    }
    let title = if record.title().is_empty() { &record.reference } else { record.title() };
    subject(&href, title, &facts)
}

fn cell(shown: &Shown, record: &Record, column: &Col, edits: bool, back: &str) -> Markup {
    match column {
        Col::State => state(record.shape.register, &record.state).map_or_else(|| html! {}, |status| status.render()),
        Col::Organisation => shown.link(record.organisation),
        Col::Created => shown.when(record.created_at).render(),
        Col::Updated => shown.when(record.updated_at).render(),
        Col::Field(field) if edits && in_place(field.kind) && !field.computed => single::link(shown, record, field, back),
        Col::Field(field) => shown.cell(field, record.get(field.key)),
    }
}

/// Values changed from the list; those that lead somewhere stay links.
fn in_place(kind: Kind) -> bool {
    matches!(kind, Kind::Choice(_) | Kind::Level(_) | Kind::Bool | Kind::Date | Kind::Int { .. } | Kind::Real | Kind::Link(_) | Kind::Money)
}
