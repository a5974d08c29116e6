//! The facts beside the conversation.

use super::address::href;
use super::sheet::Sheet;
use crate::ticket::rules::costs;
use kernel::describe::Field;
use kernel::register::{Name, Record};
use kernel::web::Request;
use maud::{Markup, Render, html};
use pages::Shown;
use ui::facts::{Facts, Section, kv};
use ui::people::{Size, Who, faces};

const FACTS: &[&str] = &["impact", "urgency", "service", "item", "category", "subcategory", "symptom", "location", "channel"];
/// Facts that can be filled in where they are empty.
const ALWAYS: &[&str] = &["impact", "urgency", "service", "category"];
const ELSEWHERE: &[&str] =
    &["external_reference", "problem_reference", "change_reference", "vendor_reference", "caused_by", "source_system"];
const OUTCOME: &[&str] = &["resolution", "closure_code", "resolved_by", "resolved_at", "closed_at", "knowledge_used"];
const COURSE: &[&str] = &["opened_at", "first_response_at", "reassignment_count", "reopen_count", "made_sla"];

/// Faces of people who follow it; the others are counted.
const MOST_FACES: usize = 5;

/// The margin. What takes looking up comes later, into sections of a fixed height.
pub fn margin(shown: &Shown, record: &Record, sheet: &Sheet) -> Markup {
    let request = shown.request;
    let here = href(&request.house, record);
    let register = record.shape.register;
    let edits = request.view.may(register, "edit");
    let mut all = Vec::new();
    if request.view.may(register, "internal") {
        if record.int("service").or(record.int("item")).is_some() {
            all.push(stops(shown, record, &here));
        }
        all.push(later("Similar tickets", &format!("{here}/similar"), "", "Tickets with the same words"));
    }
    all.push(people(shown, record, sheet, (&here, edits)));
    for (title, keys, wide) in
        [("Facts", FACTS, false), ("Elsewhere", ELSEWHERE, false), ("Outcome", OUTCOME, false), ("Course", COURSE, true)]
    {
        let mut pairs: Vec<(String, Markup)> = keys.iter().filter_map(|key| fact(shown, record, key, edits, &here)).collect();
        if title == "Facts" {
            pairs.extend(promise(shown, sheet));
            pairs.extend(own(shown, record, edits, &here));
        }
        if !pairs.is_empty() {
            all.push(Section::new(title, kv(&pairs, wide)));
        }
    }
    Facts(all).render()
}

/// A section that a script fills once the page stands; without one it leads to a page.
fn later(title: &str, to: &str, class: &str, link: &str) -> Section {
    Section::new(
        title,
        html! { div class={ "later " (class) } hx-get=(to) hx-trigger="load" hx-swap="innerHTML" { a href=(to) { (link) } } },
    )
}

/// What it keeps from working; the whole way to it is behind the why.
fn stops(shown: &Shown, record: &Record, here: &str) -> Section {
    let start = record.int("item").or(record.int("service")).and_then(|id| shown.names.get(&id));
    let summed = record.int("service").is_some() && costs(record);
    let height = if summed { "tall summed" } else { "tall" };
    let section = later("Stops the business", &format!("{here}/stops"), height, "What fails with it");
    match start {
        Some(name) => section.aside(html! { a.why href={ (pages::href(&shown.request.house, name)) "/impact" } { "why?" } }),
        None => section,
    }
}

/// What was promised: the level whose targets its clocks count.
fn promise(shown: &Shown, sheet: &Sheet) -> Option<(String, Markup)> {
    let level = sheet.clocks.first()?.clock.level;
    shown.names.contains_key(&level).then(|| ("Promise".to_owned(), shown.link(level)))
}

fn people(shown: &Shown, record: &Record, sheet: &Sheet, (here, edits): (&str, bool)) -> Section {
    let request = shown.request;
    let inner = request.view.may(record.shape.register, "internal");
    let one = |key: &str, who: fn(String) -> Who| {
        let field = *record.shape.field(key)?;
        let id = record.int(key);
        let value = html! { @match id { Some(id) => { (who(shown.name(id))) } None => { span.ink3 { "none" } } } };
        let value = match (edits, id) {
            (true, _) => edit(request, record, &field, &value, here),
            (false, Some(id)) => shown.link(id),
            (false, None) => value,
        };
        let about = (key == "requester" && !sheet.about.is_empty()).then_some(&sheet.about);
        let value = html! { (value) @if let Some(about) = about { div.small.ink3 { (about) } } };
        Some((if key == "assignee" { "Owner" } else { field.label }.to_owned(), value))
    };
    let person = |name: String| Who::person(name);
    let team = |name: String| Who::team(name);
    let mut pairs: Vec<(String, Markup)> =
        [one("requester", person), one("assignee", person), one("team", team)].into_iter().flatten().collect();
    let watchers = record.get("watchers").ids();
    if inner && !watchers.is_empty() {
        pairs.push(("Watching".into(), watching(shown, watchers, here)));
    }
    Section::new("People", kv(&pairs, false))
}

fn watching(shown: &Shown, watchers: &[i64], here: &str) -> Markup {
    let all: Vec<Who> = watchers.iter().take(MOST_FACES).map(|id| Who::person(shown.name(*id))).collect();
    let said: Vec<String> = watchers.iter().map(|id| shown.name(*id)).collect();
    let more = watchers.len().saturating_sub(MOST_FACES);
    html! { a.quiet href={ (here) "/links#watchers" } { (faces(&all, Size::Small, &said.join(", "))) @if more > 0 { span.small.ink3 { "and " (more) } } } }
}

/// A field with its value; what is empty only where it is asked for often.
fn fact(shown: &Shown, record: &Record, key: &str, edits: bool, here: &str) -> Option<(String, Markup)> {
    let field = record.shape.field(key).filter(|field| shown.request.view.reads(record.shape.register, field))?;
    let cell = record.get(key);
    let fills = edits && !field.computed;
    if cell.is_null() && !(fills && ALWAYS.contains(&key)) {
        return None;
    }
    let label = if key == "item" {
        "Item"
    } else if key == "channel" {
        "Source"
    } else {
        field.label
    };
    Some((label.to_owned(), value(shown, record, field, fills, here)))
}

/// The value, which a press changes where it stands for whoever may.
fn value(shown: &Shown, record: &Record, field: &Field, fills: bool, here: &str) -> Markup {
    let cell = record.get(field.key);
    if !fills {
        return shown.cell(field, cell);
    }
    let text = shown.text(field, cell);
    let value = html! { @if text.is_empty() { span.ink3 { "none" } } @else { (text) } };
    let linked = cell.int().filter(|_| matches!(field.key, "service" | "item"));
    let open = |name: &Name| html! { " " a.small href=(pages::href(&shown.request.house, name)) aria-label={ "Open " (name.title) } { (ui::icon::small("chevron-right")) } };
    html! { (edit(shown.request, record, field, &value, here)) @if let Some(name) = linked.and_then(|id| shown.names.get(&id)) { (open(name)) } }
}

fn edit(request: &Request, record: &Record, field: &Field, value: &Markup, here: &str) -> Markup {
    let to = format!("{here}/edit/{}?back={}", field.key, pages::Address::encode(&request.path));
    ui::list::edit(value, &to, &format!("{} of {}", field.label, record.reference))
}

/// What the organisation added.
fn own(shown: &Shown, record: &Record, edits: bool, here: &str) -> Vec<(String, Markup)> {
    let register = record.shape.register;
    let custom = record.shape.fields.iter().filter(|field| field.custom && shown.request.view.reads(register, field));
    custom.map(|field| (field.label.to_owned(), value(shown, record, field, edits && !field.computed, here))).collect()
}
