//! Granting and taking back.

use super::rules::{self, SHIPPED};
use super::store;
use kernel::describe::{Input, Register, Scopes};
use kernel::journal::{self, Entry};
use kernel::register::Draft;
use kernel::who::grants::default_scopes;
use kernel::who::roles;
use kernel::{Act, Error, Result};
use std::collections::HashSet;

/// Entries of a role that are looked through for what a grant was before.
const LOOKED_THROUGH: usize = 1_000;

/// Changes to which records a role may do one thing. Nobody grants more than they hold themselves, and the administrator's role
/// stays whole, so that somebody can always grant.
pub(super) fn grant(act: &mut Act, role: &mut Draft, input: &Input) -> Result<()> {
    if role.text("key") == "administrator" {
        role.refuse("", rules::STAYS_WHOLE);
        return Ok(());
    }
    let permission = named(act, role, input);
    let Some(((register, permission), wanted)) = permission.zip(reached(role, permission, input.text("rows"))) else { return Ok(()) };
    if !act.view.scopes(register, permission).covers(wanted) {
        role.refuse("rows", format!("You may not do this to {} yourself, so you cannot grant it.", rules::said(wanted)));
        return Ok(());
    }
    put(act, role, (register, permission), input.text("rows"), wanted)
}

/// The register and its permission that a grant names; what is wrong is refused at its field.
fn named(act: &Act, role: &mut Draft, input: &Input) -> Option<(&'static Register, &'static str)> {
    let Some(register) = act.house.register(input.text("register")) else {
        role.refuse("register", "There is no register of this name. Name one like incidents.");
        return None;
    };
    let found = register.permissions().find(|it| *it == input.text("permission"));
    if found.is_none() {
        let known: Vec<&str> = register.permissions().collect();
        role.refuse("permission", format!("{} know no such permission. Those that exist: {}.", register.many, known.join(", ")));
    }
    found.map(|permission| (register, permission))
}

/// The records that a grant reaches, also read where its permission is not known, so that everything wrong is said at once.
fn reached(role: &mut Draft, permission: Option<(&Register, &str)>, text: &str) -> Option<Scopes> {
    let meant = match permission {
        Some((register, permission)) => meant(role, register, permission, text),
        None if text == SHIPPED => Some(Scopes::NONE),
        None => rules::rows("", text),
    };
    if meant.is_none() {
        role.refuse("rows", rules::wrong(permission.map_or("", |(_, permission)| permission)));
    }
    meant
}

/// The records that a word of a grant means; none if it means nothing.
fn meant(role: &Draft, register: &Register, permission: &str, text: &str) -> Option<Scopes> {
    match text {
        SHIPPED => Some(default_scopes(register, role.text("key"), permission)),
        text => rules::rows(permission, text),
    }
}

fn put(act: &mut Act, role: &Draft, (register, permission): (&Register, &str), text: &str, wanted: Scopes) -> Result<()> {
    match text {
        SHIPPED => roles::as_shipped(act.tx, role.text("key"), register.key, permission),
        _ => roles::grant(act.tx, role.text("key"), register.key, permission, wanted),
    }
}

/// Puts back what the grant was before, unless it was changed again since, or is more than the viewer holds.
pub(super) fn ungrant(act: &mut Act, role: &mut Draft, input: &Input) -> Result<()> {
    let (register, permission) = (input.text("register").to_owned(), input.text("permission").to_owned());
    let entries = journal::history(act.tx, role.record.id, None, LOOKED_THROUGH)?;
    let text = |entry: &Entry, key: &str| -> String {
        let input = entry.content.as_ref().map(|it| &it.input);
        input.and_then(|it| it.get(key)).and_then(|it| it.as_str()).unwrap_or_default().to_owned()
    };
    let undone: HashSet<i64> =
        entries.iter().filter(|it| it.verb == "undo").filter_map(|it| it.content.as_ref()?.input.get("act")?.as_i64()).collect();
    let mut grants = entries
        .iter()
        .filter(|it| it.verb == "grant" && !undone.contains(&it.act))
        .filter(|it| text(it, "register") == register && text(it, "permission") == permission)
        .map(|it| text(it, "rows"));
    let now = grants.next().unwrap_or_default();
    let stands = store::difference(act.tx, role.text("key"), &register, &permission)?.unwrap_or_else(|| SHIPPED.into());
    let read = |text: &str| rules::rows(&permission, text);
    let same = |text: &str| text == stands || read(text).is_some_and(|rows| read(&stands) == Some(rows));
    if now != input.text("rows") || !same(&now) {
        return Err(Error::Conflict("This grant was changed again since, so it cannot be undone. Nothing was changed.".into()));
    }
    let before = grants.next().unwrap_or_else(|| SHIPPED.into());
    let register = act.house.register(&register).ok_or(Error::NotFound)?;
    let wanted = meant(role, register, &permission, &before).unwrap_or_default();
    if !act.view.scopes(register, &permission).covers(wanted) {
        return Err(Error::Conflict(format!(
            "This would grant {} again, which you may not do yourself. Nothing was changed.",
            rules::said(wanted)
        )));
    }
    put(act, role, (register, &permission), &before, wanted)
}
