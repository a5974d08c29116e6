//! What is looked up or written beside a ticket when it is made or changed: who asked, and its clocks.

use super::course::{Moment, events};
use super::{looked, message, pages, store};
use kernel::describe::Scope;
use kernel::register::{Draft, Record};
use kernel::who::{Means, is_here};
use kernel::{Act, Result};
use promises::clock;
use promises::level::About;

/// In the transaction of every change, before the row is stored.
pub(super) fn completes(act: &mut Act, draft: &mut Draft) -> Result<()> {
    if act.means == Means::Page {
        pages::forget_counts(act.house, act.view.person);
        looked::note(act.house, act.view.person, draft.record.id, act.at);
    }
    given(act, draft)?;
    if draft.is_new() {
        opened(act, draft)?;
        let outcome = clock::start(act, &about(&draft.record), act.at)?;
        return kept(draft, outcome);
    }
    no_circle(act, draft)?;
    clocks(act, draft)?;
    if draft.before.as_ref().is_some_and(|before| before.organisation != draft.record.organisation) {
        message::reindex(act.tx, &draft.record)?;
    }
    Ok(())
}

/// Nothing is given to somebody who has left. What other systems had given to them comes in as it was.
fn given(act: &mut Act, draft: &mut Draft) -> Result<()> {
    let Some(assignee) = draft.int("assignee").filter(|_| draft.changed("assignee")) else { return Ok(()) };
    if !matches!(act.means, Means::Import(_)) && !is_here(act.tx, assignee)? {
        draft.refuse("assignee", "They have left. Give it to somebody who is here.");
    }
    Ok(())
}

/// Who opened it, when and through what. Whoever may only see their own tickets opens them for themselves.
fn opened(act: &mut Act, draft: &mut Draft) -> Result<()> {
    let register = draft.record.shape.register;
    let person = Some(act.view.person).filter(|id| *id != 0);
    let own_only = !act.view.scopes(register, "create").has(Scope::All);
    if own_only {
        draft.set("requester", person);
        for key in ["team", "assignee"] {
            if !draft.get(key).is_null() {
                draft.refuse(key, "Only the desk assigns tickets. Leave this out.");
            }
        }
    }
    if draft.record.id == 0 {
        draft.record.id = act.new_id();
    }
    if draft.get("opened_at").is_null() {
        draft.set("opened_at", act.at);
    }
    if draft.get("opened_by").is_null() {
        draft.set("opened_by", person);
    }
    if draft.get("channel").is_null() {
        let channel = match act.means {
            Means::Api(_) => "api",
            Means::Page if own_only => "portal",
            _ => "",
        };
        draft.set("channel", channel);
    }
    Ok(())
}

/// What the promises on a ticket are chosen by.
fn about(record: &Record) -> About {
    About {
        ticket: record.id,
        organisation: record.organisation,
        service: record.int("service"),
        item: record.int("item"),
        request: record.shape.register.key == "requests",
        priority: record.int("priority").unwrap_or(4),
    }
}

/// Lets the clocks follow what changed.
fn clocks(act: &mut Act, draft: &mut Draft) -> Result<()> {
    let Some(before) = &draft.before else { return Ok(()) };
    let events = events(&Moment::of(before), &Moment::of(&draft.record));
    let terms = if before.organisation != draft.record.organisation {
        Some("The organisation changed")
    } else if draft.changed("service") {
        Some("The service changed")
    } else if draft.changed("priority") {
        Some("The priority changed")
    } else {
        None
    };
    if events.is_empty() && terms.is_none() && !draft.changed("item") {
        return Ok(());
    }
    let outcome = clock::follow(act, &about(before), &about(&draft.record), &events, terms, act.at)?;
    kept(draft, outcome)
}

fn kept(draft: &mut Draft, outcome: clock::Outcome) -> Result<()> {
    if outcome.resolution_promised {
        draft.set("made_sla", outcome.resolution_kept);
    }
    draft.set("due_at", outcome.due_at);
    Ok(())
}

/// Parents and duplicates are nested no deeper than this.
const DEEPEST: usize = 20;

/// A ticket cannot be part, or a duplicate, of itself, not even by way of others.
fn no_circle(act: &mut Act, draft: &mut Draft) -> Result<()> {
    for key in ["parent", "duplicate_of"] {
        if !draft.changed(key) {
            continue;
        }
        let (own, mut at) = (draft.record.id, draft.int(key));
        for _ in 0..DEEPEST {
            let Some(next) = at else { break };
            if next == own {
                draft.refuse(key, "That would make a circle: the ticket named stands below this one.");
                break;
            }
            at = store::ticket::named_in(act.tx, key, next)?;
        }
    }
    Ok(())
}
