//! Two tickets about the same thing become one.

use super::links::with;
use crate::ticket::message;
use db::Value;
use kernel::describe::Input;
use kernel::register::{Draft, Record, load_for_update, save};
use kernel::{Act, Error, Result};
use serde_json::{Map, json};

/// The ticket lives on in another one of its kind, which must not itself live on elsewhere.
pub fn merge(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let into = survivor(act, draft, input)?;
    let own = draft.record.clone();
    message::move_all(act, &own, &into)?;
    let ids = [Value::Int(own.id), Value::Int(into.id)];
    act.tx.run("update time_entry set ticket = ?2 where ticket = ?1", &ids)?;
    act.tx.run("update file set record = ?2 where record = ?1", &ids)?;
    leads_on(act, draft, &into)?;
    drafts(act, &own, &into)?;
    survive(act, &own, into)?;
    draft.set_state("closed");
    draft.set("closed_at", act.at);
    draft.set("merged_into", input.int("into"));
    draft.record.retired_at = Some(act.at);
    Ok(())
}

fn survivor(act: &mut Act, draft: &Draft, input: &Input) -> Result<Record> {
    let refuse = |message: &str| Err(Error::invalid("into", message));
    if draft.int("merged_into").is_some() {
        return Err(Error::Conflict("This ticket was merged already.".into()));
    }
    let id = input.int("into").unwrap_or(0);
    if id == draft.record.id {
        return refuse("A ticket cannot be merged into itself.");
    }
    let register = draft.record.shape.register;
    let sql = "select reference, kind from ticket where id = ?1";
    let row = act.tx.one(sql, &[Value::Int(id)])?;
    if register.within.is_some_and(|(_, kind)| row.text(1).ok() != Some(kind)) {
        return refuse("Incidents are merged with incidents and requests with requests. Link these two instead.");
    }
    let into = load_for_update(act.tx, act.house, act.view, register, row.text(0)?, "merge")?;
    if into.int("merged_into").is_some() {
        return refuse("That ticket was merged itself. Merge into the one it lives on in.");
    }
    Ok(into)
}

/// The reference leads to the survivor for ever; the row keeps a name of its own, so that its history can still be read.
fn leads_on(act: &mut Act, draft: &mut Draft, into: &Record) -> Result<()> {
    let own = &mut draft.record;
    act.tx.run("update alias set record = ?2 where record = ?1", &[Value::Int(own.id), Value::Int(into.id)])?;
    let sql = "insert into alias (reference, record) values (?1, ?2)";
    act.tx.run(sql, &[Value::from(own.reference.as_str()), Value::Int(into.id)])?;
    let kept = format!("{}M", own.reference);
    act.tx.run("update ticket set reference = ?2 where id = ?1", &[Value::Int(own.id), Value::from(kept.as_str())])?;
    own.reference = kept;
    Ok(())
}

/// What somebody has typed and not yet sent goes on at the survivor, unless they have typed something there too.
fn drafts(act: &mut Act, own: &Record, into: &Record) -> Result<()> {
    let place = |record: &Record| Value::from(crate::ticket::place_of_draft(record));
    let sql = "update draft set place = ?2 where place = ?1 \
               and person not in (select d.person from draft d where d.place = ?2)";
    act.tx.run(sql, &[place(own), place(into)])?;
    Ok(())
}

/// The survivor is followed by all who followed or asked for the other one; whoever asked keeps seeing what comes of it.
fn survive(act: &mut Act, own: &Record, into: Record) -> Result<()> {
    let mut draft = Draft::of(into);
    let requester = own.int("requester");
    for person in own.get("watchers").ids().iter().copied().chain(requester) {
        with(&mut draft, "watchers", person);
    }
    if let Some(person) = requester.filter(|person| draft.int("requester") != Some(*person)) {
        share(act, &draft.record, person)?;
    }
    let spent = draft.int("time_spent").unwrap_or(0) + own.int("time_spent").unwrap_or(0);
    if spent > 0 {
        draft.set("time_spent", spent);
    }
    super::talk::said(&mut draft);
    let input: Map<_, _> = [("merged".to_owned(), json!(own.reference))].into_iter().collect();
    save(act, draft, "take-in", input)?;
    Ok(())
}

fn share(act: &mut Act, record: &Record, person: i64) -> Result<()> {
    let sql = "insert into share (id, record, register, person, created_at) values (?1, ?2, ?3, ?4, ?5)";
    let register = Value::from(record.shape.register.key);
    let args = [Value::Int(act.new_id()), Value::Int(record.id), register, Value::Int(person), Value::Int(act.at)];
    act.tx.run(sql, &args)?;
    kernel::memory::next_epoch(act.tx, "who")
}
