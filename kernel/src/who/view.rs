//! Who is looking: computed once per request, entering every query.

use super::{Grants, Means};
use crate::describe::{Field, Register, Scopes};
use crate::error::{Error, Result};
use crate::house::House;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// A viewer. Cheap to clone.
#[derive(Clone, Debug)]
pub struct View {
    /// Id of the person; 0 for the house itself (command line, jobs).
    pub person: i64,
    /// Their name.
    pub name: String,
    /// Their reference.
    pub reference: String,
    /// The organisation they act in: new records belong to it.
    pub organisation: i64,
    /// Organisations whose records they may see: that one and those below it.
    pub reach: Arc<[i64]>,
    /// The organisations above it, nearest first: they serve it, so that names in their directories are no secret.
    pub above: Arc<[i64]>,
    /// Whether the reach is every organisation there is, so that the query needs no predicate for it.
    pub everything: bool,
    /// Teams they belong to now.
    pub teams: Arc<[i64]>,
    /// Keys of their roles.
    pub roles: Arc<[String]>,
    /// Whether any record is shared with them or their teams explicitly.
    pub has_shares: bool,
    /// What they may do.
    pub grants: Arc<Grants>,
    /// Through what they look.
    pub means: Means,
    /// Their time zone.
    pub zone: TimeZone,
}

impl View {
    /// The house itself: sees and may do everything. For the command line, jobs and imports; never for a request.
    pub fn unguarded_house_itself(house: &House, organisation: i64, means: Means) -> View {
        View {
            person: 0,
            name: "Reeve".into(),
            reference: String::new(),
            organisation,
            reach: Arc::from([]),
            above: Arc::from([]),
            everything: true,
            teams: Arc::from([]),
            roles: Arc::from([]),
            has_shares: false,
            grants: Arc::new(Grants::all(house)),
            means,
            zone: TimeZone::UTC,
        }
    }

    /// Rows of `register` to which `verb` may be done.
    pub fn scopes(&self, register: &Register, verb: &str) -> Scopes {
        self.grants.scopes(register.key, verb)
    }
    /// Whether `verb` may be done to some row of `register`.
    pub fn may(&self, register: &Register, verb: &str) -> bool {
        !self.scopes(register, verb).is_empty()
    }
    /// Refuses unless `verb` may be done to some row of `register`.
    pub fn demand(&self, register: &Register, verb: &str) -> Result<()> {
        if self.may(register, verb) {
            Ok(())
        } else if self.may(register, "read") {
            Err(Error::forbidden(register.key, verb))
        } else {
            Err(Error::NotFound)
        }
    }
    /// Whether a field may be read: confidential and internal fields need a grant of their own.
    pub fn reads(&self, register: &Register, field: &Field) -> bool {
        (!field.confidential || self.may(register, "confidential")) && (!field.internal || self.may(register, "internal"))
    }
    /// Whether an organisation is within reach.
    pub fn reaches(&self, organisation: i64) -> bool {
        self.everything || self.reach.contains(&organisation)
    }
}
