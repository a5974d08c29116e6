//! What needs the reader, most at stake first.

use super::today::parted;
use crate::today::rank::{Band, Placed};
use desk::first_hour;
use kernel::describe::{Amount, Need, Press, Stake};
use kernel::web::Request;
use maud::{Markup, html};
use ui::rank::{Line, Ranked};
use ui::verb::Verb;

/// The list with its heading, the way to the reasons of its order, and what lies below the line. `hour`: how many steps of the
/// first hour are done, and how many there are, while some are left.
pub fn list(request: &Request, placed: &[Placed], hour: Option<(usize, usize)>) -> Markup {
    let (above, below) = parted(placed, request.asked("all") == Some("1"));
    html! {
        div.block-head {
            h2 { "What needs you, most at stake first" }
            span.push.small.ink3 { "ranked by time left and money at stake " a.why href="/today/order" data-key="w" { "Why this order?" } }
        }
        @if above.is_empty() { (empty(hour)) } @else { (Ranked(above.iter().map(|it| line(request, it)).collect())) }
        @if !below.is_empty() { p.small.ink3.below { "Below the line: " (under(below)) ". " a href="/today?all=1" { "Show them" } } }
    }
}

/// The title of the page says already that nothing needs the reader; a new house has its first hour before it.
fn empty(hour: Option<(usize, usize)>) -> Markup {
    let (text, verb) = match hour {
        Some((done, all)) => (format!("Your first hour: {done} of {all} done."), Verb::link("Go on", first_hour::HOME).small().first()),
        None => {
            let text = "No promise is in danger, nobody waits for you, and nothing falls due this week.";
            (text.to_owned(), Verb::link("Open the queue", "/queue").small())
        }
    };
    html! { div.empty { p { (text) } div.line { (verb) } } }
}

/// What lies below: how much of it is still due this week, and how much can wait.
fn under(below: &[Placed]) -> String {
    let later = below.iter().filter(|it| it.band == Band::Later).count();
    let soon = below.len() - later;
    let things = |count: usize| if count == 1 { "1 thing".to_owned() } else { format!("{count} things") };
    match (soon, later) {
        (0, later) => format!("{} that can wait more than a week", things(later)),
        (soon, 0) => format!("{} with less at stake", things(soon)),
        (soon, later) => format!("{} with less at stake and {} that can wait more than a week", things(soon), things(later)),
    }
}

fn line(request: &Request, placed: &Placed) -> Line {
    let need = &placed.need;
    Line {
        what: need.what.clone(),
        href: need.href.clone(),
        because: html! { @if !need.reference.is_empty() { span.ref { (need.reference) } span.sep {} } (said(need)) },
        stake: figure(&need.stake),
        basis: need.stake.basis.clone(),
        verbs: need.verbs.iter().map(|press| verb(request, press)).collect(),
        hot: placed.band == Band::Now,
    }
}

/// The reason, and how the record stands.
pub fn said(need: &Need) -> String {
    if need.stands.is_empty() { need.because.clone() } else { format!("{} {}.", need.because, need.stands) }
}

fn verb(request: &Request, press: &Press) -> Verb {
    let verb = match press.posts {
        true => Verb::post(press.label.as_str(), press.path.as_str(), request.csrf.as_str()).with("back", "/today"),
        false => Verb::link(press.label.as_str(), press.path.as_str()),
    };
    if press.first { verb.small().first() } else { verb.small() }
}

/// What is at stake, in the most telling unit there is.
pub fn figure(stake: &Stake) -> String {
    let some = |count: i64, one: &str, many: &str| format!("{} {}", ui::format::number(count), if count == 1 { one } else { many });
    match (&stake.money, stake.promises, stake.people) {
        (Some(amount), _, _) => money(amount),
        (None, 0, 0) => String::new(),
        (None, 0, people) => some(people, "person", "people"),
        (None, promises, _) => some(promises, "promise", "promises"),
    }
}

/// "€32,400/h", "€412,800".
fn money(amount: &Amount) -> String {
    format!("{}{}", pages::money(amount.minor, &amount.currency), if amount.per_hour { "/h" } else { "" })
}
