//! Import and export from the command line: what was asked for as data, progress on standard error.

mod export_kind;
mod import_files;

pub use export_kind::{ExportKind, export_kind};
pub use import_files::{ImportFiles, import_files};

use kernel::describe::Register;
use kernel::{Error, House, Result};

/// The register of a kind.
///
/// # Errors
/// There is none, naming those there are.
fn register_of(house: &House, kind: &str) -> Result<&'static Register> {
    house.register(kind).ok_or_else(|| {
        let known: Vec<&str> = house.registers.iter().map(|it| it.key).collect();
        Error::malformed("kind", format!("There is no kind {kind}. Those that exist: {}.", known.join(", ")))
    })
}
