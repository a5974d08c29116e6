//! Drafts a migration from the difference between descriptions and schema, to be read by a person.

use kernel::House;
use kernel::describe::{Kind, Register};
use std::collections::{BTreeMap, BTreeSet};

/// Columns by table, as the descriptions want them, with their types.
pub fn wanted(house: &House) -> BTreeMap<String, BTreeMap<String, &'static str>> {
    let mut tables: BTreeMap<String, BTreeMap<String, &'static str>> = BTreeMap::new();
    for register in &house.registers {
        let columns = tables.entry(register.table.to_owned()).or_default();
        columns.extend(common());
        columns.extend(own(register));
    }
    tables
}

fn common() -> [(String, &'static str); 9] {
    let not_null = "bigint not null";
    [
        ("id", "bigint primary key"),
        ("reference", "text not null unique"),
        ("organisation", not_null),
        ("state", "text not null"),
        ("version", not_null),
        ("created_at", not_null),
        ("updated_at", not_null),
        ("retired_at", "bigint"),
        ("custom", "jsonb"),
    ]
    .map(|(name, kind)| (name.to_owned(), kind))
}

fn own(register: &Register) -> Vec<(String, &'static str)> {
    let mut columns = Vec::new();
    for field in register.fields {
        match field.kind {
            Kind::Many(_) => {}
            Kind::Line { .. } | Kind::Text { .. } | Kind::Date | Kind::Choice(_) => columns.push((field.key.to_owned(), "text")),
            Kind::Real => columns.push((field.key.to_owned(), "double precision")),
            Kind::Money => columns.extend([(field.key.to_owned(), "bigint"), (format!("{}_currency", field.key), "text")]),
            Kind::LinkAny => columns.extend([(field.key.to_owned(), "bigint"), (format!("{}_kind", field.key), "text")]),
            _ => columns.push((field.key.to_owned(), "bigint")),
        }
    }
    if let Some((column, _)) = register.within {
        columns.push((column.to_owned(), "text not null"));
    }
    columns
}

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

/// Tables and columns that a list of migrations makes, from the migrated database itself.
pub fn present(tx: &mut db::Tx, tables: &[String]) -> kernel::Result<BTreeMap<String, BTreeSet<String>>> {
    let mut found = BTreeMap::new();
    for table in tables {
        let sql = match tx.engine() {
            db::Engine::Sqlite => "select name from pragma_table_info(?1)",
            db::Engine::Postgres => "select column_name::text from information_schema.columns where table_name = ?1",
        };
        let rows = tx.all(sql, &[db::Value::from(table.as_str())])?;
        if !rows.is_empty() {
            let names = rows.iter().map(|row| Ok(row.text(0)?.to_owned())).collect::<kernel::Result<_>>()?;
            found.insert(table.clone(), names);
        }
    }
    Ok(found)
}
