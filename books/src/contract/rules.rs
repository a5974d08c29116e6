//! The last safe day to end a contract, through any chain of tacit renewals.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// What a contract says about its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Last day of the first term.
    pub ends_on: Date,
    /// Months by which it renews itself; 0: it does not.
    pub renewal_months: i64,
    /// Months of notice.
    pub notice_months: i64,
    /// Days of notice, besides.
    pub notice_days: i64,
}

/// Most terms looked at: a monthly contract for 100 years.
const MOST_TERMS: i64 = 1_200;

/// The last safe day to give notice, seen from `today`: the whole notice then lies before the end of a term, whichever way
/// the day of the notice itself is counted. `None` for a contract that does not renew itself, which needs no notice.
///
/// Terms are counted from the first end, so that one that ends on a 31st does not creep to the 28th for good.
pub fn last_cancel(terms: &Terms, today: Date) -> Option<Date> {
    chain(terms, today).last().map(|(_, last)| *last).filter(|last| *last >= today)
}

/// The terms up to the first whose last safe day has not passed on `today`: the last day of each, and its last safe day.
pub fn chain(terms: &Terms, today: Date) -> Vec<(Date, Date)> {
    let mut chain = Vec::new();
    if terms.renewal_months <= 0 {
        return chain;
    }
    for term in (0..MOST_TERMS).filter_map(|term| of_term(terms, term)) {
        chain.push(term);
        if term.1 >= today {
            break;
        }
    }
    chain
}

/// The end of a term, counted from 0, and its last safe day.
fn of_term(terms: &Terms, term: i64) -> Option<(Date, Date)> {
    let after = terms.ends_on.checked_add(1.day()).ok()?;
    let after = after.checked_add(Span::new().try_months(term * terms.renewal_months).ok()?).ok()?;
    let notice = Span::new().try_months(terms.notice_months).ok()?;
    let last = after.checked_sub(notice).ok()?.checked_sub(Span::new().try_days(terms.notice_days + 1).ok()?).ok()?;
    Some((after.checked_sub(1.day()).ok()?, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    /// 36 months from 1 August 2020, renewing by 12, three months' notice.
    const CHAIN: fn() -> Terms = || Terms { ends_on: day("2023-07-31"), renewal_months: 12, notice_months: 3, notice_days: 0 };

    #[test]
    fn every_day_of_a_chain_through_2030_has_its_last_safe_day() {
        let mut today = day("2020-08-01");
        while today < day("2031-01-01") {
            let last = last_cancel(&CHAIN(), today).expect("it renews itself");
            let deadline = |year: i16| Date::new(year, 4, 30).expect("30 April");
            let wanted = (2023..2033).map(deadline).find(|deadline| *deadline >= today);
            assert_eq!(Some(last), wanted, "seen from {today}");
            today = today.tomorrow().expect("a day after");
        }
    }

    #[test]
    fn a_term_that_ends_on_a_31st_does_not_creep() {
        let terms = Terms { ends_on: day("2024-01-31"), renewal_months: 1, notice_months: 0, notice_days: 0 };
        let ends: Vec<String> = ["2024-02-01", "2024-03-01", "2024-04-01"]
            .iter()
            .filter_map(|it| last_cancel(&terms, day(it)))
            .map(|it| it.to_string())
            .collect();
        assert_eq!(ends, ["2024-02-29", "2024-03-31", "2024-04-30"]);
    }

    #[test]
    fn notice_in_days_lies_wholly_before_the_end() {
        let terms = Terms { ends_on: day("2026-07-31"), renewal_months: 12, notice_months: 0, notice_days: 30 };
        assert_eq!(last_cancel(&terms, day("2026-01-01")), Some(day("2026-07-01")));
        assert_eq!(last_cancel(&Terms { renewal_months: 0, ..terms }, day("2026-01-01")), None);
    }
}
