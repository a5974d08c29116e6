//! The page: sentences that state the finding, figures that open their records.

mod arrived;
mod flow;
mod head;
mod kept;
mod moved;
mod open;
mod read;
mod taken;
mod teams;

pub use arrived::arrivals;

use crate::address::{span, tickets};
use db::Tx;
use kernel::kept::kept;
use kernel::web::{Layout, Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, PreEscaped, html};
use read::Read;
use ui::chart::Table;
use ui::head::block;

const RESOLVED: &str = "Tickets whose last resolution falls into the week.";
const TAKEN: &str = "Time from opening to the last resolution, by the clock on the wall, of tickets resolved in the period.";
const ATTAINED: &str = "Of the tickets resolved in the period with a promise, the share whose resolution promise was kept.";
const MOVED: &str = "Changes of the team after the first, of tickets resolved in the period.";

/// A part of the page: a question, what it looks like, and the figures behind it.
struct Part {
    /// Its key in addresses.
    key: &'static str,
    title: &'static str,
    remark: &'static str,
    /// As wide as the page.
    wide: bool,
    picture: Markup,
    table: Table,
}

/// `/desk/dashboard?from=DAY&until=DAY`; with `as=csv&of=PART` the figures of a part.
pub fn dashboard(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let asked = |key: &str| request.asked(key).unwrap_or_default();
    if asked("as") == "csv" {
        return file(tx, request, asked("of"));
    }
    // Over very many tickets it takes a quarter of a second, and people go back and forth between it and the records it opens.
    let zone = request.view.zone.iana_name().unwrap_or_default();
    let by = teams::order(request);
    let question = format!("dashboard from {} until {} by {by} in {zone}", asked("from"), asked("until"));
    let body = kept(tx, &request.house, &request.view, &question, |tx| Ok(body(&Read::load(tx, request)?)))?;
    let body = PreEscaped(body.0.clone());
    Ok(Reply::page("Desk dashboard", "/desk/dashboard", body).held(Layout { extra: &["figures.css"], ..Layout::default() }))
}

/// The figures of one part as a file, always those of now.
fn file(tx: &mut Tx, request: &Request, of: &str) -> Result<Reply> {
    let read = Read::load(tx, request)?;
    let part = parts(&read).into_iter().find(|part| part.key == of).ok_or(Error::NotFound)?;
    let name = format!("{}-{}-{}.csv", part.key, read.period.first, read.period.last());
    let bytes = exchange::csv_table(&part.table.heads, &part.table.rows)?;
    Ok(Reply::File { name, media: "text/csv; charset=utf-8", bytes })
}

fn parts(read: &Read) -> [Part; 8] {
    [
        flow::came_in(read),
        flow::backlog(read),
        kept::part(read),
        taken::part(read),
        teams::part(read),
        moved::part(read),
        open::part(read),
        arrived::part(read),
    ]
}

/// A page's worth of figures.
struct Body(String);

fn body(read: &Read) -> Body {
    let parts = parts(read);
    let body = html! {
        (head::head(read))
        (head::figures(read))
        div.cols-2.dashboard { @for part in parts.iter().filter(|part| !part.wide) { (shown(part)) } }
        @for part in parts.iter().filter(|part| part.wide) { (shown(part)) }
    };
    Body(body.into_string())
}

fn shown(part: &Part) -> Markup {
    block(part.title, part.remark, &html! {}, &part.picture)
}

/// The list of the records behind a figure.
fn records(column: &str, (from, until): (i64, i64), more: &str) -> String {
    tickets(&format!("{}{more}", span(column, from, until)))
}

fn heads<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}
