//! Settings of the installation, and the fields that the organisation adds to registers.

pub mod fields;
pub mod values;

use kernel::web::Request;
use kernel::{Error, Result};

/// Settings are for administrators.
pub(crate) fn demand(request: &Request) -> Result<()> {
    if request.view.roles.iter().any(|role| role == "administrator") {
        return Ok(());
    }
    Err(Error::Forbidden("Settings are for administrators. Whoever manages roles can make you one.".into()))
}
