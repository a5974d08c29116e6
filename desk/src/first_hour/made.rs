//! What the steps make, through the ordinary doors: create, edit and the verbs of the registers.

use super::rules::Invited;
use super::store;
use kernel::describe::Register;
use kernel::register::{Record, Sent, Source, create, edit, perform};
use kernel::who::{account, one_time};
use kernel::{Act, Error, Result};
use people::person::REGISTER as PEOPLE;
use serde_json::{Map, Value as Json, json};

/// Fields of a record, as texts.
pub type Fields<'a> = &'a [(&'a str, Json)];

fn fields(of: Fields) -> Map<String, Json> {
    of.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}

fn register(act: &Act, key: &str) -> Result<&'static Register> {
    act.house.register(key).ok_or(Error::NotFound)
}

/// Makes a record.
pub fn make(act: &mut Act, kind: &str, of: Fields) -> Result<Record> {
    let register = register(act, kind)?;
    create(act, register, Sent { fields: &fields(of), source: Source::Text })
}

/// Changes a record that is there, or makes one.
pub fn make_or_change(act: &mut Act, kind: &str, known: Option<&str>, of: Fields) -> Result<Record> {
    let register = register(act, kind)?;
    match known {
        Some(reference) => edit(act, register, reference, Sent { fields: &fields(of), source: Source::Text }, None),
        None => make(act, kind, of),
    }
}

/// Does a verb that asks for nothing.
pub fn does(act: &mut Act, register: &'static Register, reference: &str, verb: &str) -> Result<Record> {
    let verb = register.verb(verb).ok_or(Error::NotFound)?;
    Ok(perform(act, register, reference, verb, Sent { fields: &Map::new(), source: Source::Text }, None)?.record)
}

/// Takes somebody in: a person with a role and perhaps a team, who may sign in by a link that works once. Gives its path.
pub fn invite(act: &mut Act, who: &Invited, role: &str, team: Option<&str>) -> Result<String> {
    let role = store::role(act.tx, role)?.ok_or(Error::NotFound)?;
    let teams = team.map_or(Json::Null, |team| json!([team]));
    let person =
        make(act, PEOPLE.key, &[("name", json!(who.name)), ("email", json!(who.email)), ("roles", json!([role])), ("teams", teams)])?;
    account::open(act.tx, person.id, &who.email, act.at)?;
    does(act, &PEOPLE, &person.reference, "invite")?;
    one_time::create(act.tx, person.id, one_time::Purpose::Invitation, act.recorded_at)
}
