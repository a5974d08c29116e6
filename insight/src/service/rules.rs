//! How a service or an item stands, as far as its open incidents tell. Nothing else is asked, so nothing else is claimed.

/// An open incident about something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Its reference.
    pub reference: String,
    /// Its summary.
    pub summary: String,
    /// The service it is about.
    pub service: Option<i64>,
    /// The item it is about.
    pub item: Option<i64>,
    /// 1 critical to 5 planning.
    pub priority: i64,
    /// When it was opened.
    pub opened_at: i64,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// A critical incident is open about it, since then.
    Down(i64),
    /// An incident of high priority is open about it, since then.
    Degraded(i64),
    /// No such incident is open.
    Fine,
}

/// How something stands, from the open incidents about it.
pub fn health<'a>(about: impl Iterator<Item = &'a Trouble> + Clone) -> Health {
    let since = |priority: i64| about.clone().filter(|it| it.priority == priority).map(|it| it.opened_at).min();
    match (since(1), since(2)) {
        (Some(at), _) => Health::Down(at),
        (None, Some(at)) => Health::Degraded(at),
        (None, None) => Health::Fine,
    }
}

/// A month of promises: its first instant, kept, promised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// First instant.
    pub from: i64,
    /// First instant after it.
    pub until: i64,
    /// Promises kept.
    pub kept: i64,
    /// Promises made.
    pub promised: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(priority: i64, opened_at: i64) -> Trouble {
        Trouble { reference: String::new(), summary: String::new(), service: Some(1), item: None, priority, opened_at }
    }

    #[test]
    fn the_worst_open_incident_decides_and_the_earliest_says_since_when() {
        let all = [trouble(2, 10), trouble(1, 40), trouble(1, 30), trouble(3, 5)];
        assert_eq!(health(all.iter()), Health::Down(30));
        assert_eq!(health(all[..1].iter()), Health::Degraded(10));
        assert_eq!(health(all[3..].iter()), Health::Fine, "one of moderate priority stops nothing");
    }
}
