//! What counts towards a share of promises kept.

/// What the share is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every ticket.
    All,
    /// Tickets about a service, by its id.
    Service(i64),
    /// Resolutions that a service level promised, by its id.
    Level(i64),
}

/// How many tickets of a period counted, and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Resolved in the period.
    pub resolved: i64,
    /// Of these, without a promise on the resolution.
    pub unpromised: i64,
    /// Of those promised, kept.
    pub kept: i64,
}

impl Counted {
    /// Promised: what the share is of.
    pub fn promised(&self) -> i64 {
        self.resolved - self.unpromised
    }
    /// Broken.
    pub fn broken(&self) -> i64 {
        self.promised() - self.kept
    }
    /// The share; none where nothing was promised.
    pub fn share(&self) -> Option<f64> {
        (self.promised() > 0).then(|| self.kept as f64 / self.promised() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_promised_is_neither_kept_nor_broken() {
        let counted = Counted { resolved: 20, unpromised: 3, kept: 16 };
        assert_eq!((counted.promised(), counted.broken()), (17, 1));
        assert!((counted.share().unwrap() - 16.0 / 17.0).abs() < 1e-12);
        assert_eq!(Counted { resolved: 3, unpromised: 3, kept: 0 }.share(), None);
    }
}
