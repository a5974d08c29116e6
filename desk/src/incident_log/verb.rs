//! What a row did, told from the ticket before and after.

/// A ticket at a moment, as far as the verb needs it.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// State; empty before it was made.
    pub state: &'a str,
    /// Team and assignee.
    pub hands: (Option<i64>, Option<i64>),
}

/// The verb of a row. A change of state says more than a change of hands, and that more than any other.
pub fn verb(before: Moment, after: Moment) -> &'static str {
    let done = |state: &str| matches!(state, "resolved" | "closed" | "cancelled");
    match (before.state, after.state) {
        ("", _) => "create",
        (was, is) if was == is => {
            if before.hands == after.hands {
                "edit"
            } else {
                "assign"
            }
        }
        (was, is) if done(was) && !done(is) => "reopen",
        (_, "pending") => "pend",
        (_, "resolved") => "resolve",
        (_, "closed") => "close",
        (_, "cancelled") => "cancel",
        ("pending", _) => "resume",
        (_, "assigned") => "assign",
        (_, "in_progress") => "start",
        _ => "edit",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verb_follows_from_before_and_after() {
        let of = |was: &str, is: &str, moved: bool| {
            let before = Moment { state: was, hands: (Some(1), None) };
            verb(before, Moment { state: is, hands: if moved { (Some(2), None) } else { before.hands } })
        };
        let told = [
            of("", "new", true),
            of("new", "new", true),
            of("new", "in_progress", true),
            of("in_progress", "in_progress", false),
            of("in_progress", "pending", false),
            of("pending", "in_progress", false),
            of("pending", "resolved", false),
            of("resolved", "in_progress", false),
            of("resolved", "closed", true),
            of("closed", "pending", false),
        ];
        assert_eq!(told, ["create", "assign", "start", "edit", "pend", "resume", "resolve", "reopen", "close", "reopen"]);
    }
}
