//! How the database goes about every page with all the tickets in it: for whoever writes a page, and beside the figures.

use crate::data;
use anyhow::Result;
use db::{Database, Options, Source};
use kernel::House;
use kernel::register::{Query, list};
use kernel::time::Clock;
use kernel::who::{Means, view_of};
use std::sync::Arc;

/// Prints each page with the number of its statements and what of a large table it reads from end to end; says whether
/// nothing is.
pub fn print(source: &Source, tickets: u64) -> Result<bool> {
    data::prepare(source, tickets)?;
    let db = Database::open(source, Options::default())?;
    let house = House::new(&reeve::practices::all(), Clock::System, 1);
    reeve::open::stand_up(&db, &house)?;
    let pages = db.read_wait(move |tx| {
        let row = tx.one("select id, organisation from person order by id limit 1", &[])?;
        let view = view_of(tx, &house, row.int(0)?, row.int(1)?, Means::Page)?;
        reeve::plans::of_pages(tx, &Arc::clone(&house), &view, &mut |tx, kind| {
            let Some(register) = house.register(kind) else { return Ok(None) };
            let page = list(tx, &house, &view, register, &Query { limit: 1, ..Query::plain(register) })?;
            Ok(page.records.first().map(|record| record.reference.clone()))
        })
    })?;
    println!("| page | statements | reads from end to end |\n|---|---|---|");
    for page in &pages {
        let scans: Vec<String> = page.scans.iter().map(|(sql, step)| format!("`{step}` in `{sql}`")).collect();
        println!("| {} | {} | {} |", page.page, page.statements, scans.join("; "));
    }
    db.close();
    Ok(pages.iter().all(|page| page.scans.is_empty()))
}
