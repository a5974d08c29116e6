//! What a role may do, as a table on its page, and a form for each register.

use super::{REGISTER, rules};
use db::Tx;
use kernel::describe::{PanelRequest, Register, Scopes};
use kernel::register::{self, Record, Sent, Source, perform};
use kernel::web::{Reply, Request};
use kernel::who::grants::{default_scopes, role_grants};
use kernel::who::roles::overrides;
use kernel::{Act, Error, Result};
use maud::{Markup, Render, html};
use serde_json::{Map, Value as Json};
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::form::{Form, Part};
use ui::head::{Head, reference};
use ui::verb::Verb;

/// What the engine's own permissions mean; those of verbs say it themselves.
const ENGINE: &[(&str, &str)] = &[
    ("read", "See them in lists, pages and search."),
    ("create", "Make new ones."),
    ("edit", "Change their fields."),
    ("retire", "Take them out of lists and choices."),
    ("import", "Bring in files of them."),
    ("export", "Take lists of them out as files."),
    ("share", "Show one to somebody who would not see it otherwise."),
    ("confidential", "Read confidential fields."),
    ("internal", "Read internal fields and notes."),
];

/// The name of a permission for people.
fn label(register: &Register, permission: &str) -> String {
    let own = register.verb(permission).map(|verb| verb.label.trim_end_matches('…').to_owned());
    own.unwrap_or_else(|| {
        let mut letters = permission.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    })
}

/// The table on a role's page: each register with what may be done to which of its records.
pub(super) fn panel(tx: &mut Tx, asked: &PanelRequest) -> Result<Option<Markup>> {
    let role = asked.record;
    let key = role.text("key");
    let changed = overrides(tx)?;
    let granted = role_grants(asked.house, key, &changed);
    let edits = key != "administrator" && asked.view.may(&REGISTER, "grant");
    let row = |register: &&'static Register| {
        let may: Vec<(&str, Scopes)> = granted.iter().filter(|it| it.0 == register.key).map(|it| (it.1, it.2)).collect();
        let differs = changed.iter().any(|it| it.role == key && it.register == register.key);
        html! {
            tr {
                th scope="row" { (register.many) @if differs { " " span.small.ink3 { "changed" } } }
                td { (sentence(register, &may)) }
                @if edits { td { (Verb::link("Change", format!("/roles/{}/grants/{}", role.reference, register.key)).small()) } }
            }
        }
    };
    Ok(Some(html! {
        div.over-x tabindex="0" role="region" aria-label="Permissions of this role" {
            table.list {
                caption.vh { "Permissions of this role by register" }
                thead { tr { th scope="col" { "Register" } th scope="col" { "May" } @if edits { th scope="col" { span.vh { "Change" } } } } }
                tbody { @for register in asked.house.registers.iter() { (row(register)) } }
            }
        }
    }))
}

/// "See, Create: all records. Reply: those they asked for."
fn sentence(register: &Register, may: &[(&str, Scopes)]) -> Markup {
    let mut groups: Vec<(Scopes, Vec<String>)> = Vec::new();
    for (permission, scopes) in may {
        let name = label(register, permission);
        match groups.iter_mut().find(|(of, _)| of == scopes) {
            Some((_, names)) => names.push(name),
            None => groups.push((*scopes, vec![name])),
        }
    }
    html! {
        @if groups.is_empty() { span.ink3 { "nothing" } }
        @for (scopes, names) in &groups { div { (names.join(", ")) span.ink3 { ": " (rules::said(*scopes)) } } }
    }
}

fn subject(tx: &mut Tx, request: &Request) -> Result<(Record, &'static Register)> {
    let role = register::load(tx, &request.house, &request.view, &REGISTER, request.part("reference"))?;
    let of = request.house.register(request.part("register")).ok_or(Error::NotFound)?;
    Ok((role, of))
}

/// `GET /roles/{ROL}/grant`: which register; from there to the form with its permissions.
pub(super) fn choose(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let role = register::load(tx, &request.house, &request.view, &REGISTER, request.part("reference"))?;
    let here = format!("/roles/{}", role.reference);
    if let Some(chosen) = request.asked("register").and_then(|key| request.house.register(key)) {
        return Ok(Reply::Redirect { to: format!("{here}/grants/{}", chosen.key), toast: String::new(), undo: String::new() });
    }
    let head = Head {
        crumbs: vec![("Roles".into(), "/roles".into()), (role.title().to_owned(), here.clone())],
        title: format!("Grant: {}", role.title()),
        lead: Some(
            "Says what the role may do to which records. Choose the register; what can be done to it stands on the next page.".into(),
        ),
        meta: vec![reference(&role.reference, &here)],
        ..Head::default()
    };
    let whole = role.text("key") == "administrator";
    let body = html! {
        (head)
        @if whole { p.note { (rules::STAYS_WHOLE) } p { (Verb::link(format!("Back to {}", role.title()), here)) } } @else { (registers(request, &here)) }
    };
    Ok(Reply::page(format!("Grant {}", role.reference), REGISTER.key, body))
}

fn registers(request: &Request, here: &str) -> Markup {
    let mut all: Vec<Choice> = request.house.registers.iter().map(|it| Choice::new(it.key, it.many)).collect();
    all.sort_by_key(|it| it.label.to_lowercase());
    html! {
        form.form action={ (here) "/grant" } {
            div.form-part { (Field::new("register", "Register", Kind::Choice(all)).help("The kind of record, like incidents.").focus()) }
            div.form-foot { (Verb::submit("Go on").first()) (Verb::link("Leave", here.to_owned()).bare()) }
        }
    }
}

/// `GET /roles/{ROL}/grants/{register}`: one choice a permission.
pub(super) fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let (role, of) = subject(tx, request)?;
    let stands = standing(tx, role.text("key"), of)?;
    Ok(draw(request, &role, of, &stands, Refusal::default()))
}

/// What keeps a form from being saved: a sentence for the whole, and one for a permission.
#[derive(Default)]
struct Refusal {
    whole: Option<String>,
    field: Option<(&'static str, String)>,
}

/// What stands for each permission of a register, as the form posts it.
fn standing(tx: &mut Tx, key: &str, of: &'static Register) -> Result<Vec<(&'static str, String)>> {
    let changed = overrides(tx)?;
    let of_permission = |permission: &'static str| {
        let differs = changed.iter().find(|it| it.role == key && it.register == of.key && it.verb == permission);
        (permission, differs.map_or_else(|| rules::SHIPPED.to_owned(), |it| rules::posted(it.scopes)))
    };
    Ok(of.permissions().map(of_permission).collect())
}

/// The form; what was sent stands in it before what is.
fn draw(request: &Request, role: &Record, of: &'static Register, stands: &[(&'static str, String)], refusal: Refusal) -> Reply {
    let field = |(permission, stands): &(&'static str, String)| {
        let shipped = default_scopes(of, role.text("key"), permission);
        let mut choices = vec![Choice::new(rules::SHIPPED, format!("As it ships: {}", rules::said(shipped)))];
        choices.extend(rules::offered(permission).map(|scopes| Choice::new(rules::posted(scopes), capital(&rules::said(scopes)))));
        let sent = request.sent(permission);
        let value = if sent.is_empty() { stands.as_str() } else { sent };
        let field = Field::new(*permission, label(of, permission), Kind::Choice(choices)).value(value).help(help(of, permission));
        match &refusal.field {
            Some((wrong, said)) if wrong == permission => field.error(said.clone()),
            _ => field,
        }
    };
    let fields: Vec<Field> = stands.iter().map(field).collect();
    let here = format!("/roles/{}", role.reference);
    let form = Form {
        action: format!("{here}/grants/{}", of.key),
        csrf: request.csrf.clone(),
        version: Some(role.version.to_string()),
        error: refusal.whole,
        parts: vec![Part { fields, ..Part::default() }],
        verbs: vec![Verb::submit("Save").first(), Verb::link("Leave as it is", here.clone())],
        two_columns: true,
        ..Form::default()
    };
    let head = Head {
        crumbs: vec![("Roles".into(), "/roles".into()), (role.title().to_owned(), here.clone())],
        title: format!("What {} may do to {}", role.title(), of.many.to_lowercase()),
        lead: Some(of.about.to_owned()),
        meta: vec![reference(&role.reference, &here)],
        ..Head::default()
    };
    Reply::page(format!("{}: {}", role.title(), of.many), REGISTER.key, html! { (head.render()) (form.render()) })
}

fn help(of: &Register, permission: &str) -> &'static str {
    let engine = ENGINE.iter().find(|(key, _)| *key == permission).map(|(_, help)| *help);
    engine.or_else(|| of.verb(permission).map(|verb| verb.help)).unwrap_or_default()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// `POST /roles/{ROL}/grants/{register}`: what differs from what stands is granted, each by the verb, all in one act.
pub(super) fn save(act: &mut Act, request: &Request) -> Result<Reply> {
    let (role, of) = subject(act.tx, request)?;
    let verb = REGISTER.verb("grant").ok_or(Error::NotFound)?;
    let stands = standing(act.tx, role.text("key"), of)?;
    let mut done = 0;
    for (permission, now) in &stands {
        let wanted = request.sent(permission);
        if wanted.is_empty() || wanted == now {
            continue;
        }
        let sent = [("register", of.key), ("permission", *permission), ("rows", wanted)];
        let fields: Map<String, Json> = sent.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
        let version = request.sent("version").parse().ok().filter(|_| done == 0);
        match perform(act, &REGISTER, &role.reference, verb, Sent { fields: &fields, source: Source::Text }, version) {
            Ok(_) => done += 1,
            Err(Error::Stale { .. }) => {
                let whole = "Somebody changed this role meanwhile, so nothing was saved. Your choices are kept below: save again to put them over theirs, \
                    or leave it as it is.";
                return Ok(draw(request, &role, of, &stands, Refusal { whole: Some(whole.into()), field: None }).status(412));
            }
            Err(error) if !error.fields().is_empty() => {
                let said = error.fields().iter().map(|it| it.message.clone()).collect::<Vec<_>>().join(" ");
                let whole = format!("{}: {said} Nothing was saved; your choices are kept.", label(of, permission));
                let refusal = Refusal { whole: Some(whole), field: Some((*permission, said)) };
                return Ok(draw(request, &role, of, &stands, refusal).status(422));
            }
            Err(error) => return Err(error),
        }
    }
    let toast = match done {
        0 => "Nothing was changed".to_owned(),
        1 => format!("{} may now do otherwise in one point", role.title()),
        count => format!("{} may now do otherwise in {count} points", role.title()),
    };
    Ok(Reply::redirect(format!("/roles/{}", role.reference), toast))
}
