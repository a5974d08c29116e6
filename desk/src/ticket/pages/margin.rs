//! The facts beside the conversation.

use super::address::href;
use crate::ticket::store::{self, ticket::Child};
use db::Tx;
use kernel::Result;
use kernel::describe::Field;
use kernel::register::Record;
use maud::{Markup, Render, html};
use pages::Shown;
use ui::facts::{Facts, Section, kv};

const PEOPLE: &[&str] = &["requester", "team", "assignee", "watchers"];
const ABOUT: &[&str] = &["service", "item", "category", "subcategory", "symptom", "location", "channel", "impact", "urgency"];
const LINKS: &[&str] = &[
    "parent",
    "duplicate_of",
    "links",
    "merged_into",
    "external_reference",
    "problem_reference",
    "change_reference",
    "vendor_reference",
    "caused_by",
];
const OUTCOME: &[&str] = &["resolution", "closure_code", "resolved_by", "resolved_at", "closed_at", "knowledge_used"];
const COURSE: &[&str] = &["opened_at", "first_response_at", "reassignment_count", "reopen_count", "time_spent", "made_sla"];

/// Children named in the margin.
const MOST_CHILDREN: i64 = 20;

/// Tickets that are part of this one, as far as the viewer may see them.
pub fn children(tx: &mut Tx, shown: &Shown, record: &Record) -> Result<Vec<Child>> {
    store::ticket::children(tx, &shown.request.view, record.id, MOST_CHILDREN)
}

/// The margin.
pub fn margin(shown: &Shown, record: &Record, children: &[Child]) -> Markup {
    let request = shown.request;
    let here = href(&request.house, record);
    let mut all = Vec::new();
    let edits = request.view.may(record.shape.register, "edit");
    for (title, keys) in [("People", PEOPLE), ("About", ABOUT), ("Links", LINKS), ("Outcome", OUTCOME), ("Course", COURSE)] {
        let pairs: Vec<(String, Markup)> = keys.iter().filter_map(|key| fact(shown, record, key, edits, &here)).collect();
        if !pairs.is_empty() {
            all.push(Section::new(title, kv(&pairs, title == "Course")));
        }
    }
    if !children.is_empty() {
        all.push(Section::new("Parts of this one", list(children)));
    }
    all.push(own(shown, record, &here));
    Facts(all).render()
}

/// A field with its value; what is empty only where it can be filled in.
fn fact(shown: &Shown, record: &Record, key: &str, edits: bool, here: &str) -> Option<(String, Markup)> {
    let field = record.shape.field(key).filter(|field| shown.request.view.reads(record.shape.register, field))?;
    let cell = record.get(key);
    let fills = edits && !field.computed && field.key != "resolution";
    let always = matches!(key, "team" | "assignee" | "service" | "requester");
    if cell.is_null() && !(fills && always) {
        return None;
    }
    let value = html! {
        @if cell.is_null() { span.ink3 { "none" } } @else { (shown.cell(field, cell)) }
        @if fills { " " (change(field, here)) }
    };
    Some((field.label.to_owned(), value))
}

fn change(field: &Field, here: &str) -> Markup {
    html! { a.small.ink3 href={ (here) "/edit/" (field.key) } aria-label={ "Change " (field.label) } { "change" } }
}

fn list(children: &[Child]) -> Markup {
    html! {
        ul.plain {
            @for child in children {
                @let kind = if child.request { "requests" } else { "incidents" };
                li { a href={ "/" (kind) "/" (child.reference) } { (child.reference) } " " (child.summary) @if !child.active { span.ink3 { " (done)" } } }
            }
        }
    }
}

/// What the organisation added, and where the record is from.
fn own(shown: &Shown, record: &Record, here: &str) -> Section {
    let register = record.shape.register;
    let custom = record.shape.fields.iter().filter(|field| field.custom && shown.request.view.reads(register, field));
    let mut pairs: Vec<(String, Markup)> = custom
        .map(|field| {
            let value = html! { (shown.cell(field, record.get(field.key))) " " (change(field, here)) };
            (field.label.to_owned(), value)
        })
        .collect();
    if shown.names.contains_key(&record.organisation) {
        pairs.push(("Organisation".into(), shown.link(record.organisation)));
    }
    pairs.push(("Changed".into(), shown.when(record.updated_at).render()));
    let similar = html! { p.small { a href={ (here) "/similar" } { "Similar tickets" } } };
    Section::new("Record", html! { (kv(&pairs, false)) (similar) })
}
