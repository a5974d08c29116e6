//! What a contract is.

use super::rules::{Terms, last_cancel};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::describe::{Choice, Register, Rows, Scope, choice, date, grant, int, line, link, many, money, opt, text};
use kernel::register::Draft;
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
        date("last_cancel_on", "Last safe day to cancel").computed().listed().filtered().section("Term"),
        money("value_per_year", "Value a year").confidential().filtered().section("Money"),
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
    let today = day_of(act.at);
    let tacit = contract.text("renewal") == "tacit";
    let terms = contract.text("ends_on").parse().ok().filter(|_| tacit).map(|ends_on| Terms {
        ends_on,
        renewal_months: contract.int("renewal_months").unwrap_or(0),
        notice_months: contract.int("notice_months").unwrap_or(0),
        notice_days: contract.int("notice_days").unwrap_or(0),
    });
    let last = terms.and_then(|terms| last_cancel(&terms, today));
    contract.set("last_cancel_on", last.map(|day| day.to_string()));
    Ok(())
}

/// The day of an instant (milliseconds since the epoch), in UTC.
pub(super) fn day_of(at: i64) -> Date {
    TimeZone::UTC.to_datetime(Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH)).date()
}
