//! What the graph shows of its things besides their names. They were found under guard, so they are read by id.

use super::Thing;
use crate::impact::lists;
use crate::{item, service};
use db::{Tx, Value};
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::mark;
use kernel::{House, Result};
use std::collections::HashMap;

/// Kind, the same for people, remark, and what an hour is worth.
pub(super) type Sort = (String, String, String, Option<(i64, String)>);

/// The sorts of services and items among some things.
pub(super) fn sorts(tx: &mut Tx, house: &House, view: &View, things: &[Thing]) -> Result<HashMap<i64, Sort>> {
    let ids = |register: &str| -> Vec<i64> { things.iter().filter(|it| it.register == register).map(|it| it.id).collect() };
    let mut all = HashMap::new();
    let values = service::REGISTER.field("value_per_hour").is_some_and(|field| view.reads(&service::REGISTER, field));
    let columns = if values { "value_per_hour, value_per_hour_currency" } else { "cast(null as bigint), cast(null as text)" };
    for list in lists(&ids("services")) {
        let (marks, args) = marked(&list);
        for row in tx.all(&format!("select id, kind, {columns} from service where id in ({marks}) limit {}", list.len()), &args)? {
            let kind = row.maybe_text(1)?.unwrap_or_default().to_owned();
            let value = row.maybe_int(2)?.zip(row.maybe_text(3)?.map(str::to_owned));
            let label = label(house, &service::REGISTER, &kind);
            all.insert(row.int(0)?, (kind, label, String::new(), value));
        }
    }
    for list in lists(&ids("configuration-items")) {
        let (marks, args) = marked(&list);
        for row in tx.all(&format!("select id, kind, vendor_name, site from item where id in ({marks}) limit {}", list.len()), &args)? {
            let kind = row.maybe_text(1)?.unwrap_or_default().to_owned();
            let said = [row.maybe_text(2)?, row.maybe_text(3)?].into_iter().flatten().find(|it| !it.is_empty());
            let label = label(house, &item::REGISTER, &kind);
            all.insert(row.int(0)?, (kind, label, said.unwrap_or_default().to_owned(), None));
        }
    }
    Ok(all)
}

fn label(house: &House, register: &'static Register, kind: &str) -> String {
    let shape = house.shape(register);
    let choices = shape.field("kind").map_or(&[][..], |field| field.choices());
    choices.iter().find(|it| it.key == kind).map_or(register.one, |it| it.label).to_owned()
}

fn marked(ids: &[i64]) -> (String, Vec<Value>) {
    let mut args = Vec::new();
    let marks: Vec<String> = ids.iter().map(|id| mark(&mut args, *id)).collect();
    (marks.join(", "), args)
}
