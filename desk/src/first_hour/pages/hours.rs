//! Step one: the organisation, and when it works.

use super::step::{Page, after, checked, others, several, typed};
use crate::first_hour::hours::{DAYS, Hours};
use crate::first_hour::{made, store};
use db::Tx;
use jiff::civil::Date;
use kernel::web::{Reply, Request};
use kernel::{Act, Error, FieldError, Result};
use maud::html;
use serde_json::{Value as Json, json};
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::form::Part;

const SHOWN: &[&str] = &["you", "name", "zone", "currency", "days", "from", "until", "holidays"];

/// `GET /first-hour/hours`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    show(tx, request, None)
}

/// `POST /first-hour/hours`
pub fn save(act: &mut Act, request: &Request) -> Result<Reply> {
    match keep(act, request) {
        Ok(()) => Ok(Reply::redirect(after(0), "Working time is set")),
        Err(Error::Invalid(wrong)) => Ok(show(act.tx, request, Some(&wrong))?.status(422)),
        Err(other) => Err(other),
    }
}

fn keep(act: &mut Act, request: &Request) -> Result<()> {
    let hours = Hours { days: several(request, "days"), from: request.sent("from").into(), until: request.sent("until").into() };
    if hours.days.is_empty() {
        return Err(Error::invalid("days", "Choose at least one day."));
    }
    let zone = request.sent("zone").trim();
    let [reference, ..] = store::organisation(act.tx, act.view.organisation)?;
    let text = |key: &str| json!(request.sent(key).trim());
    let organisation = [("name", text("name")), ("zone", json!(zone)), ("currency", text("currency"))];
    made::make_or_change(act, "organisations", Some(&reference), &organisation)?;
    // Whoever furnishes the house lives by its time, unless they chose another before.
    let unset = act.view.zone.iana_name().is_none_or(|name| name == "UTC");
    let me = act.view.reference.clone();
    let own = [("name", text("you")), ("zone", if unset { json!(zone) } else { Json::Null })];
    made::make_or_change(act, "people", Some(&me), &own).map_err(own_name)?;
    let known = store::first(act.tx, act.view.organisation, "calendar")?;
    let name = if known.is_none() { json!("Working time") } else { Json::Null };
    let calendar = [("name", name), ("zone", json!(zone)), ("hours", json!(hours.written())), ("holidays", text("holidays"))];
    let kept = made::make_or_change(act, "calendars", known.as_deref(), &calendar);
    // The form has no field of that name: what is wrong with hours is when they end.
    kept.map(drop).map_err(|error| match error {
        Error::Invalid(wrong) => Error::Invalid(wrong.into_iter().map(hours_are_until).collect()),
        other => other,
    })
}

fn own_name(error: Error) -> Error {
    match error {
        Error::Invalid(wrong) => {
            Error::Invalid(wrong.into_iter().map(|it| if it.field == "name" { FieldError::new("you", it.message) } else { it }).collect())
        }
        other => other,
    }
}

fn hours_are_until(wrong: FieldError) -> FieldError {
    if wrong.field == "hours" { FieldError::new("until", wrong.message) } else { wrong }
}

fn show(tx: &mut Tx, request: &Request, wrong: Option<&[FieldError]>) -> Result<Reply> {
    let [_, name, zone, currency] = store::organisation(tx, request.view.organisation)?;
    let calendar =
        store::first(tx, request.view.organisation, "calendar")?.map(|reference| store::calendar(tx, &reference)).transpose()?.flatten();
    let hours = calendar.as_ref().and_then(|[hours, _]| Hours::read(hours)).unwrap_or_default();
    let holidays = calendar.map_or_else(|| suggested(request), |[_, holidays]| holidays);
    let sent = wrong.is_some();
    let wrong = wrong.unwrap_or_default();
    let days = if sent { several(request, "days") } else { hours.days };
    let value = |key: &str, known: &str| typed(request, sent, key, known);
    let choices = DAYS.iter().map(|(day, name)| Choice::new(*day, *name)).collect();
    let zones = jiff::tz::db().available().map(|zone| Choice::new(zone.as_str(), "")).collect();
    let house = vec![
        Field::new("you", "Your name", Kind::Text).value(value("you", &request.view.name)).complete("name"),
        Field::new("name", "Organisation", Kind::Text).value(value("name", &name)).complete("organization"),
        Field::new("zone", "Time zone", Kind::Link(zones, None))
            .value(value("zone", &zone))
            .help("Continent and city, like Europe/Copenhagen. Clocks, mail and pages follow it."),
        Field::new("currency", "Currency", Kind::Text).value(value("currency", &currency)).help("Three letters, like EUR."),
    ];
    let time = vec![
        Field::new("days", "Working days", Kind::Many(choices)).value(days.join("\n")).full(),
        Field::new("from", "From", Kind::Time).value(value("from", &hours.from)),
        Field::new("until", "Until", Kind::Time)
            .value(value("until", hours.until.replace("24:00", "00:00").as_str()))
            .help("00:00 is the end of the day. Hours that differ from day to day are written in the calendar itself."),
        Field::new("holidays", "Holidays", Kind::Area(7))
            .value(value("holidays", &holidays))
            .optional()
            .full()
            .help("A line a day: 2026-12-25 Christmas Day. These are only a beginning; make them yours."),
    ];
    let part = |title: &str, fields: Vec<Field>| Part {
        title: title.into(),
        fields: fields.into_iter().map(|field| checked(field, wrong)).collect(),
        ..Part::default()
    };
    let page = Page {
        place: 0,
        title: "When do you work?",
        lead: "A promise of four hours means four hours in which somebody is there. Outside of them and on holidays clocks stand still.",
        parts: vec![part("Organisation and you", house), part("Working time", time)],
        verb: "Set working time",
        error: others(wrong, SHOWN),
        two_columns: true,
        over: html! {},
    };
    page.reply(tx, request)
}

/// Days on which many houses are closed, this year and the next.
fn suggested(request: &Request) -> String {
    let now = jiff::Timestamp::from_millisecond(request.now).unwrap_or_default().to_zoned_datetime(request.view.zone.clone()).date();
    let year = now.year();
    let of = |year: i16| [(year, 1, 1, "New Year's Day"), (year, 12, 25, "Christmas Day"), (year, 12, 26, "Second Day of Christmas")];
    let days = of(year).into_iter().chain(of(year.saturating_add(1)));
    let dated = days.filter_map(|(year, month, day, name)| Some((Date::new(year, month, day).ok()?, name)));
    dated.filter(|(day, _)| *day >= now).map(|(day, name)| format!("{day} {name}")).collect::<Vec<_>>().join("\n")
}
