//! The steps of the schema, in order. One text serves both engines; see `README.md` beside them.

use db::Migration;

macro_rules! migrations {
    ($($number:literal $name:literal),* $(,)?) => {
        &[$(Migration { number: $number, name: $name, sql: include_str!(concat!($name, ".sql")) }),*]
    };
}

/// All of them.
pub const ALL: &[Migration] = migrations![
    1 "0001_kernel",
    2 "0002_people",
    3 "0003_estate",
    4 "0004_promises",
    5 "0005_desk",
    6 "0006_books",
    7 "0007_window",
    8 "0008_presence",
    9 "0009_talk",
    10 "0010_today",
    11 "0011_queue",
    12 "0012_search",
    13 "0013_lookups",
    14 "0014_parted",
    15 "0015_held",
    16 "0016_drafts",
    17 "0017_notices",
    18 "0018_figures",
    19 "0019_unassigned",
    20 "0020_new_words",
];

/// The number of the last step.
pub fn newest() -> i64 {
    ALL.last().map_or(0, |it| it.number)
}

/// The steps with these numbers, and others among them: for a test of one floor that brings tables of its own.
pub fn with(numbers: &[i64], own: &[Migration]) -> Vec<Migration> {
    let mut steps: Vec<Migration> = ALL.iter().filter(|it| numbers.contains(&it.number)).chain(own).copied().collect();
    steps.sort_by_key(|it| it.number);
    steps
}
