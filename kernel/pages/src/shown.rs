//! How a value reads on a page.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::describe::{Field, Kind, Register};
use kernel::house::House;
use kernel::register::{Cell, Name, Names, Record, amount};
use kernel::web::Request;
use maud::{Markup, Render, html};
use ui::When;
use ui::format;
use ui::manner::written;
use ui::marks::{Stage, Status};
use ui::people::Who;

/// Shows values to one reader, with the names of what they link to.
pub struct Shown<'a> {
    /// Who reads, when, in which zone.
    pub request: &'a Request,
    /// Names by id, from [`kernel::register::names_of`].
    pub names: &'a Names,
}

/// Most linked records named in one cell of a list.
const MOST_NAMED: usize = 5;

impl Shown<'_> {
    /// A moment as this reader meets it.
    pub fn when(&self, at: i64) -> When {
        when(self.request, at)
    }

    /// A value with its links.
    pub fn cell(&self, field: &Field, cell: &Cell) -> Markup {
        match (field.kind, cell) {
            (Kind::Link(_), Cell::Int(id)) | (Kind::LinkAny, Cell::Any(_, id)) => self.link(*id),
            (_, Cell::Many(ids)) => {
                html! { @for (at, id) in ids.iter().take(MOST_NAMED).enumerate() { @if at > 0 { ", " } (self.plain_link(*id)) }
                @if ids.len() > MOST_NAMED { " and " (ids.len() - MOST_NAMED) " more" } }
            }
            (Kind::Time, Cell::Int(at)) => self.when(*at).render(),
            (Kind::Level(_), Cell::Int(rung)) if field.key == "priority" => {
                html! { span title=(self.text(field, cell)) { (ui::marks::Priority(u8::try_from(*rung).unwrap_or(4))) } }
            }
            (Kind::Date, Cell::Text(day)) => match day.parse::<Date>() {
                Ok(day) => format::day(day, today(self.request)).render(),
                Err(_) => html! { (day) },
            },
            (Kind::Line { .. }, Cell::Text(text)) if is_web(text) => html! { a href=(text) rel="noreferrer" { (text) } },
            _ => html! { (self.text(field, cell)) },
        }
    }

    /// A value as plain text; empty for none.
    pub fn text(&self, field: &Field, cell: &Cell) -> String {
        match (field.kind, cell) {
            (_, Cell::Null) => String::new(),
            (Kind::Link(_), Cell::Int(id)) | (Kind::LinkAny, Cell::Any(_, id)) => self.name(*id),
            (_, Cell::Many(ids)) => ids.iter().map(|id| self.name(*id)).collect::<Vec<_>>().join(", "),
            (Kind::Bool, Cell::Int(yes)) => if *yes == 1 { "Yes" } else { "No" }.into(),
            (Kind::Time, Cell::Int(at)) => exact(self.request, *at),
            (Kind::Date, Cell::Text(day)) => day.parse().map_or_else(|_| day.clone(), |day: Date| written(day, "%-d %b %Y")),
            (Kind::Duration, Cell::Int(seconds)) if field.working => format::working(*seconds, false),
            (Kind::Duration, Cell::Int(seconds)) => format::duration(*seconds),
            (Kind::Level(of), Cell::Int(rung)) => of.iter().find(|it| it.rung == *rung).map_or(rung.to_string(), |it| it.label.into()),
            (Kind::Choice(of), Cell::Text(key)) => of.iter().find(|it| it.key == key).map_or(key.clone(), |it| it.label.into()),
            (_, Cell::Money(minor, currency)) => money(*minor, currency),
            (_, Cell::Int(number)) => format::number(*number),
            (_, Cell::Real(number)) => real(*number),
            (_, Cell::Text(text)) => text.clone(),
            (_, Cell::Any(_, id)) => self.name(*id),
        }
    }

    /// A linked record as a link; people and teams with their face.
    pub fn link(&self, id: i64) -> Markup {
        let Some(name) = self.names.get(&id) else { return html! { span.ink3 { "Not shown" } } };
        let who = match name.register {
            "people" => Who::person(said(name)),
            "teams" => Who::team(said(name)),
            _ => return self.plain_link(id),
        };
        if name.open { who.at(href(&self.request.house, name)).render() } else { who.render() }
    }

    /// A linked record as a link in running text.
    fn plain_link(&self, id: i64) -> Markup {
        match self.names.get(&id) {
            Some(name) if name.open => html! { a href=(href(&self.request.house, name)) { (said(name)) } },
            Some(name) => html! { (said(name)) },
            None => html! { span.ink3 { "Not shown" } },
        }
    }

    /// The reference of a linked record; empty if its name is not known.
    pub fn reference(&self, id: i64) -> String {
        self.names.get(&id).map_or_else(String::new, |name| name.reference.clone())
    }

    /// The name of a linked record.
    pub fn name(&self, id: i64) -> String {
        self.names.get(&id).map_or_else(|| "Not shown".into(), |name| said(name).to_owned())
    }
}

fn said(name: &Name) -> &str {
    if name.title.is_empty() { &name.reference } else { &name.title }
}

fn is_web(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// Where a record's page is.
pub fn href(house: &House, name: &Name) -> String {
    format!("/{}/{}", house.register_of(&name.reference).map_or(name.register, |it| it.key), name.reference)
}

/// Where the page of a record of a list is: its own register's, also when the list shows several.
pub fn record_href(house: &House, record: &Record) -> String {
    let own = house.register_of(&record.reference).unwrap_or(record.shape.register);
    format!("/{}/{}", own.key, record.reference)
}

/// A moment as a reader meets it.
pub fn when(request: &Request, at: i64) -> When {
    format::when(moment(at), moment(request.now), &request.view.zone)
}

/// A moment in full, in the reader's zone.
pub fn exact(request: &Request, at: i64) -> String {
    written(&moment(at).to_zoned_datetime(request.view.zone.clone()), "%-d %b %Y %H:%M")
}

/// Today in the reader's zone.
pub fn today(request: &Request) -> Date {
    moment(request.now).to_zoned_datetime(request.view.zone.clone()).date()
}

fn moment(at: i64) -> Timestamp {
    Timestamp::from_millisecond(at).unwrap_or_default()
}

/// The state of a record with its glyph; nothing where there is no flow.
pub fn state(register: &Register, key: &str) -> Option<Status> {
    let state = register.state(key)?;
    let comes_back = register.verbs.iter().any(|verb| verb.from.contains(&key));
    let stage = match state {
        it if it.starts => Stage::New,
        it if it.waits => Stage::Waiting,
        it if it.ends && comes_back => Stage::Done,
        it if it.ends => Stage::Closed,
        _ => Stage::Active,
    };
    Some(Status::new(stage, state.label))
}

/// The sign before an amount: "€", "CHF ".
fn sign(currency: &str) -> String {
    match currency {
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        "USD" => "$".to_owned(),
        "JPY" => "¥".to_owned(),
        other => format!("{other}\u{a0}"),
    }
}

/// An amount where the exact one stands elsewhere, as in a sum: "€1.58 m" from a million on, whole units below.
pub fn money_short(minor: i64, currency: &str) -> String {
    let amount = amount(minor, currency);
    let whole = amount.split('.').next().and_then(|whole| whole.parse().ok());
    whole.map_or_else(|| money(minor, currency), |whole| format::money(&sign(currency), whole))
}

/// An amount: "€310,000", "€12.50", "CHF 5".
pub fn money(minor: i64, currency: &str) -> String {
    let sign = sign(currency);
    let amount = amount(minor, currency);
    let (whole, part) = amount.split_once('.').unwrap_or((&amount, ""));
    let (minus, whole) = whole.strip_prefix('-').map_or(("", whole), |rest| ("−", rest));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), format::number);
    if part.bytes().all(|digit| digit == b'0') {
        format!("{minus}{sign}{whole}")
    } else {
        format!("{minus}{sign}{whole}{}{part}", format::point())
    }
}

/// A name in the middle of a sentence: "Risks" is "risks", "SLA reports" stays.
pub fn in_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(name.chars().skip(1)).collect(),
        _ => name.to_owned(),
    }
}

fn real(number: f64) -> String {
    let text = format::decimal(number, 3);
    let point = format::point();
    if text.contains(point) { text.trim_end_matches('0').trim_end_matches(point).to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_fractions_read_as_people_write_them() {
        assert_eq!(money(31_000_000, "EUR"), "€310,000");
        assert_eq!(money(-1_250, "EUR"), "−€12.50");
        assert_eq!(money(-50, "USD"), "−$0.50");
        assert_eq!(money(500, "JPY"), "¥500");
        assert_eq!(money(500, "CHF"), "CHF\u{a0}5");
        assert_eq!((money_short(158_049_999, "EUR"), money_short(1_250, "EUR")), ("€1.58\u{a0}m".into(), "€12".into()));
        assert_eq!(real(2.5), "2.5");
        assert_eq!(real(1200.0), "1,200");
        assert_eq!((in_sentence("Risks"), in_sentence("SLA reports")), ("risks".into(), "SLA reports".into()));
    }

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert!(is_web("https://example.org/a?b"));
        assert!(!is_web("javascript:alert(1)") && !is_web("see https://example.org"));
    }
}
