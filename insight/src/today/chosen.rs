//! What a person chose for their morning; kept with their account.

use db::Tx;
use kernel::Result;
use kernel::who::account;
use serde_json::{Value as Json, json};

/// The key among the preferences of an account.
const KEY: &str = "today";

/// Lines turned off, and by whose hours the night is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Keys of contributions that are turned off.
    pub off: Vec<String>,
    /// Reference of a calendar; empty: the first that fits.
    pub calendar: String,
}

/// What the person chose; the beginning for somebody without an account.
pub fn read(tx: &mut Tx, person: i64) -> Result<Chosen> {
    let preferences = account::by_person(tx, person)?.map(|account| account.preferences).unwrap_or_default();
    let Some(kept) = preferences.get(KEY) else { return Ok(Chosen::default()) };
    let off = kept["off"].as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect();
    Ok(Chosen { off, calendar: kept["calendar"].as_str().unwrap_or_default().to_owned() })
}

/// Keeps what the person chose; the rest of their preferences stays.
pub fn keep(tx: &mut Tx, person: i64, chosen: &Chosen) -> Result<()> {
    let mut preferences = account::by_person(tx, person)?.map(|account| account.preferences).unwrap_or_default();
    preferences.insert(KEY.into(), json!({ "off": chosen.off, "calendar": chosen.calendar }));
    account::set_preferences(tx, person, &preferences)
}
