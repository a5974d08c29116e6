//! Why a figure is what it is: steps returned with the result, drawn by one component.

mod journalled;
mod reasons;

pub use journalled::{counted, set as journalled};
pub use reasons::{Because, Gave, Question, Reason, Reasons, Told, of_field};

use serde::Serialize;

/// One step of an explanation.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct Step {
    /// What was looked at, in words.
    pub what: String,
    /// What it gave.
    pub value: String,
    /// Reference of a record the step rests on, if any.
    pub record: Option<String>,
    /// False for a step that was considered and did not count.
    pub counted: bool,
}

/// A result with its reasons.
#[derive(Clone, Debug, Default, Serialize, PartialEq)]
pub struct Explanation {
    /// The sentence above the steps.
    pub title: String,
    /// The steps in order.
    pub steps: Vec<Step>,
    /// The result as shown.
    pub result: String,
    /// Whether the values of the steps add up to the result (a ledger) or lead to it (a decision).
    pub sum: bool,
    /// Where the rule comes from: an agreement, a matrix, a role.
    pub basis: String,
}

impl Explanation {
    /// An explanation without steps yet.
    pub fn new(title: impl Into<String>) -> Explanation {
        Explanation { title: title.into(), ..Explanation::default() }
    }
    /// Adds a step that counted.
    pub fn step(&mut self, what: impl Into<String>, value: impl Into<String>) -> &mut Explanation {
        self.steps.push(Step { what: what.into(), value: value.into(), record: None, counted: true });
        self
    }
    /// Adds a step that was considered and did not count.
    pub fn rejected(&mut self, what: impl Into<String>, value: impl Into<String>) -> &mut Explanation {
        self.steps.push(Step { what: what.into(), value: value.into(), record: None, counted: false });
        self
    }
    /// Sets the result.
    pub fn result(mut self, result: impl Into<String>) -> Explanation {
        self.result = result.into();
        self
    }
}
