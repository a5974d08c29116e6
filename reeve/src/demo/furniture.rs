//! What stands in the house: records told as data, links by name.

use super::past::{Past, ago};
use anyhow::{Context, Result};
use db::Database;
use kernel::register::{Record, Sent, Source, create, perform};
use kernel::who::{Means, View, account};
use kernel::{Act, Error, House};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;
use std::sync::Arc;

/// Kinds in the order in which they can be made: what is linked to comes first.
const ORDER: &[&str] = &[
    "calendars",
    "teams",
    "people",
    "services",
    "configuration-items",
    "relations",
    "levels",
    "targets",
    "vendors",
    "contracts",
    "risks",
    "improvements",
    "windows",
];

/// The told records, by kind.
pub struct Furniture(HashMap<String, Vec<Map<String, Json>>>);

impl Furniture {
    /// Reads the shipped file.
    pub fn read(text: &str) -> Result<Furniture> {
        Ok(Furniture(toml::from_str(text).context("the furniture of the demo is not as it should be")?))
    }
    /// Records of a kind.
    pub fn of(&self, kind: &str) -> &[Map<String, Json>] {
        self.0.get(kind).map_or(&[], Vec::as_slice)
    }
    /// Makes everything but tickets.
    pub fn place(&self, db: &Database, house: &Arc<House>, organisation: i64) -> Result<()> {
        let mut references = HashMap::new();
        for kind in ORDER {
            let records = self.of(kind).to_vec();
            let (house, known) = (Arc::clone(house), references.clone());
            let made = db.write_wait(move |tx| {
                let view = View::unguarded_house_itself(&house, organisation, Means::Cli);
                let mut act = Act::new(tx, &view, &house);
                let made = records.iter().map(|fields| one(&mut act, kind, fields, &known)).collect::<kernel::Result<Vec<_>>>()?;
                act.end()?;
                Ok::<_, Error>(made)
            });
            references.extend(made.with_context(|| format!("the {kind} of the demo could not be made"))?);
        }
        Ok(())
    }
}

/// One record; its title and reference.
fn one(act: &mut Act, kind: &str, fields: &Map<String, Json>, known: &HashMap<String, String>) -> kernel::Result<(String, String)> {
    let register = act.house.register(kind).ok_or(Error::NotFound)?;
    let mut fields = fields.clone();
    // Ends of a relation may be of any kind, so they are named by reference and not by title.
    for end in ["source", "target"].into_iter().filter(|_| kind == "relations") {
        let named = fields.get(end).and_then(Json::as_str).and_then(|title| known.get(title));
        let reference = named.ok_or_else(|| Error::invalid(end, "this end of a relation is not in the furniture"))?;
        fields.insert(end.to_owned(), Json::from(reference.clone()));
    }
    if kind == "windows" {
        from_now(&mut fields, act.at);
    }
    let past = Past::take(&mut fields, act.recorded_at);
    act.at = ago(act.recorded_at, past.begun);
    let record = create(act, register, Sent { fields: &fields, source: Source::Api })?;
    act.at = act.recorded_at;
    past.happen(act, &record)?;
    match kind {
        "people" => sign_in(act, &record)?,
        "services" => go_live(act, &record)?,
        _ => {}
    }
    Ok((record.title().to_owned(), record.reference))
}

/// Windows are told by when they begin, in hours from now, and how long they last: so there is always one ahead and one behind.
fn from_now(window: &mut Map<String, Json>, now: i64) {
    const HOUR: i64 = 3_600_000;
    let hours = |told: Option<Json>| told.and_then(|it| it.as_i64()).unwrap_or(0) * HOUR;
    let begins = now / HOUR * HOUR + hours(window.remove("begins"));
    let ends = begins + hours(window.remove("lasts"));
    window.insert("starts_at".into(), Json::from(kernel::time::rfc3339(begins)));
    window.insert("ends_at".into(), Json::from(kernel::time::rfc3339(ends)));
}

fn go_live(act: &mut Act, service: &Record) -> kernel::Result<()> {
    let register = service.shape.register;
    let verb = register.verb("go-live").ok_or(Error::NotFound)?;
    perform(act, register, &service.reference, verb, Sent { fields: &Map::new(), source: Source::Api }, None).map(drop)
}

fn sign_in(act: &mut Act, person: &Record) -> kernel::Result<()> {
    account::open(act.tx, person.id, person.text("email"), act.at)
}
