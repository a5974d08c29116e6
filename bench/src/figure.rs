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

/// Prints a table as `docs/bench.md` has it, ready to paste, or JSON.
pub fn print(figures: &[Figure], as_json: bool) {
    if as_json {
        let one = |it: &Figure| {
            json!({ "name": it.name, "value": it.value, "unit": it.unit, "limit": it.limit, "limit_name": it.limit_name,
                    "budget": it.budget, "ok": it.ok() })
        };
        println!("{}", serde_json::Value::Array(figures.iter().map(one).collect()));
        return;
    }
    println!("| figure | value | unit | budget | limit in the same run | |\n|---|---|---|---|---|---|");
    for it in figures {
        println!("{}", line(it));
    }
}

/// A line of the table.
fn line(it: &Figure) -> String {
    let sign = if it.better == Better::More { "≥" } else { "≤" };
    let budget = it.budget.map_or("-".into(), |budget| format!("{sign} {budget}"));
    let limit = if it.limit > 0.0 { format!("{} {}", it.limit_name, short(it.limit)) } else { "-".into() };
    let mark = match it.budget {
        None => "",
        Some(_) if it.ok() => "ok",
        Some(_) => "OVER",
    };
    format!("| {} | {} | {} | {budget} | {limit} | {mark} |", it.name, short(it.value), it.unit)
}

/// Three figures that count, and no more behind the point than that takes.
fn short(value: f64) -> String {
    let digits = match value.abs() {
        large if large >= 100.0 => 0,
        large if large >= 10.0 => 1,
        large if large >= 1.0 => 2,
        _ => 3,
    };
    format!("{value:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_pasted_and_says_what_is_missed() {
        let figure = Figure {
            name: "reply, 32 clients".into(),
            value: 2085.443,
            unit: "1/s",
            limit: 59_544.2,
            limit_name: "bare insert".into(),
            budget: Some(3500.0),
            better: Better::More,
        };
        assert_eq!(line(&figure), "| reply, 32 clients | 2085 | 1/s | ≥ 3500 | bare insert 59544 | OVER |");
        let kept = Figure { value: 0.1234, limit: 0.0, budget: Some(0.18), better: Better::Less, unit: "ms", ..figure.clone() };
        assert_eq!(line(&kept), "| reply, 32 clients | 0.123 | ms | ≤ 0.18 | - | ok |");
        assert_eq!(line(&Figure { budget: None, ..figure }), "| reply, 32 clients | 2085 | 1/s | - | bare insert 59544 |  |");
    }
}
