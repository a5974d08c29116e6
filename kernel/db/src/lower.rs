//! Small letters of every alphabet, on both engines by one name.

use crate::{Engine, Result, Tx};

/// The function in the database. SQLite has it on each connection, PostgreSQL in the schema.
pub(crate) const FUNCTION: &str = "unicode_lower";

/// Makes the function on PostgreSQL where it is missing. It goes by the rules of Unicode whatever the locale of the database, if the
/// server was built with ICU, and by that locale otherwise.
pub(crate) fn ensure(tx: &mut Tx<'_>) -> Result<()> {
    if tx.engine() == Engine::Sqlite || tx.maybe("SELECT 1 WHERE to_regproc(?1) IS NOT NULL", &[FUNCTION.into()])?.is_some() {
        return Ok(());
    }
    let icu = "SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu' AND getdatabaseencoding() = 'UTF8'";
    let rules = if tx.maybe(icu, &[])?.is_some() { r#" COLLATE "und-x-icu""# } else { "" };
    tx.script(&format!("CREATE FUNCTION {FUNCTION}(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT lower($1{rules})'"))
}
