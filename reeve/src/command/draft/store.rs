//! The statements of a draft.

use super::wanted;
use kernel::House;
use std::collections::{BTreeMap, BTreeSet};

/// Statements that bring a schema (`table -> columns`) to what is wanted.
pub fn draft(house: &House, present: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut text = String::new();
    for (table, columns) in wanted(house) {
        match present.get(&table) {
            None => {
                let lines: Vec<String> = columns.iter().map(|(name, kind)| format!("  {name} {kind}")).collect();
                text.push_str(&format!("create table {table} (\n{}\n);\n", lines.join(",\n")));
                text.push_str(&format!("create index {table}_updated on {table} (updated_at, id);\n\n"));
            }
            Some(there) => {
                for (name, kind) in columns.iter().filter(|(name, _)| !there.contains(*name)) {
                    text.push_str(&format!("alter table {table} add column {name} {kind};\n"));
                }
            }
        }
    }
    text
}
