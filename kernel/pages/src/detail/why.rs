//! Why a record shows what it shows: who may see it, and where a value comes from.

use db::Tx;
use kernel::Result;
use kernel::describe::{Field, Scope};
use kernel::journal::history;
use kernel::register::{Cell, Record, names_of};
use maud::{Markup, Render, html};
use ui::why::{Step, Steps};

use crate::address::Address;
use crate::shown::{Shown, exact};

/// Entries looked through for the last change of a field.
const LOOKED_THROUGH: usize = 200;

/// The explanation asked for: `access`, or the key of a field. None for what does not exist or may not be read.
pub fn panel(tx: &mut Tx, shown: &Shown, record: &Record, asked: &str) -> Result<Option<Markup>> {
    let register = record.shape.register;
    if asked == "access" {
        return Ok(Some(access(shown, record).render()));
    }
    let field = record.shape.field(asked).filter(|field| shown.request.view.reads(register, field)).copied();
    field.map(|field| origin(tx, shown, record, &field).map(|steps| steps.render())).transpose()
}

fn foot(shown: &Shown) -> Markup {
    let close = Address::of(shown.request).without("why").href();
    html! { a href=(close) { "Close" } }
}

/// Why this reader sees the record: organisation, roles, rows.
fn access(shown: &Shown, record: &Record) -> Steps {
    let view = &shown.request.view;
    let register = record.shape.register;
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    let mut steps = Vec::new();
    let within = view.reaches(record.organisation);
    let place = Step::new("Is it within the organisations you act for?", yes(within), "");
    steps.push(if within { place } else { place.rejected() });
    let roles = if view.roles.is_empty() { "none".to_owned() } else { view.roles.join(", ") };
    steps.push(Step::new("Your roles", roles, format!("permission {}.read", register.key)));
    let scopes = view.scopes(register, "read");
    let rows = register.rows;
    let is_me = |field: &str| !field.is_empty() && record.int(field) == Some(view.person);
    let my_team = !rows.team.is_empty() && record.int(rows.team).is_some_and(|team| view.teams.contains(&team));
    for (scope, text, holds) in [
        (Scope::All, "Every row", true),
        (Scope::Team, "Rows of your teams", my_team),
        (Scope::Own, "Rows you own or work on", is_me(rows.owner)),
        (Scope::Requester, "Rows you asked for", is_me(rows.requester)),
    ] {
        let granted = scopes.has(scope);
        let value = if granted { yes(holds) } else { "not granted" };
        let step = Step::new(text, value, "");
        steps.push(if granted && holds { step } else { step.rejected() });
    }
    if view.has_shares {
        steps.push(Step::new("Shared with you or your teams", "looked at too", ""));
    }
    steps.push(Step::new("You may see it", "yes", "").result());
    Steps { title: format!("Why can you see {}?", record.reference), steps, foot: foot(shown) }
}

/// Where a value comes from: what it is, who set it last, or that it is computed.
fn origin(tx: &mut Tx, shown: &Shown, record: &Record, field: &Field) -> Result<Steps> {
    let mut steps = Vec::new();
    if !field.help.is_empty() {
        steps.push(Step::new("What it is", "", field.help));
    }
    if field.computed {
        steps.push(Step::new("Computed", "", "from other fields of this record, whenever one of them changes"));
    }
    let entries = history(tx, record.id, None, LOOKED_THROUGH)?;
    let set = entries.iter().find_map(|entry| {
        let change = entry.content.as_ref()?.changes.get(field.key)?;
        Some((entry, Cell::from_journal(field.kind, &change[0])))
    });
    if let Some((entry, from)) = set {
        let actor: Vec<(&'static str, i64)> = entry.actor.map(|actor| ("people", actor)).into_iter().collect();
        let names = names_of(tx, &shown.request.house, &shown.request.view, &[], &actor)?;
        let who = entry.actor.map_or_else(|| "Reeve".to_owned(), |id| Shown { request: shown.request, names: &names }.name(id));
        let before = shown.text(field, &from);
        let note = if before.is_empty() { String::new() } else { format!("before: {before}") };
        steps.push(Step::new(format!("Last set by {who}, {}", entry.verb), exact(shown.request, entry.at), note));
    }
    let value = shown.text(field, record.get(field.key));
    steps.push(Step::new(field.label, if value.is_empty() { "none".to_owned() } else { value }, "").result());
    Ok(Steps { title: format!("Where {} of {} comes from", field.label.to_lowercase(), record.reference), steps, foot: foot(shown) })
}
