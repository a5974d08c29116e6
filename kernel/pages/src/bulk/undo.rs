//! Taking back what a task did to many.

use kernel::describe::Register;
use kernel::register::undo;
use kernel::web::{Reply, Request};
use kernel::{Act, Error, Result};
use maud::html;
use ui::head::Head;

use super::job;
use super::pages::undo_all;
use super::task::several;
use super::{MOST, counted, own};
use crate::form::crumbs;
use crate::list::address;

/// `POST /{kind}/bulk/undo`: takes back each act named by `done` (`RSK-1 <act>`). All of them or none: if one was changed
/// again since, the page names it and offers the others.
pub fn post(act: &mut Act, request: &Request, register: &'static Register) -> Result<Reply> {
    let done: Vec<String> = several(request, "done").into_iter().take(MOST).collect();
    if done.len() > super::PORTION && job::runs(act.house) {
        return job::start_undo(act, request, register, &done);
    }
    act.several = true;
    let mut passing = Vec::new();
    let mut refused = Vec::new();
    for it in &done {
        let (reference, undone) = read(it).ok_or(Error::NotFound)?;
        match own(act.house, register, reference).and_then(|own| undo(act, own, reference, undone)) {
            Ok(_) => passing.push(it.clone()),
            Err(fault @ (Error::Db(_) | Error::Fault(_))) => return Err(fault),
            Err(why) => refused.push((reference.to_owned(), why.to_string())),
        }
    }
    let back = address(register, request.sent("query")).href();
    if refused.is_empty() {
        return Ok(Reply::redirect(back, format!("{}: taken back", counted(register, passing.len()))));
    }
    let head = Head {
        crumbs: crumbs(register, None),
        title: format!("{} could not be taken back", counted(register, refused.len())),
        lead: Some("Nothing was changed. The others can be taken back without them.".into()),
        ..Head::default()
    };
    let body = html! {
        (head)
        ul.stack { @for (reference, why) in &refused { li { a href={ "/" (register.key) "/" (reference) } { (reference) } ": " (why) } } }
        (undo_all(request, register, &passing))
        p { a href=(back) { "Back to the list" } }
    };
    Ok(Reply::page("Not taken back", register.key, body).status(409))
}

/// Reads `RSK-1 <act>`.
pub fn read(text: &str) -> Option<(&str, i64)> {
    let (reference, undone) = text.split_once(' ')?;
    Some((reference, undone.parse().ok()?))
}
