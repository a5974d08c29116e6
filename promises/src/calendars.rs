//! Compiled calendars by version. A version never changes, so what was compiled once stays good.

use calendar::Calendar;
use db::Tx;
use kernel::{Error, House, Result};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// Compiled calendars of one process, by the id of their version.
#[derive(Debug, Default)]
pub struct Calendars(RwLock<HashMap<i64, Arc<Calendar>>>);

impl Calendars {
    /// Those of the house.
    pub fn of(house: &House) -> Arc<Calendars> {
        house.memory.shared::<Calendars>()
    }

    /// The calendar of a version. A version that is missing or cannot be read is a fault of the data.
    pub fn get(&self, tx: &mut Tx, version: i64) -> Result<Arc<Calendar>> {
        let known = self.0.read().unwrap_or_else(|broken| broken.into_inner()).get(&version).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let wrong = |why: String| Error::Fault(format!("Version {version} of a calendar cannot be used: {why}"));
        let spec = crate::level::spec(tx, version)?.ok_or_else(|| wrong("it is missing.".into()))?;
        let compiled: Calendar = serde_json::from_str(&spec).map_err(|error| wrong(error.to_string()))?;
        let compiled = Arc::new(compiled);
        self.0.write().unwrap_or_else(|broken| broken.into_inner()).insert(version, Arc::clone(&compiled));
        Ok(compiled)
    }
}

/// What people call a version of a calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The calendar's name.
    pub name: String,
    /// Its reference.
    pub reference: String,
    /// The version, counted from 1; 0 for one that is missing.
    pub number: i64,
}

/// What people call a version.
pub fn named(tx: &mut Tx, version: i64) -> Result<Named> {
    Ok(crate::level::version_named(tx, version)?.unwrap_or_default())
}
