//! Forms made from descriptions: a new record, a changed one, one field alone, the questions of a verb.

pub mod field;
mod merge;
pub mod save;
pub mod single;

pub use merge::elsewhere;

use db::Tx;
use kernel::describe::{Field, Register};
use kernel::register::{self, Record, names_of};
use kernel::web::{Reply, Request};
use kernel::{Error, FieldError, Result};
use maud::{Markup, html};
use ui::control::Kind as Control;
use ui::form::{Form, Part};
use ui::head::Head;
use ui::verb::Verb;

use crate::address::back;
use crate::draft;
use crate::shown::{exact, record_href};
use crate::typed::{self, Texts};

/// A form to be drawn: whose fields, what stands in them, what is wrong with it.
pub struct Sheet<'a> {
    /// Where it posts.
    pub action: String,
    /// The fields.
    pub fields: &'a [Field],
    /// What stands in them.
    pub texts: &'a Texts,
    /// What was refused.
    pub errors: &'a [FieldError],
    /// What is wrong with the form as a whole.
    pub error: Option<String>,
    /// Version it was made from, as [`version`] writes it.
    pub version: Option<String>,
    /// What the verb that saves says.
    pub save: String,
    /// Where leaving leads.
    pub leave: String,
    /// Place of its draft, and the draft that was put back.
    pub draft: Option<(String, Option<draft::Kept>)>,
    /// Whether it asks for a reason.
    pub reason: bool,
    /// Hidden fields.
    pub hidden: Vec<(String, String)>,
    /// Whether the first field has the focus: one came here to fill it in.
    pub focus: bool,
    /// Whether its fields show a record as it stands, instead of asking for something new.
    pub shows_record: bool,
    /// Sections that are folded as long as nothing stands in them.
    pub folded: &'static [&'static str],
}

/// Fields up to which a form has one column.
const ONE_COLUMN: usize = 6;

/// Draws a sheet: fields by section, the reason last.
pub fn draw(tx: &mut Tx, request: &Request, sheet: &Sheet) -> Result<Markup> {
    let mut parts: Vec<Part> = vec![Part { fields: hidden(sheet), ..Part::default() }];
    for (place, one) in sheet.fields.iter().enumerate() {
        let text = sheet.texts.get(one.key).map_or("", String::as_str);
        let error = sheet.errors.iter().find(|it| it.field == one.key).map(|it| it.message.as_str());
        let mut drawn = field::roomy(tx, request, one, text, error)?;
        if let Some(last) = drawn.last_mut() {
            last.focus = place == 0 && sheet.focus && sheet.errors.is_empty() && sheet.error.is_none();
        }
        let untouched = text.is_empty() && error.is_none();
        match parts.iter_mut().find(|part| part.title == one.section) {
            Some(part) => {
                part.folded &= untouched;
                part.fields.extend(drawn);
            }
            None => {
                let folded = untouched && sheet.folded.contains(&one.section);
                parts.push(Part { title: one.section.into(), fields: drawn, folded, ..Part::default() });
            }
        }
    }
    if sheet.reason {
        let reason = ui::field::Field::new("reason", "Why", Control::Text).help("Kept in the history.").optional().full();
        parts.push(Part { fields: vec![reason.value(request.sent("reason"))], ..Part::default() });
    }
    let form = Form {
        action: sheet.action.clone(),
        csrf: request.csrf.clone(),
        version: sheet.version.clone(),
        error: whole_error(sheet),
        parts,
        verbs: vec![Verb::submit(sheet.save.clone()).first(), Verb::link("Leave", sheet.leave.clone()).bare()],
        draft: sheet.draft.as_ref().map(|(place, kept)| draft::field(place, kept.as_ref(), request)),
        two_columns: sheet.fields.len() > ONE_COLUMN,
        shows_record: sheet.shows_record,
        files: false,
        waits: false,
    };
    let notice = sheet.draft.as_ref().and_then(|(place, kept)| kept.as_ref().map(|kept| draft::notice(request, place, kept)));
    Ok(html! { @if let Some(notice) = notice { (notice) } (form) })
}

fn hidden(sheet: &Sheet) -> Vec<ui::field::Field> {
    let whole = ("whole".to_owned(), "true".to_owned());
    let all = std::iter::once(&whole).chain(&sheet.hidden);
    all.map(|(name, value)| ui::field::Field::new(name.clone(), "", Control::Hidden).value(value.clone())).collect()
}

/// What is wrong with the form as a whole: its own error, and refusals of fields it does not show.
fn whole_error(sheet: &Sheet) -> Option<String> {
    let shown = |it: &&FieldError| sheet.fields.iter().any(|field| field.key == it.field);
    let others = sheet.errors.iter().filter(|it| !shown(it)).map(|it| it.message.clone());
    let all: Vec<String> = sheet.error.iter().cloned().chain(others).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// The version of a record as a form carries it: number, and when it was made, so that it can be found again.
pub fn version(record: &Record) -> String {
    format!("{}-{}", record.version, record.updated_at)
}

/// Reads [`version`].
pub fn read_version(text: &str) -> Option<(i64, i64)> {
    let (number, at) = text.split_once('-')?;
    Some((number.parse().ok()?, at.parse().ok()?))
}

/// The status and the refusals of an error that a form can show; the error itself if it cannot.
pub fn refusal(error: Error) -> Result<(u16, Vec<FieldError>)> {
    match error {
        Error::Invalid(fields) | Error::Malformed(fields) => Ok((422, fields)),
        Error::Conflict(message) => Ok((409, vec![FieldError::new("", message)])),
        Error::Forbidden(message) => Ok((403, vec![FieldError::new("", message)])),
        Error::TooLarge(message) => Ok((413, vec![FieldError::new("", message)])),
        other => Err(other),
    }
}

/// `GET /{kind}/new`.
pub fn new(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    request.view.demand(register, "create")?;
    if register.closed {
        return Err(Error::Conflict(format!("{} are not made directly.", register.many)));
    }
    let fields = new_fields(request, register);
    let mut texts: Texts = fields.iter().map(|field| (field.key.to_owned(), field.preset.to_owned())).collect();
    for field in &fields {
        if let Some(asked) = request.asked(field.key) {
            texts.insert(field.key.to_owned(), asked.to_owned());
        }
    }
    let kept = draft::kept(tx, request.view.person, &new_place(register))?;
    if let Some(kept) = &kept {
        texts.extend(typed::sent(&kept.form, &fields, true));
    }
    new_page(tx, request, register, (&fields, &texts, &[]), kept)
}

/// Fields of the form of a new record; with the organisation where the viewer acts for several.
fn new_fields(request: &Request, register: &'static Register) -> Vec<Field> {
    let mut fields = typed::editable(request, register);
    let several = request.view.everything || request.view.reach.len() > 1;
    if several && register.key != "organisations" && request.house.register("organisations").is_some() {
        let help = "Empty: the one you act for.";
        fields.push(kernel::describe::link("organisation", "Organisation", "organisations").help(help));
    }
    fields
}

fn new_place(register: &Register) -> String {
    format!("{}/new", register.key)
}

fn new_page(
    tx: &mut Tx,
    request: &Request,
    register: &'static Register,
    (fields, texts, errors): (&[Field], &Texts, &[FieldError]),
    kept: Option<draft::Kept>,
) -> Result<Reply> {
    let title = format!("New {}", register.one.to_lowercase());
    let sheet = Sheet {
        action: format!("/{}/new", register.key),
        fields,
        texts,
        errors,
        error: None,
        version: None,
        save: format!("Create {}", register.one.to_lowercase()),
        leave: format!("/{}", register.key),
        draft: Some((new_place(register), kept)),
        reason: false,
        hidden: Vec::new(),
        focus: true,
        shows_record: false,
        folded: register.later,
    };
    let head = Head { crumbs: crumbs(register, None), title: title.clone(), lead: Some(register.about.into()), ..Head::default() };
    let form = draw(tx, request, &sheet)?;
    Ok(Reply::page(title, register.key, html! { (head) (form) }))
}

/// `GET /{kind}/{REF}/edit`.
pub fn edit(tx: &mut Tx, request: &Request, register: &'static Register, reference: &str) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, reference)?;
    crate::verb::demand(tx, request, &record, "edit")?;
    let fields = typed::editable(request, register);
    let mut texts = texts_of(tx, request, &record, &fields)?;
    let kept = draft::kept(tx, request.view.person, &edit_place(&record))?;
    let mut from = version(&record);
    if let Some(kept) = &kept {
        texts.extend(typed::sent(&kept.form, &fields, true));
        if let Some(version) = kept.form.get("version").and_then(|it| it.as_str()) {
            from = version.to_owned();
        }
    }
    edit_page(tx, request, &record, (&fields, &texts, &[]), from, kept)
}

/// What the inputs show for a record as it is.
pub fn texts_of(tx: &mut Tx, request: &Request, record: &Record, fields: &[Field]) -> Result<Texts> {
    let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(record), &[])?;
    let text = |field: &Field| (field.key.to_owned(), typed::text(request, field, record.get(field.key), &names));
    Ok(fields.iter().map(text).collect())
}

fn edit_place(record: &Record) -> String {
    format!("{}/{}/edit", record.shape.register.key, record.reference)
}

fn edit_page(
    tx: &mut Tx,
    request: &Request,
    record: &Record,
    (fields, texts, errors): (&[Field], &Texts, &[FieldError]),
    version: String,
    kept: Option<draft::Kept>,
) -> Result<Reply> {
    let register = record.shape.register;
    let here = record_href(&request.house, record);
    let title = format!("Change {}", record.reference);
    let to = back(request);
    let sheet = Sheet {
        action: format!("{here}/edit"),
        fields,
        texts,
        errors,
        error: None,
        version: Some(version),
        save: "Save".into(),
        leave: to.clone().unwrap_or(here),
        draft: Some((edit_place(record), kept)),
        reason: true,
        hidden: to.map(|to| vec![("back".to_owned(), to)]).unwrap_or_default(),
        focus: false,
        shows_record: true,
        folded: &[],
    };
    let form = draw(tx, request, &sheet)?;
    let head = Head {
        crumbs: crumbs(register, Some((record, request))),
        title: format!("Change {}", record.title()),
        meta: vec![html! { span.ref { (record.reference) } }, html! { span.ink3 { "as of " (exact(request, record.updated_at)) } }],
        ..Head::default()
    };
    Ok(Reply::page(title, register.key, html! { (head) (form) }))
}

/// The way to a page of a register, and of a record.
pub fn crumbs(register: &Register, record: Option<(&Record, &Request)>) -> Vec<(String, String)> {
    let mut crumbs = vec![(register.many.to_owned(), format!("/{}", register.key))];
    if !register.room.is_empty() && register.room != register.many {
        crumbs.insert(0, (register.room.to_owned(), String::new()));
    }
    if let Some((record, request)) = record {
        crumbs.push((record.reference.clone(), record_href(&request.house, record)));
    }
    crumbs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_says_number_and_time() {
        assert_eq!(read_version("7-1763983483000"), Some((7, 1_763_983_483_000)));
        assert_eq!(read_version("7"), None);
        assert_eq!(read_version("x-1"), None);
    }
}
