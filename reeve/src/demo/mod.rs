//! The demo: a furnished port company with a year of real incidents, ready to click.

mod furniture;
mod past;
mod talk;
mod views;
mod weeks;

use crate::args::{Listen, Place};
use crate::command::{init, serve};
use crate::open::{Opened, open};
use anyhow::{Context, Result};
use desk::incident_log::{self, Input, Options};
use furniture::Furniture;
use kernel::journal;
use kernel::who::{Means, View, account, one_time::Purpose};
use std::time::Instant;

/// The real year, as it ships; see `data/ATTRIBUTION.md`.
const LOG: &[u8] = include_bytes!("../../data/incident_event_log.csv.xz");
/// Everything else.
const FURNITURE: &str = include_str!("../../data/furniture.toml");
/// What came in over the last weeks.
const WEEKS: &str = include_str!("../../data/weeks.toml");
/// Whom the link signs in.
const GUEST: &str = "ines.carvalho@nordhaven.example";

/// The command `demo`: furnishes on first use, serves, and prints a sign-in link.
pub fn command(place: &Place, listen: &Listen) -> Result<()> {
    let opened = open(place)?;
    let begin = Instant::now();
    if opened.db.read_wait(crate::store::first_name)?.is_none() {
        eprintln!("Furnishing the port of Nordhaven, with a year of real incidents …");
        furnish(&opened)?;
        eprintln!("Furnished in {:.1} s.", begin.elapsed().as_secs_f64());
    }
    let guest = opened.db.read_wait(|tx| account::by_email(tx, GUEST))?;
    let guest =
        guest.context("This is not a demo: its people are others. Start it with `reeve serve`, or name another folder with --data.")?;
    let link = init::link(&opened.db, &opened.house, guest.person, Purpose::SignIn, &init::base(listen)?)?;
    serve::run(opened, listen, |_| {
        println!("{link}");
        eprintln!("The link signs in Ines Carvalho ({GUEST}), once, for a day.");
    })
}

/// Organisation, people, estate, promises and books; then the real year; then the last weeks and what is going on now.
pub fn furnish(opened: &Opened) -> Result<()> {
    let Opened { db, house, .. } = opened;
    let furniture = Furniture::read(FURNITURE)?;
    let organisation = init::organisation(db, house, "Nordhaven", None)?;
    furniture.place(db, house, organisation)?;
    views::keep(&furniture, db, house, organisation, GUEST)?;
    let view = View::unguarded_house_itself(house, organisation, Means::Import("incident-log".into()));
    let log = vec![Input::bytes("incident_event_log.csv.xz", LOG)];
    incident_log::import(db, house, &view, log, None, &Options::default(), &mut |_| ())?;
    weeks::tell(WEEKS, db, house, organisation)?;
    talk::tell(&furniture, db, house, organisation)?;
    // So that the first page does not find a year going by behind it.
    journal::seal_all(db, house)?;
    db.refresh_statistics()?;
    Ok(())
}
