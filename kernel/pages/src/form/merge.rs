//! The page that asks when two people changed the same field.

use kernel::describe::{Field, Kind};
use kernel::journal;
use kernel::register::{Merge, MergeField, Record, names_of};
use kernel::web::{Reply, Request};
use kernel::{Act, Result};
use maud::{Render, html};
use ui::facts::kv;
use ui::head::Head;
use ui::merge as part;
use ui::verb::Verb;

use super::{crumbs, version};
use crate::shown::{Shown, record_href, when};
use crate::typed::{self, Texts};

/// The record as it is, with what both sides changed; saving it again is based on the present version.
pub fn page(act: &mut Act, request: &Request, record: &Record, merged: &Merge, fields: &[Field]) -> Result<Reply> {
    let register = record.shape.register;
    let mut ids = Vec::new();
    let mut sides = Vec::new();
    for side in [|it: &MergeField| it.base.clone(), |it: &MergeField| it.theirs.clone(), |it: &MergeField| it.yours.clone()] {
        let mut copy = record.clone();
        for it in &merged.fields {
            if let Some(place) = copy.shape.place(it.key) {
                copy.cells[place] = side(it);
            }
        }
        sides.push(copy);
    }
    let other = journal::history(act.tx, record.id, None, 1)?.into_iter().next();
    ids.extend(other.as_ref().and_then(|entry| entry.actor).map(|actor| ("people", actor)));
    let names = names_of(act.tx, act.house, act.view, &sides, &ids)?;
    let shown = Shown { request, names: &names };
    let who = other.as_ref().and_then(|entry| entry.actor).map_or_else(|| "Reeve".into(), |actor| shown.name(actor));
    let at = other.map_or_else(String::new, |entry| when(request, entry.at).shown);
    let of = |it: &MergeField| fields.iter().find(|field| field.key == it.key).map(|field| clash(&shown, field, it));
    let here = record_href(act.house, record);
    let form = part::Merge {
        action: format!("{here}/edit"),
        csrf: request.csrf.clone(),
        version: version(record),
        other: format!("{who} saved {at}"),
        theirs_label: "theirs".into(),
        clashes: merged.fields.iter().filter_map(of).collect(),
        verbs: vec![Verb::submit("Save").first(), Verb::link("Leave, keep theirs", here).bare()],
    };
    let head = Head {
        crumbs: crumbs(register, Some((record, request))),
        title: format!("{} was changed while you typed", record.reference),
        lead: Some("What only one side changed is kept. Choose where both changed the same field.".into()),
        ..Head::default()
    };
    Ok(Reply::page(format!("{} was changed", record.reference), register.key, html! { (head) (form) }))
}

/// The record that somebody was changing lives on in another one: nothing is saved over that, and what was typed is shown.
pub fn elsewhere(request: &Request, into: &Record, reference: &str, fields: &[Field], texts: &Texts) -> Result<Reply> {
    let register = into.shape.register;
    let here = record_href(&request.house, into);
    let typed = fields.iter().filter_map(|field| Some((field, texts.get(field.key)?))).filter(|(_, text)| !text.trim().is_empty());
    let pairs: Vec<(String, maud::Markup)> = typed.map(|(field, text)| (field.label.to_owned(), html! { (text) })).collect();
    let reference = reference.to_ascii_uppercase();
    let head = Head {
        crumbs: crumbs(register, Some((into, request))),
        title: format!("{reference} was merged into {} while you typed", into.reference),
        lead: Some(format!("Nothing was saved, as {} says other things. What you typed stands below.", into.reference)),
        verbs: vec![
            Verb::link(format!("Change {}", into.reference), format!("{here}/edit")).first().render(),
            Verb::link("Open it", here).render(),
        ],
        ..Head::default()
    };
    let body = html! { (head) (kv(&pairs, true)) };
    Ok(Reply::page(format!("{reference} was merged"), register.key, body).status(409))
}

fn clash(shown: &Shown, field: &Field, it: &MergeField) -> part::Clash {
    let text = |cell| typed::text(shown.request, field, cell, shown.names);
    let both = matches!(field.kind, Kind::Text { .. }) && it.conflict;
    part::Clash {
        name: field.key.into(),
        label: field.label.into(),
        was: shown.text(field, &it.base),
        theirs: shown.text(field, &it.theirs),
        mine: shown.text(field, &it.yours),
        value_theirs: text(&it.theirs),
        value_mine: text(&it.yours),
        both_changed: it.conflict,
        value_both: both.then(|| format!("{}\n\n{}", text(&it.theirs), text(&it.yours))),
    }
}
