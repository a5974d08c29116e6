//! What a contract is.

use super::rules::{Terms, chain, last_cancel};
use db::Tx;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::describe::{Choice, Register, Rows, Scope, choice, date, grant, int, line, link, many, money, opt, text};
use kernel::explain::{Question, Reason, Reasons};
use kernel::register::{Cell, Draft, Record};
use kernel::{Act, Result};

const RENEWAL: &[Choice] = &[opt("none", "Ends by itself"), opt("tacit", "Renews itself"), opt("manual", "Renewed by agreement")];

/// The register.
pub const REGISTER: Register = Register {
    key: "contracts",
    table: "contract",
    prefix: "CON",
    one: "Contract",
    many: "Contracts",
    about: "What was agreed with a vendor, what it costs, and when it can be ended.",
    icon: "file-text",
    room: "Books",
    fields: &[
        line("name", "Name").title(),
        line("number", "Number").searched().filtered(),
        link("vendor", "Vendor", "vendors").listed().filtered(),
        many("services", "Services", "services").filtered().help("What it keeps up."),
        link("owner", "Owner", "people").listed().filtered(),
        date("starts_on", "Begins").filtered().section("Term"),
        date("ends_on", "First term ends").filtered().section("Term").help("The last day of the first term."),
        choice("renewal", "Renewal", RENEWAL).filtered().preset("none").section("Term"),
        int("renewal_months", "Renews by, months", 1, 120).section("Term"),
        int("notice_months", "Notice, months", 0, 60).section("Term"),
        int("notice_days", "Notice, days", 0, 366).section("Term"),
        date("last_cancel_on", "Last safe day to cancel").computed().listed().filtered().section("Term").because(because),
        money("value_per_year", "Value a year").confidential().listed().filtered().section("Money"),
        text("about", "About").searched(),
    ],
    grants: &[
        grant("manager", "*", Scope::All),
        grant("approver", "read", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
        grant("vendor", "read", Scope::Own),
    ],
    rows: Rows { owner: "owner", team: "", requester: "" },
    rules,
    completes,
    sort: "name",
    ..Register::PLAIN
};

fn rules(contract: &mut Draft) {
    let (starts, ends) = (contract.text("starts_on"), contract.text("ends_on"));
    if !starts.is_empty() && !ends.is_empty() && ends < starts {
        contract.refuse("ends_on", "A contract ends after it begins.");
    }
    if contract.text("renewal") == "tacit" {
        for key in ["ends_on", "renewal_months"] {
            if contract.get(key).is_null() && contract.errors.is_empty() {
                contract.refuse(key, "A contract that renews itself needs the end of its first term and the months it renews by.");
            }
        }
    }
}

/// The last safe day, seen from the day of the change.
fn completes(act: &mut Act, contract: &mut Draft) -> Result<()> {
    let last = terms(&contract.record).and_then(|terms| last_cancel(&terms, day_of(act.at)));
    contract.set("last_cancel_on", last.map(|day| day.to_string()));
    Ok(())
}

/// What a contract says about its end; none for one that does not renew itself.
fn terms(contract: &Record) -> Option<Terms> {
    let tacit = contract.text("renewal") == "tacit";
    contract.text("ends_on").parse().ok().filter(|_| tacit).map(|ends_on| Terms {
        ends_on,
        renewal_months: contract.int("renewal_months").unwrap_or(0),
        notice_months: contract.int("notice_months").unwrap_or(0),
        notice_days: contract.int("notice_days").unwrap_or(0),
    })
}

/// Most terms that passed shown one by one.
const MOST_PASSED: usize = 5;

/// The chain of renewals, term by term, as seen on the day of the last change.
fn because(_: &mut Tx, asked: &Question) -> Result<Reasons> {
    let contract = asked.record;
    let Some(terms) = terms(contract) else {
        let list = vec![Reason::of(contract, "renewal").note("it ends without notice")];
        return Ok(Reasons::new(list, Cell::Null, "Only a contract that renews itself must be cancelled in time"));
    };
    let today = day_of(contract.updated_at);
    let chain = chain(&terms, today);
    let mut list: Vec<Reason> = ["ends_on", "renewal_months", "notice_months", "notice_days"]
        .into_iter()
        .filter(|key| !contract.get(key).is_null())
        .map(|key| Reason::of(contract, key))
        .collect();
    let skip = chain.len().saturating_sub(MOST_PASSED + 1);
    if skip > 0 {
        list.push(Reason::new("Earlier terms", skip.to_string()).rejected());
    }
    let said = |day: Date| day.strftime("%-d %b %Y").to_string();
    for (ends, last) in &chain[skip..] {
        let reason = Reason::new(format!("Term that ends on {}", said(*ends)), said(*last));
        list.push(if *last < today { reason.note("passed").rejected() } else { reason.note("the whole notice lies before the end") });
    }
    let value = chain.last().filter(|(_, last)| *last >= today).map(|(_, last)| last.to_string());
    Ok(Reasons::new(list, value, format!("Seen from {}, when it last changed", said(today))))
}

/// The day of an instant (milliseconds since the epoch), in UTC.
pub(super) fn day_of(at: i64) -> Date {
    TimeZone::UTC.to_datetime(Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH)).date()
}
