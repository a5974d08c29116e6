//! The kinds of relation, and which of their two ends needs the other.

use kernel::describe::{Choice, opt};

/// The kinds.
pub const KINDS: &[Choice] = &[
    opt("depends_on", "Depends on"),
    opt("runs_on", "Runs on"),
    opt("connects_to", "Connects to"),
    opt("contains", "Contains"),
    opt("replicates", "Replicates"),
    opt("uses", "Uses"),
    opt("feeds", "Feeds"),
];

/// Which end of a relation fails with the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// The source fails when the target does: it depends on it.
    Target,
    /// The target fails when the source does: what is contained in it or fed by it.
    Source,
    /// Neither: a replica outlives its original.
    Neither,
}

/// Which end of a relation of this kind needs the other. A kind that is not known needs neither.
pub fn needs(kind: &str) -> Needs {
    match kind {
        "depends_on" | "runs_on" | "connects_to" | "uses" => Needs::Target,
        "contains" | "feeds" => Needs::Source,
        _ => Needs::Neither,
    }
}

/// How the kind reads in a sentence: `depends on`.
pub fn word(kind: &str) -> String {
    KINDS.iter().find(|it| it.key == kind).map_or_else(|| kind.replace('_', " "), |it| it.label.to_lowercase())
}
