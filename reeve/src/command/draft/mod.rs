//! Drafts a migration from the difference between descriptions and schema, to be read by a person.

mod store;

pub use store::draft;

use crate::store as asked;
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

/// Tables and columns that a list of migrations makes, from the migrated database itself.
pub fn present(tx: &mut db::Tx, tables: &[String]) -> kernel::Result<BTreeMap<String, BTreeSet<String>>> {
    let mut found = BTreeMap::new();
    for table in tables {
        let columns = asked::columns(tx, table)?;
        if !columns.is_empty() {
            found.insert(table.clone(), columns);
        }
    }
    Ok(found)
}

/// The command `migration-draft`: migrates an empty database and prints what the descriptions want besides, if they do.
pub fn command(name: &str) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("reeve-draft-{}", kernel::id::hex(&kernel::id::random::<8>())));
    let place = crate::args::Place { data: Some(folder.clone()), database: None };
    let opened = crate::open::open(&place)?;
    let tables: Vec<String> = wanted(&opened.house).into_keys().collect();
    let present = opened.db.read_wait(move |tx| present(tx, &tables));
    let text = present.map(|present| draft(&opened.house, &present));
    opened.db.close();
    let _ = std::fs::remove_dir_all(folder);
    let text = text?;
    if !text.is_empty() {
        println!("-- {name}\n\n{text}");
    }
    Ok(())
}
