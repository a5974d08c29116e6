//! The menus of a list whose lines come when they are opened: a filter more, and the columns.

use db::Tx;
use exchange::Format;
use kernel::Result;
use kernel::describe::{Field, Kind, Register};
use kernel::register::{OPS, Op};
use kernel::web::{Layout, Reply, Request};
use maud::{Markup, Render, html};
use ui::control::{Choice, Kind as Control};
use ui::filter::{Add, kept};
use ui::head::Head;
use ui::menu::{Item, lines};
use ui::verb::Verb;

use super::asked::plain;
use super::bar::label;
use super::column;
use crate::address::Address;
use crate::export::for_reading;
use crate::form::crumbs;
use crate::form::field::draw;
use crate::lookup::ENDED;
use crate::shown::in_sentence;

/// `GET /{kind}/filter`: the form that adds a filter to the list of the same query.
pub fn filter(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    request.view.demand(register, "read")?;
    let form = adding(tx, request, register, &list(request, register), fields(request, register))?;
    Ok(sheet(request, crumbs(register, None), "Add a filter", register.key, &form.render()))
}

/// `GET /{kind}/columns`: ticks for the columns of that list.
pub fn columns(request: &Request, register: &'static Register) -> Result<Reply> {
    request.view.demand(register, "read")?;
    Ok(sheet(request, crumbs(register, None), "Columns", register.key, &ticks(request, register)))
}

/// `GET /{kind}/exports`: the forms in which that list goes out as a file.
pub fn exports(request: &Request, register: &'static Register) -> Result<Reply> {
    request.view.demand(register, "export")?;
    let question = list(request, register);
    let columns = column::chosen(request, register, &question);
    let keys: Vec<&str> = columns.iter().map(column::Col::key).collect();
    let (seen, whole) = (question.with("columns", &keys.join(",")), question.without("columns"));
    let (readable, back) = (|it: &Format| it.readable().is_ok(), |it: &Format| it.comes_back());
    let away = |it: &Format| !it.comes_back();
    let groups = [
        ("As shown, for reading", links(register, &for_reading(&seen), &readable)),
        ("As shown, to come back in", links(register, &seen, &back)),
        ("As shown, for other programs", links(register, &seen, &away)),
        ("With every field, to come back in", links(register, &whole, &back)),
        ("With every field, for other programs", links(register, &whole, &away)),
    ];
    if request.fragment {
        return Ok(Reply::Fragment(lines(&groups.into_iter().flat_map(items).collect::<Vec<_>>())));
    }
    let title = format!("Export {}", in_sentence(register.many));
    let head = Head { crumbs: crumbs(register, None), title: title.clone(), ..Head::default() };
    let layout = Layout { extra: &["register.css"], ..Layout::default() };
    Ok(Reply::page(title, register.key, html! { (head) (forms(&groups)) }).held(layout))
}

/// What each form is called, and where it is.
type Links = Vec<(&'static str, String)>;

/// A list in the forms that are meant.
fn links(register: &Register, from: &Address, meant: &dyn Fn(&Format) -> bool) -> Links {
    let href = |format: Format| from.at(format!("/{}/export.{}", register.key, format.ending())).href();
    Format::ALL.into_iter().filter(meant).map(|format| (format.label(), href(format))).collect()
}

/// The lines of a menu.
fn items((heading, links): (&str, Links)) -> Vec<Item> {
    let lines = links.into_iter().map(|(label, href)| Item::Verb(Verb::link(label, href)));
    std::iter::once(Item::Heading(heading.into())).chain(lines).collect()
}

/// The same as a page.
fn forms(groups: &[(&str, Links)]) -> Markup {
    html! { div.forms { @for (heading, links) in groups {
        section { h2 { (heading) } ul { @for (label, href) in links { li { a href=(href) { (label) } } } } }
    } } }
}

/// What an address asks that a file is made of.
pub fn exported(address: &Address) -> Address {
    address.first_page().without("view").without("count").without("limit")
}

/// What a menu holds that comes when it is opened; without script a page of it, in the place of the rail that `here` names.
pub fn sheet(request: &Request, crumbs: Vec<(String, String)>, title: &str, here: &str, form: &Markup) -> Reply {
    if request.fragment {
        return Reply::Fragment(form.clone());
    }
    let head = Head { crumbs, title: title.into(), ..Head::default() };
    Reply::page(title, here, html! { (head) div.menu { (form) } })
}

/// The list that a menu belongs to.
fn list(request: &Request, register: &Register) -> Address {
    Address::of(request).at(format!("/{}", register.key))
}

fn fields(request: &Request, register: &'static Register) -> Vec<(String, String)> {
    let shape = request.house.shape(register);
    let may = shape.fields.iter().filter(|field| request.view.reads(register, field) && !matches!(field.kind, Kind::Text { .. }));
    let own = may.map(|field| (field.key.to_owned(), field.label.to_owned()));
    let common = |key: &str| (key.to_owned(), label(request, register, key));
    let state = (!register.states.is_empty()).then(|| common("state"));
    let common = ["reference", "created_at", "updated_at"].map(common);
    state.into_iter().chain(own).chain(common).collect()
}

/// The form that adds a filter to a list: by which of some fields, keys with labels, is asked; without an answer it is the first.
pub fn adding(tx: &mut Tx, request: &Request, register: &'static Register, list: &Address, fields: Vec<(String, String)>) -> Result<Add> {
    let list = plain(list);
    let asked = request.asked("field").filter(|asked| fields.iter().any(|(key, _)| key == asked));
    let field = asked.or(fields.first().map(|(key, _)| key.as_str())).unwrap_or_default().to_owned();
    let (kind, mut value) = compared(tx, request, register, &field)?;
    value = ui::field::Field { label: "Value".into(), name: "value".into(), optional: false, help: String::new(), full: false, ..value };
    let ops = OPS.iter().filter(|(_, op)| *op != Op::Empty && op.fits(kind));
    let operators = ops.map(|(word, op)| (if word.is_empty() { "is" } else { word }.to_owned(), op.said(Some(kind)).to_owned()));
    Ok(Add {
        action: list.path.clone(),
        here: list.at(format!("{}/filter", list.path)).href(),
        fields,
        field,
        operators: operators.collect(),
        value,
        keep: list.pairs,
    })
}

/// The kind of a field that records have, and how a value of it is typed or chosen. One may ask for what has ended, too.
fn compared(tx: &mut Tx, request: &Request, register: &'static Register, key: &str) -> Result<(Kind, ui::field::Field)> {
    let (kind, mut drawn) = typed_or_chosen(tx, request, register, key)?;
    if let Control::Link(_, Some(found_at)) = &mut drawn.kind {
        *found_at += &format!("?{ENDED}=true");
    }
    Ok((kind, drawn))
}

fn typed_or_chosen(tx: &mut Tx, request: &Request, register: &'static Register, key: &str) -> Result<(Kind, ui::field::Field)> {
    let shape = request.house.shape(register);
    let states = || register.states.iter().map(|state| Choice::new(state.key, state.label)).collect();
    let drawn = |control: Control| ui::field::Field::new(key, "", control);
    Ok(match (key, shape.field(key)) {
        ("state", _) => (Kind::Choice(&[]), drawn(Control::Choice(states()))),
        ("created_at" | "updated_at", _) => (Kind::Time, drawn(Control::Moment)),
        (_, Some(field)) => match field.kind {
            Kind::Bool => (field.kind, drawn(Control::Choice(vec![Choice::new("true", "Yes"), Choice::new("false", "No")]))),
            // One at a time: another is added to it.
            Kind::Many(to) => (field.kind, draw(tx, request, &Field { kind: Kind::Link(to), ..*field }, "", None)?),
            // The line of a text says how it is written.
            Kind::Money => (field.kind, drawn(Control::Text)),
            _ => (field.kind, draw(tx, request, field, "", None)?),
        },
        _ => (Kind::Line { limit: 0 }, drawn(Control::Text)),
    })
}

/// Leads to the address that names the columns.
fn ticks(request: &Request, register: &'static Register) -> Markup {
    let list = list(request, register);
    let shown: Vec<&str> = column::chosen(request, register, &list).iter().map(column::Col::key).collect();
    let plain = list.without("columns");
    html! {
        form.add-filter action=(list.path) {
            (kept(&plain.pairs))
            @for column in column::all(request, register) {
                label.choice {
                    input.tick type="checkbox" name="columns" value=(column.key()) checked[shown.contains(&column.key())];
                    span { (column.label()) }
                }
            }
            button.verb.small.first type="submit" { "Show these" }
            a.verb.small.bare href=(plain.href()) { "As they come" }
        }
    }
}
