//! The written form of a calendar, as it is stored and exchanged (JSON through serde).

use serde::{Deserialize, Serialize};

/// One interval of a day as `["08:00", "18:00"]`, local wall time, the end exclusive and at most `24:00`.
pub type Hours = [String; 2];

/// A calendar as written. Becomes a [`crate::Calendar`] through [`crate::Calendar::new`], which checks it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// IANA name of the zone, such as `Europe/Berlin`.
    pub zone: String,
    /// Opening hours by weekday.
    #[serde(default)]
    pub week: Week,
    /// Days on which nobody works.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
    /// Days with hours of their own; they beat week and holidays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub special_days: Vec<SpecialDay>,
}

/// Opening hours by weekday; a day left out is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Week {
    /// Monday.
    pub mon: Vec<Hours>,
    /// Tuesday.
    pub tue: Vec<Hours>,
    /// Wednesday.
    pub wed: Vec<Hours>,
    /// Thursday.
    pub thu: Vec<Hours>,
    /// Friday.
    pub fri: Vec<Hours>,
    /// Saturday.
    pub sat: Vec<Hours>,
    /// Sunday.
    pub sun: Vec<Hours>,
}

impl Week {
    /// The seven days in order with the names they have in the written form.
    pub fn days(&self) -> [(&'static str, &[Hours]); 7] {
        [
            ("mon", &self.mon),
            ("tue", &self.tue),
            ("wed", &self.wed),
            ("thu", &self.thu),
            ("fri", &self.fri),
            ("sat", &self.sat),
            ("sun", &self.sun),
        ]
    }
}

/// A day on which nobody works. Two holidays may fall on one date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// `YYYY-MM-DD`, in the calendar's zone.
    pub date: String,
    /// What people call it.
    #[serde(default)]
    pub name: String,
}

/// A day whose hours replace those of its weekday; without hours it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialDay {
    /// `YYYY-MM-DD`, in the calendar's zone; at most one special day per date.
    pub date: String,
    /// Why the day is special.
    #[serde(default)]
    pub name: String,
    /// Opening hours of this day.
    #[serde(default)]
    pub hours: Vec<Hours>,
}
