//! The menus of a list whose lines come when they are opened: a filter more, and the columns.

use kernel::Result;
use kernel::describe::{Kind, Register};
use kernel::web::{Reply, Request};
use maud::{Markup, Render, html};
use ui::filter::{Add, kept};
use ui::head::Head;

use super::bar::operators;
use super::column;
use crate::address::Address;
use crate::form::crumbs;

/// `GET /{kind}/filter`: the form that adds a filter to the list of the same query.
pub fn filter(request: &Request, register: &'static Register) -> Result<Reply> {
    request.view.demand(register, "read")?;
    Ok(sheet(request, crumbs(register, None), "Add a filter", register.key, &add(request, register).render()))
}

/// `GET /{kind}/columns`: ticks for the columns of that list.
pub fn columns(request: &Request, register: &'static Register) -> Result<Reply> {
    request.view.demand(register, "read")?;
    Ok(sheet(request, crumbs(register, None), "Columns", register.key, &ticks(request, register)))
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

fn add(request: &Request, register: &'static Register) -> Add {
    let shape = request.house.shape(register);
    let may = shape.fields.iter().filter(|field| request.view.reads(register, field) && !matches!(field.kind, Kind::Text { .. }));
    let own = may.map(|field| (field.key.to_owned(), field.label.to_owned()));
    let state = (!register.states.is_empty()).then(|| ("state".to_owned(), "State".to_owned()));
    let common = [("reference", "Reference"), ("created_at", "Created"), ("updated_at", "Changed")];
    let common = common.map(|(key, label)| (key.to_owned(), label.to_owned()));
    let list = list(request, register);
    Add {
        action: list.path.clone(),
        fields: state.into_iter().chain(own).chain(common).collect(),
        operators: operators(),
        keep: list.first_page().pairs,
    }
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
