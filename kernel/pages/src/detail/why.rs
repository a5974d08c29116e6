//! Why a record shows what it shows: who may see it, and where a value comes from.

use db::Tx;
use kernel::Result;
use kernel::describe::Field;
use kernel::explain::Explanation;
use kernel::journal::history;
use kernel::register::{Cell, Record, names_of, resolve};
use kernel::who::why::can_see;
use maud::{Markup, Render, html};
use ui::why::{Step, Steps};

use crate::address::Address;
use crate::shown::{Shown, exact, record_href};
use crate::typed::reference;

/// Entries looked through for the last change of a field.
const LOOKED_THROUGH: usize = 200;

/// The explanation asked for: `access`, or the key of a field. None for what does not exist or may not be read.
pub fn panel(tx: &mut Tx, shown: &Shown, record: &Record, asked: &str) -> Result<Option<Markup>> {
    let register = record.shape.register;
    if asked == "access" {
        return access(tx, shown, record).map(Some);
    }
    let field = record.shape.field(asked).filter(|field| shown.request.view.reads(register, field)).copied();
    field.map(|field| origin(tx, shown, record, &field).map(|steps| steps.render())).transpose()
}

fn foot(shown: &Shown) -> Markup {
    let close = Address::of(shown.request).without("why").without("of").href();
    html! { a href=(close) { "Close" } }
}

/// Why the reader sees the record, or with `of=` whether somebody else does and why. Asking for others needs the
/// permission to share, since the answer names their roles.
fn access(tx: &mut Tx, shown: &Shown, record: &Record) -> Result<Markup> {
    let request = shown.request;
    let others = request.view.may(record.shape.register, "share");
    let of = request.asked("of").filter(|of| others && !of.is_empty());
    let people = request.house.register("people");
    let (person, unknown) = match (of, people) {
        (Some(of), Some(people)) => match resolve(tx, &request.house, &request.view, people, reference(&request.house, of))? {
            Some(id) => (id, false),
            None => (request.view.person, true),
        },
        _ => (request.view.person, false),
    };
    let steps = steps(&can_see(tx, &request.house, person, record)?, foot(shown));
    Ok(html! {
        @if unknown { p.note.warn { "There is no such person that you may see; this is about yourself." } }
        (steps)
        @if others && people.is_some() {
            form.line method="get" action=(record_href(&request.house, record)) {
                input type="hidden" name="why" value="access";
                label for="why-of" { "Can somebody else see it?" }
                input.in.small #why-of name="of" value=(of.unwrap_or_default()) placeholder="Name, e-mail or reference" maxlength="200";
                button.verb.small type="submit" { "Ask" }
            }
        }
    })
}

/// An explanation as its component.
pub fn steps(of: &Explanation, foot: Markup) -> Steps {
    let one = |step: &kernel::explain::Step| {
        let drawn = Step::new(step.what.clone(), step.value.clone(), step.record.clone().unwrap_or_default());
        if step.counted { drawn } else { drawn.rejected() }
    };
    let mut steps: Vec<Step> = of.steps.iter().map(one).collect();
    steps.push(Step::new("Result", of.result.clone(), of.basis.clone()).result());
    Steps { title: of.title.clone(), steps, foot }
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
