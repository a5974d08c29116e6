//! The mapping: which column of a log is what. A TOML file of this form:
//!
//! ```toml
//! source = "servicenow"              # names the source; with a case's number it tells what was imported before
//! title = "ServiceNow"               # what the tickets' field `source_system` says
//! columns = ["number", "state"]      # a log whose header has all of these is read by this mapping
//! case = "number"                    # column that names the ticket a row belongs to
//! unknown = ["?"]                    # texts that stand for no value; an empty cell always does
//! at = "sys_updated_at"              # when the row happened
//! order = "sys_mod_count"            # optional: order of rows of the same time; else as they stand in the file
//! actor = "sys_updated_by"           # optional: the person who did it
//! actor_text = "Agent {}"            # optional: their name made of the value
//! opened = "opened_at"               # optional: when the ticket was opened; else its first row
//! time = { format = "%d/%m/%Y %H:%M", zone = "UTC" }   # strptime and the zone the times are meant in
//! summary = ["{category}", " / {subcategory}"]         # joined; a part whose column is unknown is left out
//!
//! [detail]                           # optional: a second file with one row a case; its columns are `detail.NAME`
//! columns = ["incident_id", "open_time"]
//! case = "incident_id"
//!
//! [register]                         # optional: which register a case belongs to; else incidents
//! column = "detail.category"
//! values = { "request for information" = "requests" }
//!
//! [state]
//! column = "state"
//! otherwise = "keep"                 # a state not named below: `keep` the one before, or `reject` the row (default)
//! [state.values]
//! "New" = { state = "new" }
//! "Awaiting Vendor" = { state = "pending", set = { pending_reason = "vendor" } }
//! "Assignment" = { state = "assigned", from = ["new"] }   # only from these; else the state stays
//! "-100" = { note = "The source has no name for this state." }
//!
//! [[field]]                          # one per field; the register's own description says its type
//! field = "impact"
//! column = "impact"                  # or `value = "..."` for a constant
//! values = { "1 - High" = "1" }      # optional; a value not named here rejects the row
//! text = "Agent {}"                  # optional: text made of the value
//! when = ["resolved", "closed"]      # optional: the column holds a final value in every row; it counts in these states only
//! moment = true                      # optional, for times: an unknown or later one is when the state began
//!
//! [[note]]                           # kept with the journal entry, as it has no field
//! column = "u_priority_confirmation"
//! always = false                     # true: in every entry; false: when it differs from the row before
//! ```
//!
//! A field that is a link takes names: people, teams, services and items are made when first met.

use kernel::{Error, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A mapping as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Names the source.
    pub source: String,
    /// What the tickets say of where they came from.
    pub title: String,
    /// Columns by which a log is recognised.
    pub columns: Vec<String>,
    /// Column that names the case.
    pub case: String,
    /// Texts that stand for no value.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// Column of the row's time.
    pub at: String,
    /// Column that orders rows of the same time.
    pub order: Option<String>,
    /// Column of the person who did it.
    pub actor: Option<String>,
    /// The person's name made of that column.
    pub actor_text: Option<String>,
    /// Column of the time the ticket was opened.
    pub opened: Option<String>,
    /// How times are written.
    pub time: Times,
    /// Parts of the summary.
    pub summary: Vec<String>,
    /// The file with one row a case.
    pub detail: Option<Detail>,
    /// Which register a case belongs to.
    pub register: Option<Registers>,
    /// States.
    pub state: States,
    /// Fields.
    #[serde(default)]
    pub field: Vec<FieldRule>,
    /// What is kept beside the fields.
    #[serde(default)]
    pub note: Vec<Note>,
}

/// How times are written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// As strptime says it.
    pub format: String,
    /// IANA name of the zone they are meant in.
    pub zone: String,
}

/// The file with one row a case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Detail {
    /// Columns by which it is recognised.
    pub columns: Vec<String>,
    /// Column that names the case.
    pub case: String,
}

/// Which register a case belongs to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registers {
    /// Column.
    pub column: String,
    /// Value to register key; others are incidents.
    pub values: BTreeMap<String, String>,
}

/// How states are told.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct States {
    /// Column.
    pub column: String,
    /// What becomes of a row whose state is not among the values.
    #[serde(default)]
    pub otherwise: Otherwise,
    /// Value to state.
    pub values: BTreeMap<String, StateRule>,
}

/// What becomes of a row whose state has no rule.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Otherwise {
    /// It is rejected.
    #[default]
    Reject,
    /// The state stays as it was.
    Keep,
}

/// What a state of the log means.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateRule {
    /// The state; none: it stays as it was.
    pub state: Option<String>,
    /// States from which it is entered; empty: any.
    #[serde(default)]
    pub from: Vec<String>,
    /// Fields that go with it.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// What the journal entry says about it.
    pub note: Option<String>,
}

/// Where a field comes from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRule {
    /// Key of the field.
    pub field: String,
    /// Column.
    pub column: Option<String>,
    /// Constant.
    pub value: Option<String>,
    /// Value of the log to value of the field.
    pub values: Option<BTreeMap<String, String>>,
    /// Text made of the value.
    pub text: Option<String>,
    /// States in which it counts.
    #[serde(default)]
    pub when: Vec<String>,
    /// Whether an unknown or later time is when the state began.
    #[serde(default)]
    pub moment: bool,
}

/// A column kept with the journal entry.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Column.
    pub column: String,
    /// In every entry.
    #[serde(default)]
    pub always: bool,
}

/// The mappings that ship.
const SHIPPED: [&str; 3] =
    [include_str!("mappings/servicenow-uci.toml"), include_str!("mappings/bpic2014.toml"), include_str!("mappings/italian-helpdesk.toml")];

impl Mapping {
    /// Reads a mapping file's text.
    ///
    /// # Errors
    /// When it is not of the form above; says where.
    pub fn parse(text: &str) -> Result<Mapping> {
        toml::from_str(text).map_err(|why| Error::invalid("mapping", format!("The mapping file is not as it should be: {why}")))
    }
    /// The mappings that ship with the program.
    ///
    /// # Errors
    /// None that a test of the program lets through.
    pub fn shipped() -> Result<Vec<Mapping>> {
        SHIPPED.iter().map(|text| Mapping::parse(text)).collect()
    }
    /// Whether a file with this header is the log, or the log's detail, that the mapping is for.
    pub fn recognises(&self, header: &[String]) -> Option<Part> {
        let all = |columns: &[String]| columns.iter().all(|it| header.contains(it));
        if all(&self.columns) {
            return Some(Part::Log);
        }
        self.detail.as_ref().filter(|detail| all(&detail.columns)).map(|_| Part::Detail)
    }
}

/// Which of a mapping's two files a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// One row an update.
    Log,
    /// One row a case.
    Detail,
}
