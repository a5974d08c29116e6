//! One synchronous transaction over SQLite and PostgreSQL.
