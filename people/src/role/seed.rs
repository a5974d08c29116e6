//! The roles that ship.

use super::{REGISTER, id_of};
use kernel::register::{Sent, Source, create};
use kernel::{Act, Result};
use serde_json::Map;

/// Key, name and meaning of the roles that ship; registers name their keys in default grants.
pub const SHIPPED: [(&str, &str, &str); 7] = [
    ("administrator", "Administrator", "May do everything, and grants roles."),
    ("manager", "Service manager", "Keeps the promises: sees, decides and changes everything but roles."),
    ("agent", "Agent", "Works the desk: takes, solves and passes on tickets, and keeps the estate true."),
    ("requester", "Requester", "Asks for help and follows what they asked for."),
    ("approver", "Approver", "Decides what is put before them, with the facts beside it."),
    ("auditor", "Auditor", "Reads, verifies and exports everything; changes nothing."),
    ("vendor", "Vendor", "Sees and answers what was shared with them, and nothing else."),
];

/// Makes the roles that ship, where they are missing. Safe to do again.
pub fn seed(act: &mut Act) -> Result<()> {
    for (key, name, about) in SHIPPED {
        if id_of(act.tx, key)?.is_some() {
            continue;
        }
        let mut fields = Map::new();
        fields.insert("key".into(), key.into());
        fields.insert("name".into(), name.into());
        fields.insert("about".into(), about.into());
        create(act, &REGISTER, Sent { fields: &fields, source: Source::Api })?;
    }
    Ok(())
}
