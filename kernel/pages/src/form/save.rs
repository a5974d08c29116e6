//! Saving what a form sent.

use kernel::describe::{Field, Kind, Register};
use kernel::journal;
use kernel::register::{self, Draft, Record, Sent, Source, fill, load_for_update, merge};
use kernel::web::{Reply, Request};
use kernel::{Act, Error, Result};
use std::collections::BTreeSet;

use super::field::lines;
use super::{edit_page, edit_place, merge as page, new_fields, new_page, new_place, read_version, refusal, texts_of};
use crate::address::back;
use crate::draft;
use crate::shown::record_href;
use crate::typed::{self, Texts};

/// `POST /{kind}/new`.
pub fn create(act: &mut Act, request: &Request, register: &'static Register) -> Result<Reply> {
    let fields = new_fields(request, register);
    let texts = typed::sent(&request.form, &fields, true);
    let filled: Texts = texts.iter().filter(|(_, text)| !text.trim().is_empty()).map(|(k, v)| (k.clone(), v.clone())).collect();
    let values = typed::values(act.house, &fields, &filled);
    match register::create(act, register, Sent { fields: &values, source: Source::Text }) {
        Ok(record) => {
            draft::sent(act, request, &new_place(register))?;
            let to = back(request).unwrap_or_else(|| record_href(act.house, &record));
            Ok(Reply::redirect(to, format!("{} created", record.reference)))
        }
        Err(error) => {
            let (status, errors) = refusal(error)?;
            Ok(new_page(act.tx, request, register, (&fields, &texts, &errors), None)?.status(status))
        }
    }
}

/// `POST /{kind}/{REF}/edit`: saves the fields whose text differs from what the form showed. If somebody else saved since
/// then, field by field, and asks where both changed the same.
pub fn edit(act: &mut Act, request: &Request, register: &'static Register, reference: &str) -> Result<Reply> {
    let record = load_for_update(act.tx, act.house, act.view, register, reference, "edit")?;
    let fields = typed::editable(request, register);
    let texts = typed::sent(&request.form, &fields, request.form.contains_key("whole"));
    if !record.reference.eq_ignore_ascii_case(reference) {
        return page::elsewhere(request, &record, reference, &fields, &texts);
    }
    match save(act, request, &record, &fields, &texts) {
        Ok(Saved::Asks(reply)) => Ok(reply.status(409)),
        Ok(Saved::Done(after)) => {
            draft::sent(act, request, &edit_place(&record))?;
            let to = back(request).unwrap_or_else(|| record_href(act.house, &after));
            Ok(done(act, &record, &after, to))
        }
        Err(error) => {
            let (status, errors) = refusal(error)?;
            let shown = texts_of(act.tx, request, &record, &fields)?.into_iter().chain(texts).collect();
            let version = request.sent("version").to_owned();
            Ok(edit_page(act.tx, request, &record, (&fields, &shown, &errors), version, None)?.status(status))
        }
    }
}

/// The answer to a saved change: what happened, and how to take it back.
pub fn done(act: &Act, before: &Record, after: &Record, to: String) -> Reply {
    if before.version == after.version {
        return Reply::redirect(to, format!("{}: nothing was changed", after.reference));
    }
    let undo = format!("{}/undo?act={}", record_href(act.house, after), act.id);
    Reply::Redirect { to, toast: format!("{} saved", after.reference), undo }
}

/// What came of saving.
pub enum Saved {
    /// It is saved.
    Done(Box<Record>),
    /// Both sides changed the same: this page asks.
    Asks(Box<Reply>),
}

impl Saved {
    fn asks(reply: Reply) -> Saved {
        Saved::Asks(Box::new(reply))
    }
}

/// What is linked, whatever the order: boxes are sent in theirs.
fn set(text: &str) -> BTreeSet<&str> {
    lines(text).collect()
}

/// Saves typed texts over a record that is locked.
pub fn save(act: &mut Act, request: &Request, record: &Record, fields: &[Field], texts: &Texts) -> Result<Saved> {
    let seen = read_version(request.sent("version")).filter(|(number, _)| *number < record.version);
    let base = match seen {
        None => record.clone(),
        Some((number, at)) => journal::rewind_to(act.tx, record.clone(), number, at)?,
    };
    let shown = texts_of(act.tx, request, &base, fields)?;
    let many = |key: &str| fields.iter().any(|field| field.key == key && matches!(field.kind, Kind::Many(_)));
    let differs = |key: &str, text: &str| match shown.get(key) {
        Some(was) if many(key) => set(was) != set(text),
        Some(was) => was.trim_end() != text.trim_end(),
        None => true,
    };
    let mut changed: Texts = texts.iter().filter(|(key, text)| differs(key, text)).map(|(k, v)| (k.clone(), v.clone())).collect();
    if seen.is_some() {
        let mut yours = Draft::of(base.clone());
        let values = typed::values(act.house, fields, &changed);
        fill(act.tx, act.house, act.view, &mut yours, &values, Source::Text)?;
        if !yours.errors.is_empty() {
            return Err(Error::Invalid(yours.errors));
        }
        let merged = merge(&base, record, &yours.record);
        if merged.asks() {
            return page::page(act, request, record, &merged, fields).map(Saved::asks);
        }
        changed.retain(|key, _| merged.safe().any(|it| it.key == key.as_str()));
    }
    if changed.is_empty() {
        return Ok(Saved::Done(Box::new(record.clone())));
    }
    let values = typed::values(act.house, fields, &changed);
    let sent = Sent { fields: &values, source: Source::Text };
    let register = record.shape.register;
    register::edit(act, register, &record.reference, sent, Some(record.version)).map(|after| Saved::Done(Box::new(after)))
}
