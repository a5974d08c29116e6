//! Bringing a file into a register, in steps that each have an address: the file, its columns, a preview, a try, the import.
//!
//! | address | is |
//! |---|---|
//! | `/{kind}/import` | choose a file |
//! | `/{kind}/import/{id}` | its columns as they are read, and its first rows |
//! | `/{kind}/import/{id}/run` | the try or the import: how far it is, what came of it |
//! | `/{kind}/import/{id}/rejects.csv` | the rows that were not taken, with reasons |

mod columns;
mod job;
mod preview;
mod run;
mod store;

pub use job::KIND;

use db::Tx;
use exchange::{Hint, Table};
use kernel::describe::Register;
use kernel::web::{Layout, Reply, Request};
use kernel::{Act, Error, Result};
use maud::{Markup, html};
use std::io::Cursor;
use ui::control::Kind;
use ui::field::Field;
use ui::form::{Form, Part};
use ui::head::Head;
use ui::import::steps;
use ui::verb::Verb;

use crate::form::crumbs;
use crate::shown::in_sentence;
use store::Upload;

/// Greatest file that is taken through the pages, in bytes; larger ones go through the command line.
const GREATEST: usize = 32 << 20;

/// The steps of the wizard.
const STEPS: &[&str] = &["File", "Columns", "Trial", "Import"];
/// The places of the last two.
const TRY: usize = 2;
const DONE: usize = 3;

/// `GET /{kind}/import`.
pub fn page(_: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    request.view.demand(register, "import")?;
    Ok(choose(request, register, None))
}

fn choose(request: &Request, register: &'static Register, error: Option<String>) -> Reply {
    let mut file = Field::new("file", "File", Kind::File { accept: ".csv,.tsv,.txt,.jsonl,.ndjson".into(), several: false });
    file.help = "CSV with a heading, or JSON lines.".into();
    file.error = error;
    let form = Form {
        action: format!("/{}/import", register.key),
        csrf: request.csrf.clone(),
        parts: vec![Part { fields: vec![file], ..Part::default() }],
        verbs: vec![Verb::submit("Look at it").first(), Verb::link("Leave", format!("/{}", register.key)).bare()],
        files: true,
        ..Form::default()
    };
    let title = format!("Import {}", in_sentence(register.many));
    let body = html! {
        (head(register, title.clone(), 0))
        p.ink2 {
            "Next you see its columns and what its first rows would do. Nothing is changed before you choose to import. For a file larger than \
             32\u{a0}MB, use the command " code { "reeve import" } "."
        }
        (form)
    };
    step(register, title, body)
}

/// A page of the wizard.
fn step(register: &Register, title: String, body: Markup) -> Reply {
    Reply::page(title, register.key, body).held(Layout { extra: &["register.css"], ..Layout::default() })
}

fn head(register: &Register, title: String, step: usize) -> Markup {
    let head = Head { crumbs: crumbs(register, None), title, ..Head::default() };
    html! { (head) (steps(STEPS, step)) }
}

/// `POST /{kind}/import`: keeps the file and goes on to its columns.
pub fn upload(act: &mut Act, request: &Request, register: &'static Register) -> Result<Reply> {
    act.view.demand(register, "import")?;
    let file = request.files.iter().find(|(field, _, bytes)| field == "file" && !bytes.is_empty());
    let Some((_, name, bytes)) = file else {
        return Ok(choose(request, register, Some("Choose a file that is not empty.".into())).status(422));
    };
    if bytes.len() > GREATEST {
        return Ok(choose(
            request,
            register,
            Some("This file is larger than 32\u{a0}MB. Divide it, or use the command reeve import.".into()),
        )
        .status(413));
    }
    let id = store::insert(act, register, name, bytes)?;
    Ok(Reply::redirect(format!("/{}/import/{id}", register.key), ""))
}

/// The file's rows and columns, as it is read.
fn table(upload: &Upload) -> Result<Table> {
    let hint = Hint { name: upload.name.clone(), ..Hint::default() };
    exchange::read(Cursor::new(upload.content.clone()), &hint)
}

/// `GET /{kind}/import/{id}` and what is below it.
pub fn get(tx: &mut Tx, request: &Request, register: &'static Register, rest: &[&str]) -> Result<Reply> {
    request.view.demand(register, "import")?;
    let (id, rest) = rest.split_first().ok_or(Error::NotFound)?;
    let upload = store::load(tx, request.view.person, register, id.parse().map_err(|_| Error::NotFound)?)?;
    match rest {
        [] => columns::page(tx, request, register, &upload),
        ["run"] => run::page(tx, request, register, &upload),
        ["rejects.csv"] => run::rejects(tx, register, &upload),
        _ => Err(Error::NotFound),
    }
}

/// `POST /{kind}/import/{id}`: keeps how the columns are read, and with `do=try` or `do=run` goes on.
pub fn post(act: &mut Act, request: &Request, register: &'static Register, id: &str) -> Result<Reply> {
    act.view.demand(register, "import")?;
    let upload = store::load(act.tx, act.view.person, register, id.parse().map_err(|_| Error::NotFound)?)?;
    columns::save(act, request, register, &upload)
}
