//! Sharing a record with a person or a team that would not see it otherwise.

use db::{Tx, Value};
use kernel::describe::{Register, link};
use kernel::journal::{Content, NewEntry, write};
use kernel::register::{self, Record, load_for_update, names_of, resolve};
use kernel::web::{Reply, Request};
use kernel::who::touch;
use kernel::{Act, Error, FieldError, Result};
use maud::{Markup, Render, html};
use ui::head::Head;
use ui::states::Empty;
use ui::verb::Verb;

use crate::form::{Sheet, crumbs, draw};
use crate::shown::{Shown, record_href};
use crate::typed::{Texts, reference};

/// Most shares of one record.
const MOST: i64 = 200;

struct Share {
    id: i64,
    /// Register and id of whom it is shared with.
    with: (&'static str, i64),
}

fn shares(tx: &mut Tx, record: &Record) -> Result<Vec<Share>> {
    let rows =
        tx.all("select id, person, team from share where record = ?1 order by id limit ?2", &[Value::Int(record.id), Value::Int(MOST)])?;
    let one = |row: &db::Row| {
        let with = match (row.maybe_int(1)?, row.maybe_int(2)?) {
            (Some(person), _) => ("people", person),
            (None, team) => ("teams", team.unwrap_or(0)),
        };
        Ok(Share { id: row.int(0)?, with })
    };
    rows.iter().map(one).collect()
}

/// `GET /{kind}/{REF}/share`.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, reference: &str) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, reference)?;
    crate::verb::demand(tx, request, &record, "share")?;
    shown(tx, request, &record, &Texts::new(), &[])
}

fn shown(tx: &mut Tx, request: &Request, record: &Record, texts: &Texts, errors: &[FieldError]) -> Result<Reply> {
    let known = |key: &str| request.house.register(key).is_some();
    let all: Vec<Share> = shares(tx, record)?.into_iter().filter(|share| known(share.with.0)).collect();
    let wanted: Vec<(&'static str, i64)> = all.iter().map(|share| share.with).collect();
    let names = names_of(tx, &request.house, &request.view, &[], &wanted)?;
    let here = record_href(&request.house, record);
    let mut fields = vec![link("person", "Person", "people")];
    if known("teams") {
        fields.push(link("team", "Team", "teams"));
    }
    let sheet = Sheet {
        action: format!("{here}/share"),
        fields: &fields,
        texts,
        errors,
        error: None,
        version: None,
        save: "Share".into(),
        leave: here,
        draft: None,
        reason: true,
        hidden: Vec::new(),
        focus: true,
        shows_record: false,
        folded: &[],
    };
    let form = draw(tx, request, &sheet)?;
    let head = Head {
        crumbs: crumbs(record.shape.register, Some((record, request))),
        title: format!("Who {} is shared with", record.reference),
        lead: Some("Shared with somebody, a record can be seen by them whatever team or organisation it belongs to, within what their roles may do.".into()),
        ..Head::default()
    };
    let list = list(&Shown { request, names: &names }, record, &all);
    let title = format!("Share {}", record.reference);
    Ok(Reply::page(title, record.shape.register.key, html! { (head) (list) (form) }))
}

fn list(shown: &Shown, record: &Record, all: &[Share]) -> Markup {
    if all.is_empty() {
        return Empty {
            title: "With nobody".into(),
            text: html! { "Only roles, teams and organisations decide who sees it." },
            verbs: Vec::new(),
        }
        .render();
    }
    let request = shown.request;
    let to = format!("{}/share", record_href(&request.house, record));
    html! {
        ul.stack { @for share in all {
            li.line { (shown.link(share.with.1)) (Verb::post("End", to.clone(), request.csrf.clone()).small().with("end", share.id.to_string())) }
        } }
    }
}

/// `POST /{kind}/{REF}/share`: shares it with a person or a team, or with `end` ends a share.
pub fn post(act: &mut Act, request: &Request, register: &'static Register, reference: &str) -> Result<Reply> {
    let record = load_for_update(act.tx, act.house, act.view, register, reference, "share")?;
    let to = format!("{}/share", record_href(act.house, &record));
    if let Ok(id) = request.sent("end").parse::<i64>() {
        let share = shares(act.tx, &record)?.into_iter().find(|share| share.id == id).ok_or(Error::NotFound)?;
        act.tx.run("delete from share where id = ?1", &[Value::Int(id)])?;
        journalled(act, &record, "unshare", share.with)?;
        return Ok(Reply::redirect(to, format!("{} is no longer shared with them", record.reference)));
    }
    match with(act, request, &record)? {
        Ok(with) => {
            let (person, team) = if with.0 == "people" { (Some(with.1), None) } else { (None, Some(with.1)) };
            let sql = "insert into share (id, record, register, person, team, created_at) values (?1, ?2, ?3, ?4, ?5, ?6)";
            let id = act.new_id();
            let args = [Value::Int(id), Value::Int(record.id), Value::from(register.key), person.into(), team.into(), Value::Int(act.at)];
            act.tx.run(sql, &args)?;
            journalled(act, &record, "share", with)?;
            Ok(Reply::redirect(to, format!("{} shared", record.reference)))
        }
        Err(errors) => {
            let texts = ["person", "team"].map(|key| (key.to_owned(), request.sent(key).to_owned())).into_iter().collect();
            Ok(shown(act.tx, request, &record, &texts, &errors)?.status(422))
        }
    }
}

/// Whom the form names.
fn with(act: &mut Act, request: &Request, record: &Record) -> Result<std::result::Result<(&'static str, i64), Vec<FieldError>>> {
    let refuse = |field: &str, message: &str| Ok(Err(vec![FieldError::new(field, message)]));
    let typed = [("person", "people"), ("team", "teams")].into_iter().find(|(field, _)| !request.sent(field).trim().is_empty());
    let Some((field, to)) = typed else { return refuse("person", "Name a person or a team.") };
    let Some(target) = act.house.register(to) else { return refuse(field, "There are none to share with.") };
    let text = request.sent(field).to_owned();
    let Some(id) = resolve(act.tx, act.house, act.view, target, reference(act.house, &text))? else {
        return refuse(field, "There is none of this name that you may see.");
    };
    let all = shares(act.tx, record)?;
    if all.iter().any(|share| share.with.1 == id) {
        return refuse(field, "It is shared with them already.");
    }
    if all.len() as i64 >= MOST {
        return refuse("", "It is shared with as many as there can be; end some first.");
    }
    Ok(Ok((target.key, id)))
}

fn journalled(act: &mut Act, record: &Record, verb: &str, with: (&'static str, i64)) -> Result<()> {
    touch(act.tx)?;
    act.changed += 1;
    let mut content = Content { reason: act.reason.clone(), ..Content::default() };
    content.input.insert(with.0.into(), with.1.into());
    let (at, actor) = (act.at, Some(act.view.person).filter(|id| *id != 0));
    let entry = NewEntry {
        register: record.shape.register.key,
        record: record.id,
        organisation: record.organisation,
        verb,
        at,
        actor,
        content: &content,
    };
    write(act, &entry)
}
