//! What is going on now: tickets told in minutes before now, done by the people they name.

use super::furniture::Furniture;
use anyhow::{Context, Result};
use db::Database;
use kernel::describe::Register;
use kernel::register::{Sent, Source, create, perform, resolve};
use kernel::who::{Means, View, view_of};
use kernel::{Act, Error, House};
use serde_json::{Map, Value as Json};
use std::sync::Arc;

const MINUTE: i64 = 60_000;

/// Tells every ticket.
pub fn tell(furniture: &Furniture, db: &Database, house: &Arc<House>, organisation: i64) -> Result<()> {
    for kind in ["incidents", "requests"] {
        for told in furniture.of(kind) {
            let (house, fields) = (Arc::clone(house), told.clone());
            let summary = told.get("summary").and_then(Json::as_str).unwrap_or_default();
            db.write_wait(move |tx| ticket(tx, &house, organisation, kind, &fields))
                .with_context(|| format!("the demo's ticket “{summary}”"))?;
        }
    }
    Ok(())
}

fn ticket(tx: &mut db::Tx, house: &House, organisation: i64, kind: &str, told: &Map<String, Json>) -> kernel::Result<()> {
    let mut fields = told.clone();
    let ago = number(&fields.remove("ago"));
    let by = fields.remove("by").unwrap_or_default();
    let does = fields.remove("does").and_then(|does| if let Json::Array(does) = does { Some(does) } else { None }).unwrap_or_default();
    let begin = house.clock.now() - ago * MINUTE;
    fields.insert("requester".into(), by.clone());
    let register = house.register(kind).ok_or(Error::NotFound)?;
    fields.entry("channel").or_insert("portal".into());
    let reference = opened(tx, house, organisation, register, &fields, begin)?;
    for one in does.iter().filter_map(Json::as_object) {
        let mut input = one.clone();
        let after = number(&input.remove("after"));
        let who = input.remove("by").unwrap_or_default();
        let key = input.remove("verb").unwrap_or_default();
        let verb = register.verb(key.as_str().unwrap_or_default()).ok_or_else(|| Error::Fault(format!("There is no verb {key}.")))?;
        let at = begin + after * MINUTE;
        doing(tx, house, organisation, who.as_str().unwrap_or_default(), at, |act| {
            perform(act, register, &reference, verb, sent(&input), None).map(drop)
        })?;
    }
    Ok(())
}

/// Opens a ticket as it came in: in the portal whoever asks does it, what is said otherwise the desk writes down.
pub(super) fn opened(
    tx: &mut db::Tx,
    house: &House,
    organisation: i64,
    register: &'static Register,
    fields: &Map<String, Json>,
    at: i64,
) -> kernel::Result<String> {
    let text = |key: &str| fields.get(key).and_then(Json::as_str).unwrap_or_default();
    let portal = text("channel") == "portal";
    let name = if portal { text("requester") } else { "Dana Okafor" };
    let person = person(tx, house, organisation, name)?;
    let mut view = view_of(tx, house, person, organisation, Means::Page)?;
    if portal {
        // Requesters may not say impact and urgency, from which the demo has its priorities.
        view.grants = View::unguarded_house_itself(house, organisation, Means::Cli).grants;
    }
    acting(tx, house, &view, at, |act| Ok(create(act, register, sent(fields))?.reference))
}

pub(super) fn sent(fields: &Map<String, Json>) -> Sent<'_> {
    Sent { fields, source: Source::Api }
}

fn number(json: &Option<Json>) -> i64 {
    json.as_ref().and_then(Json::as_i64).unwrap_or_default()
}

/// Does something as a person, at a time.
pub(super) fn doing<T>(
    tx: &mut db::Tx,
    house: &House,
    organisation: i64,
    name: &str,
    at: i64,
    act: impl FnOnce(&mut Act) -> kernel::Result<T>,
) -> kernel::Result<T> {
    let person = person(tx, house, organisation, name)?;
    let view = view_of(tx, house, person, organisation, Means::Page)?;
    acting(tx, house, &view, at, act)
}

fn person(tx: &mut db::Tx, house: &House, organisation: i64, name: &str) -> kernel::Result<i64> {
    let people = house.register("people").ok_or(Error::NotFound)?;
    let all = View::unguarded_house_itself(house, organisation, Means::Cli);
    resolve(tx, house, &all, people, name)?.ok_or_else(|| Error::Fault(format!("{name} is not in the furniture.")))
}

fn acting<T>(tx: &mut db::Tx, house: &House, view: &View, at: i64, act: impl FnOnce(&mut Act) -> kernel::Result<T>) -> kernel::Result<T> {
    let mut doing = Act::new(tx, view, house);
    doing.at = at;
    let done = act(&mut doing)?;
    doing.end()?;
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that are true at one hour or on one day only.
    const CLOCKS: [&str; 14] = [
        "this morning",
        "this afternoon",
        "this evening",
        "tonight",
        "last night",
        "today",
        "yesterday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];

    /// Whether a text names a time of the day, as in "by 08:05", or a day.
    fn tells_a_time(text: &str) -> bool {
        let clock = |it: &[u8]| {
            it[0].is_ascii_digit() && it[1].is_ascii_digit() && it[2] == b':' && it[3].is_ascii_digit() && it[4].is_ascii_digit()
        };
        CLOCKS.iter().any(|word| text.to_lowercase().contains(word)) || text.as_bytes().windows(5).any(clock)
    }

    fn texts<'a>(json: &'a Json, all: &mut Vec<&'a str>) {
        match json {
            Json::String(text) => all.push(text),
            Json::Array(list) => list.iter().for_each(|it| texts(it, all)),
            Json::Object(fields) => fields.values().for_each(|it| texts(it, all)),
            _ => {}
        }
    }

    #[test]
    fn what_is_told_in_minutes_before_now_is_true_whenever_now_is() {
        let furniture = Furniture::read(super::super::FURNITURE).expect("furniture");
        for told in ["incidents", "requests"].into_iter().flat_map(|kind| furniture.of(kind)) {
            for field in told.values() {
                let mut all = Vec::new();
                texts(field, &mut all);
                let wrong: Vec<&str> = all.into_iter().filter(|text| tells_a_time(text)).collect();
                assert_eq!(wrong, [""; 0]);
            }
        }
        assert!(tells_a_time("Next update 08:35.") && !tells_a_time("CHG-0893, 48 213"));
    }
}
