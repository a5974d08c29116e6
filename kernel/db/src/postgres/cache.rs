//! Prepared statements of one connection, by their text.

use std::collections::HashMap;

use postgres::Statement;

/// How many statements are kept. Each also holds memory in the server.
const LIMIT: usize = 256;

/// The least recently used statement makes room for a new one.
#[derive(Default)]
pub(super) struct Cache {
    statements: HashMap<Box<str>, Entry>,
    uses: u64,
}

struct Entry {
    statement: Statement,
    used: u64,
}

impl Cache {
    pub(super) fn get(&mut self, sql: &str) -> Option<Statement> {
        let entry = self.statements.get_mut(sql)?;
        self.uses += 1;
        entry.used = self.uses;
        Some(entry.statement.clone())
    }

    pub(super) fn put(&mut self, sql: &str, statement: Statement) {
        if self.statements.len() >= LIMIT
            && let Some(oldest) = self.statements.iter().min_by_key(|(_, entry)| entry.used).map(|(sql, _)| sql.clone())
        {
            self.statements.remove(&oldest);
        }
        self.uses += 1;
        self.statements.insert(sql.into(), Entry { statement, used: self.uses });
    }

    pub(super) fn clear(&mut self) {
        self.statements.clear();
    }
}
