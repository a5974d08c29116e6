//! How a record came to be what it is: told in days before now, done by the people it names.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use kernel::register::{Record, Sent, Source, edit, perform, resolve};
use kernel::{Act, Error, Result};
use serde_json::{Map, Value as Json};

const DAY: i64 = 24 * 3_600_000;

/// What is told of a record besides its fields.
pub struct Past {
    /// Days before now when it began.
    pub begun: i64,
    /// What was done to it since.
    then: Vec<Map<String, Json>>,
}

impl Past {
    /// Takes what is told out of the fields, and makes days of `…_in`, which counts them from now.
    pub fn take(fields: &mut Map<String, Json>, now: i64) -> Past {
        days(fields, now);
        let then = fields.remove("then").and_then(|then| if let Json::Array(then) = then { Some(then) } else { None });
        let then = then.unwrap_or_default().into_iter().filter_map(|one| if let Json::Object(one) = one { Some(one) } else { None });
        Past { begun: number(fields.remove("begun")), then: then.collect() }
    }

    /// Does what is told, each at its time.
    pub fn happen(self, act: &mut Act, record: &Record) -> Result<()> {
        self.then.into_iter().try_for_each(|one| happen(act, record, one))
    }
}

/// The moment so many days ago.
pub fn ago(now: i64, days: i64) -> i64 {
    now - days * DAY
}

fn happen(act: &mut Act, record: &Record, mut told: Map<String, Json>) -> Result<()> {
    let register = record.shape.register;
    days(&mut told, act.recorded_at);
    let (at, who, verb) = (ago(act.recorded_at, number(told.remove("ago"))), text(told.remove("by")), text(told.remove("verb")));
    let mut view = act.view.clone();
    if let Some(people) = act.house.register("people").filter(|_| !who.is_empty()) {
        let person = resolve(act.tx, act.house, act.view, people, &who)?;
        view.person = person.ok_or_else(|| Error::Fault(format!("{who} is not in the furniture.")))?;
    }
    let mut doing = Act::new(act.tx, &view, act.house);
    doing.at = at;
    match register.verb(&verb) {
        Some(verb) => perform(&mut doing, register, &record.reference, verb, sent(&told), None).map(drop)?,
        None => {
            doing.reason = Some(text(told.remove("because"))).filter(|reason| !reason.is_empty());
            edit(&mut doing, register, &record.reference, sent(&told), None).map(drop)?;
        }
    }
    doing.end()
}

fn sent(fields: &Map<String, Json>) -> Sent<'_> {
    Sent { fields, source: Source::Api }
}

fn number(json: Option<Json>) -> i64 {
    json.as_ref().and_then(Json::as_i64).unwrap_or_default()
}

fn text(json: Option<Json>) -> String {
    json.and_then(|json| json.as_str().map(str::to_owned)).unwrap_or_default()
}

/// `review_on_in = 12` is the day twelve days from now.
fn days(fields: &mut Map<String, Json>, now: i64) {
    let today = TimeZone::UTC.to_datetime(Timestamp::from_millisecond(now).unwrap_or_default()).date();
    let told: Vec<String> = fields.keys().filter(|key| key.ends_with("_in")).cloned().collect();
    for key in told {
        let days = number(fields.remove(&key));
        fields.insert(key.trim_end_matches("_in").to_owned(), Json::from(on(today, days)));
    }
}

fn on(today: Date, days: i64) -> String {
    today.checked_add(days.days()).unwrap_or(today).to_string()
}
