//! What is going on now: tickets told in minutes before now, done by the people they name.

use super::furniture::Furniture;
use anyhow::{Context, Result};
use db::Database;
use jiff::{Timestamp, tz::TimeZone};
use kernel::register::{Sent, Source, create, perform, resolve};
use kernel::who::{Means, view_of};
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
    fields.entry("channel").or_insert("phone".into());
    let register = house.register(kind).ok_or(Error::NotFound)?;
    // The desk writes a ticket down for whoever asks, as requesters may not set impact and urgency themselves.
    let reference = doing(tx, house, organisation, "Dana Okafor", begin, |act| {
        timed(&mut fields, begin, &act.view.zone);
        Ok(create(act, register, sent(&fields))?.reference)
    })?;
    for one in does.iter().filter_map(Json::as_object) {
        let mut input = one.clone();
        let after = number(&input.remove("after"));
        let who = input.remove("by").unwrap_or_default();
        let key = input.remove("verb").unwrap_or_default();
        let verb = register.verb(key.as_str().unwrap_or_default()).ok_or_else(|| Error::Fault(format!("There is no verb {key}.")))?;
        let at = begin + after * MINUTE;
        doing(tx, house, organisation, who.as_str().unwrap_or_default(), at, |act| {
            timed(&mut input, begin, &act.view.zone);
            perform(act, register, &reference, verb, sent(&input), None).map(drop)
        })?;
    }
    Ok(())
}

/// Times of day in what people say: `{at 25}` is 25 minutes after the ticket began, so that the words agree with its clocks whenever
/// the house is furnished.
fn timed(fields: &mut Map<String, Json>, begin: i64, zone: &TimeZone) {
    for value in fields.values_mut() {
        let Json::String(text) = value else { continue };
        while let Some((from, rest)) = text.split_once("{at ")
            && let Some((minutes, rest)) = rest.split_once('}')
        {
            let at = begin + minutes.trim().parse::<i64>().unwrap_or_default() * MINUTE;
            let at = Timestamp::from_millisecond(at).unwrap_or_default().to_zoned_datetime(zone.clone());
            *text = format!("{from}{}{rest}", at.strftime("%H:%M"));
        }
    }
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
    let people = house.register("people").ok_or(Error::NotFound)?;
    let all = kernel::who::View::unguarded_house_itself(house, organisation, Means::Cli);
    let person = resolve(tx, house, &all, people, name)?.ok_or_else(|| Error::Fault(format!("{name} is not in the furniture.")))?;
    let view = view_of(tx, house, person, organisation, Means::Page)?;
    let mut doing = Act::new(tx, &view, house);
    doing.at = at;
    let done = act(&mut doing)?;
    doing.end()?;
    Ok(done)
}
