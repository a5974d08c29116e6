//! Views of lists that everyone finds.

use super::furniture::Furniture;
use anyhow::{Context, Result};
use db::Database;
use kernel::who::{Means, View, account};
use kernel::{Act, Error, House};
use serde_json::Value as Json;
use std::sync::Arc;

/// Keeps every told view in the name of the person with an e-mail address.
pub fn keep(furniture: &Furniture, db: &Database, house: &Arc<House>, organisation: i64, email: &'static str) -> Result<()> {
    for told in furniture.of("views") {
        let text = |key: &str| told.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let (of, name, question, own) = (text("of"), text("name"), text("question"), Arc::clone(house));
        let kept = db.write_wait(move |tx| {
            let mut view = View::unguarded_house_itself(&own, organisation, Means::Cli);
            view.person = account::by_email(tx, email)?.ok_or(Error::NotFound)?.person;
            let mut act = Act::new(tx, &view, &own);
            let register = own.register(&of).ok_or(Error::NotFound)?;
            pages::keep_for_everyone(&mut act, register, &name, &question)?;
            act.end()
        });
        kept.with_context(|| format!("the demo's view “{}”", text("name")))?;
    }
    Ok(())
}
