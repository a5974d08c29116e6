//! Saved views: a question of a list under a name, one's own or shared.

pub mod pages;
pub(crate) mod store;

use db::Tx;
use kernel::describe::Register;
use kernel::register::Query;
use kernel::web::Request;
use kernel::{Act, Result};
use maud::{Markup, html};
use ui::icon;
use ui::tabs::{Tab, tabs as line};

use crate::address::{Address, read, write};
use crate::list::asked;
use crate::list::kept::count;
use crate::list::{address, total};
use store::SavedView;

/// The views of a register as tabs, with how many each holds, and a form that saves the present question.
pub fn tabs(tx: &mut Tx, request: &Request, register: &'static Register, here: &Address) -> Result<Markup> {
    let views = store::visible(tx, &request.view, register)?;
    let question = question(here);
    let open = which(&views, here).map(|view| view.id);
    let everything = total(count(tx, request, register, &Query::plain(register), "")?);
    let mut all =
        vec![Tab { label: "All".into(), href: format!("/{}", register.key), current: question.is_empty(), count: Some(everything) }];
    for view in &views {
        all.push(Tab {
            label: view.name.clone(),
            href: href(register, view),
            current: open == Some(view.id),
            count: held(tx, request, register, view)?,
        });
    }
    let extra = html! { (save_form(request, register, &question)) a.verb.bare.small href={ "/" (register.key) "/views" } { "Views" } };
    Ok(line("Saved views", &all, &extra))
}

/// What an address asks for, as a view keeps it.
pub(crate) fn question(here: &Address) -> String {
    write(&here.first_page().without("view").without("count").pairs)
}

/// The view that an address names, or whose question it asks.
fn which<'a>(views: &'a [SavedView], here: &Address) -> Option<&'a SavedView> {
    let named = here.pairs.iter().find(|(key, _)| key == "view").and_then(|(_, id)| id.parse::<i64>().ok());
    let question = question(here);
    views.iter().find(|view| named.map_or(view.question == question, |id| view.id == id))
}

/// The name of the view that is open with nothing added to its question.
pub fn open(tx: &mut Tx, request: &Request, register: &'static Register, here: &Address) -> Result<Option<String>> {
    let views = store::visible(tx, &request.view, register)?;
    Ok(which(&views, here).filter(|view| view.question == question(here)).map(|view| view.name.clone()))
}

/// Keeps a question under a name for everyone of the acting organisation, in the name of the acting person.
pub fn keep_for_everyone(act: &mut Act, register: &Register, name: &str, question: &str) -> Result<()> {
    let question = write(&read(question));
    let id = store::insert(act, register, name, &question)?;
    let view = SavedView { id, name: name.to_owned(), question, person: act.view.person, team: None, everyone: true };
    store::update(act, &view)
}

/// The address of a view: its question in full, so that a copied link shows the same to everyone.
pub(crate) fn href(register: &Register, view: &SavedView) -> String {
    address(register, &view.question).with("view", &view.id.to_string()).href()
}

/// How many records a view holds; none when its question cannot be asked any more, or asks for another time.
fn held(tx: &mut Tx, request: &Request, register: &'static Register, view: &SavedView) -> Result<Option<String>> {
    let asked = asked::of(tx, request, register, address(register, &view.question))?;
    if !asked.wrong.is_empty() || asked.query.as_of.is_some() {
        return Ok(None);
    }
    Ok(Some(total(count(tx, request, register, &asked.query, &asked.question())?)))
}

/// A saved view, for a list that a practice draws itself.
pub struct Saved {
    /// Its id, as `view=` has it.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The query string it keeps.
    pub question: String,
    /// Nobody else sees it.
    pub own: bool,
}

/// The views of a register that the viewer sees.
pub fn saved(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Vec<Saved>> {
    let views = store::visible(tx, &request.view, register)?;
    let own = |view: &SavedView| !view.everyone && view.team.is_none();
    Ok(views.into_iter().map(|view| Saved { own: own(&view), id: view.id, name: view.name, question: view.question }).collect())
}

fn save_form(request: &Request, register: &Register, question: &str) -> Markup {
    save_menu(request, register, question, &html! { summary.verb.bare.small { (icon::small("plus")) "Save as view" } })
}

/// A menu behind `summary` that saves a question as a view.
pub fn save_menu(request: &Request, register: &Register, question: &str, summary: &Markup) -> Markup {
    html! {
        details.pop-menu data-menu {
            (summary)
            form.menu.at-end.add-filter method="post" action={ "/" (register.key) "/views" } {
                input type="hidden" name="csrf" value=(request.csrf);
                input type="hidden" name="question" value=(question);
                input.in.small name="name" required maxlength="60" aria-label="Name of the view" placeholder="Name";
                button.verb.small.first type="submit" { "Save" }
            }
        }
    }
}
