//! Who may do what to which rows: the defaults that ship with a register.

/// Which rows of a register a grant reaches. Always within the viewer's organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every row.
    All,
    /// Rows of a team the viewer belongs to.
    Team,
    /// Rows the viewer owns or is assigned to.
    Own,
    /// Rows the viewer asked for.
    Requester,
}

/// A set of scopes; rows shared with the viewer explicitly are always in it once it is not empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scopes(u8);

impl Scopes {
    /// No rows at all.
    pub const NONE: Scopes = Scopes(0);
    /// Every row.
    pub const ALL: Scopes = Scopes(1);

    /// The set with one scope more.
    pub const fn with(self, scope: Scope) -> Scopes {
        Scopes(self.0 | 1 << scope as u8)
    }
    /// Whether the scope is in the set.
    pub const fn has(self, scope: Scope) -> bool {
        self.0 & (1 << scope as u8) != 0
    }
    /// Whether nothing is granted.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// Whether these rows include those: every row includes all others.
    pub const fn covers(self, other: Scopes) -> bool {
        self.has(Scope::All) || self.0 | other.0 == self.0
    }
    /// Both sets together.
    pub const fn or(self, other: Scopes) -> Scopes {
        Scopes(self.0 | other.0)
    }
}

/// A default grant: `role` may do `verbs` (space separated; `*` for all) to rows in `scope`.
///
/// Verbs of the engine: `read`, `create`, `edit`, `retire`, `import`, `export`, `share`, `redact` (erase content from the
/// history; never meant by `*`), `confidential` (read confidential fields) and `internal` (read internal fields and notes).
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    /// Key of a role that ships with the product (`agent`, `requester`, ...).
    pub role: &'static str,
    /// Verb keys, space separated, or `*`.
    pub verbs: &'static str,
    /// Which rows.
    pub scope: Scope,
}

/// A default grant.
pub const fn grant(role: &'static str, verbs: &'static str, scope: Scope) -> Grant {
    Grant { role, verbs, scope }
}
