//! A figure, the limit it stands beside, and its budget.

use serde_json::json;

/// Whether more is better.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// At least the budget.
    More,
    /// At most the budget.
    Less,
}

/// One measurement.
#[derive(Clone)]
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
    /// What the machine gives at best, measured in this run.
    pub limit: f64,
    /// Which limit that is.
    pub limit_name: String,
    /// What is wanted; none: for information.
    pub budget: Option<f64>,
    /// Which way is better.
    pub better: Better,
}

impl Figure {
    /// Whether the budget holds.
    pub fn ok(&self) -> bool {
        self.budget.is_none_or(|budget| match self.better {
            Better::More => self.value >= budget,
            Better::Less => self.value <= budget,
        })
    }
}

/// Prints a table for people, or JSON.
pub fn print(figures: &[Figure], as_json: bool) {
    if as_json {
        let one = |it: &Figure| {
            json!({ "name": it.name, "value": it.value, "unit": it.unit, "limit": it.limit, "limit_name": it.limit_name,
                    "budget": it.budget, "ok": it.ok() })
        };
        println!("{}", serde_json::Value::Array(figures.iter().map(one).collect()));
        return;
    }
    println!("{:<44} {:>12} {:<8} {:>12}  {:>12}  limit", "figure", "value", "unit", "budget", "of limit");
    for it in figures {
        let sign = if it.better == Better::More { "≥" } else { "≤" };
        let budget = it.budget.map_or("-".into(), |budget| format!("{sign} {budget}"));
        let share = if it.limit > 0.0 { format!("{:.2}", it.value / it.limit) } else { "-".into() };
        let mark = if it.ok() { "ok" } else { "OVER" };
        println!("{:<44} {:>12.3} {:<8} {budget:>12}  {share:>12}  {} {:.1}  {mark}", it.name, it.value, it.unit, it.limit_name, it.limit);
    }
}
