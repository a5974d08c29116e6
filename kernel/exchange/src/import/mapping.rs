//! A mapping: which column of a file is which field.

use super::dates::DateOrder;
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which column is which field, and what tells one record from another. As a TOML file:
///
/// ```toml
/// source = "hr"                 # optional: names the source; with a row's key it tells what was imported before
/// key = "Employee"              # optional: the column that identifies a row in the source
/// match = "email"               # optional: the field by which a record that is here already is found
/// dates = "day-first"           # optional: how 03/04/2026 is meant; or "month-first"
/// two_digit_years = false       # optional: read 26 as 2026 and 99 as 1999 instead of refusing them
/// empty_clears = false          # optional: an empty value takes away what the field holds, instead of leaving it
///
/// [columns]
/// "Full name" = "name"
/// "Joined" = { field = "joined_on", dates = "month-first" }
/// "Grade" = { field = "priority", values = { "P1 - Critical" = "1" } }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Names the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The column that identifies a row in its source. Without it and `matching`, the row's own values do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The field by which a record that is here already is found, when the source's row was not imported before.
    #[serde(default, rename = "match", skip_serializing_if = "Option::is_none")]
    pub matching: Option<String>,
    /// How days with doubtful order are meant, in columns that do not say it themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
    /// Years of two digits are read (1970 to 2069) instead of refused.
    #[serde(default)]
    pub two_digit_years: bool,
    /// An empty value takes away what the field holds. Otherwise it says nothing about the field.
    #[serde(default)]
    pub empty_clears: bool,
    /// Heading to field. Columns not named here are not read.
    #[serde(default)]
    pub columns: BTreeMap<String, Target>,
}

/// Where the values of a column go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Target {
    /// To a field, as they are.
    Field(String),
    /// To a field, with a word on how they are read.
    Read {
        /// The field's key.
        field: String,
        /// How days with doubtful order are meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dates: Option<DateOrder>,
        /// Values of the source to values of the field; others go as they are.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        values: BTreeMap<String, String>,
    },
}

impl Target {
    /// The field's key.
    pub fn field(&self) -> &str {
        match self {
            Target::Field(field) | Target::Read { field, .. } => field,
        }
    }
}

impl Mapping {
    /// Reads the TOML form.
    ///
    /// # Errors
    /// What is not as it should be, with its line.
    pub fn parse(text: &str) -> Result<Mapping> {
        toml::from_str(text).map_err(|fault| Error::malformed("mapping", format!("The mapping is not as it should be: {fault}")))
    }

    /// The TOML form.
    pub fn write(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_read_and_written() {
        let text = "source = \"hr\"\nkey = \"No\"\nmatch = \"email\"\ndates = \"day-first\"\n[columns]\nName = \"name\"\n\
            Grade = { field = \"priority\", dates = \"month-first\", values = { P1 = \"1\" } }\n";
        let mapping = Mapping::parse(text).unwrap();
        assert_eq!(mapping.matching.as_deref(), Some("email"));
        assert_eq!(mapping.dates, Some(DateOrder::DayFirst));
        assert_eq!(mapping.columns["Grade"].field(), "priority");
        assert_eq!(Mapping::parse(&mapping.write()).unwrap(), mapping);
        assert!(Mapping::parse("colums = {}").unwrap_err().to_string().contains("colums"));
    }
}
