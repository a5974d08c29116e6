//! Why somebody can see a record, or cannot: the guard's reasons as steps.

use super::grants::{role_grants, scope_words};
use super::{Means, View, roles, viewer};
use crate::describe::{Scope, Scopes};
use crate::explain::Explanation;
use crate::house::House;
use crate::register::{self, Record};
use crate::{Error, Result};
use db::{Tx, Value};

/// Whether a person can see a record, with the reasons. The result is what the guard itself says.
///
/// The caller has loaded the record under the guard of whoever asks.
pub fn can_see(tx: &mut Tx, house: &House, person: i64, record: &Record) -> Result<Explanation> {
    let kind = record.shape.register;
    let name = text(tx, "select name from person where id = ?1", person)?;
    let mut why = Explanation::new(format!("Can {name} see {}?", record.reference));
    why.basis = format!("Roles, and the grants of {}", kind.many.to_lowercase());
    let view = match viewer::view_of(tx, house, person, 0, Means::Page) {
        Err(Error::Nobody) => {
            why.rejected("Person", "Retired, or not known");
            return Ok(why.result("No"));
        }
        view => view?,
    };
    by_roles(tx, house, &view, record, &mut why)?;
    by_organisation(tx, &view, record, &mut why)?;
    by_rows(&view, record, &mut why);
    by_share(tx, &view, record, &mut why)?;
    by_fields(&view, record, &mut why);
    let seen = match register::by_id(tx, house, &view, kind, record.id) {
        Ok(_) => "Yes",
        Err(Error::NotFound) => "No",
        Err(other) => return Err(other),
    };
    Ok(why.result(seen))
}

fn by_roles(tx: &mut Tx, house: &House, view: &View, record: &Record, why: &mut Explanation) -> Result<()> {
    if view.roles.is_empty() {
        why.rejected("Roles", "None");
    }
    let overrides = roles::overrides(tx)?;
    for role in view.roles.iter() {
        let granted = role_grants(house, role, &overrides);
        let reads = granted.iter().find(|(register, verb, _)| *register == record.shape.register.key && *verb == "read");
        match reads {
            Some((_, _, scopes)) => why.step(format!("Role {role}"), format!("May read: {}", rows(*scopes))),
            None => why.rejected(format!("Role {role}"), format!("Grants no {}.read", record.shape.register.key)),
        };
    }
    Ok(())
}

/// Scopes in words.
fn rows(scopes: Scopes) -> String {
    match scope_words(scopes).as_str() {
        "all" => "all rows".into(),
        words => words
            .replace("team", "of their teams")
            .replace("own", "that are theirs")
            .replace("requester", "they asked for")
            .replace(',', ", "),
    }
}

fn by_organisation(tx: &mut Tx, view: &View, record: &Record, why: &mut Explanation) -> Result<()> {
    let name = text(tx, "select name from organisation where id = ?1", record.organisation)?;
    if view.reaches(record.organisation) {
        why.step("Organisation of the record", format!("{name}: within reach"));
    } else {
        why.rejected("Organisation of the record", format!("{name}: outside their part of the tree"));
    }
    Ok(())
}

fn by_rows(view: &View, record: &Record, why: &mut Explanation) {
    let kind = record.shape.register;
    let scopes = view.scopes(kind, "read");
    if scopes.is_empty() || scopes.has(Scope::All) {
        return;
    }
    let held = |field: &str| if field.is_empty() { None } else { record.int(field) };
    let checks = [
        (Scope::Team, "Team of the record", held(kind.rows.team).is_some_and(|id| view.teams.contains(&id))),
        (Scope::Own, "Owner of the record", held(kind.rows.owner) == Some(view.person)),
        (Scope::Requester, "Requester of the record", held(kind.rows.requester) == Some(view.person)),
    ];
    for (scope, what, holds) in checks {
        match (scopes.has(scope), holds) {
            (false, _) => {}
            (true, true) => drop(why.step(what, "Theirs")),
            (true, false) => drop(why.rejected(what, "Not theirs")),
        }
    }
}

fn by_share(tx: &mut Tx, view: &View, record: &Record, why: &mut Explanation) -> Result<()> {
    let shares = tx.all("select person, team from share where record = ?1 limit 200", &[Value::Int(record.id)])?;
    let mut shared = false;
    for share in &shares {
        shared |= share.maybe_int(0)? == Some(view.person) || share.maybe_int(1)?.is_some_and(|team| view.teams.contains(&team));
    }
    match (shared, view.scopes(record.shape.register, "read").is_empty()) {
        (true, false) => drop(why.step("Shared with them or their team", "Yes")),
        (true, true) => drop(why.rejected("Shared with them or their team", "Yes, but no role of theirs may read any")),
        (false, _) => drop(why.rejected("Shared with them or their team", "No")),
    }
    Ok(())
}

fn by_fields(view: &View, record: &Record, why: &mut Explanation) {
    let guarded = record.shape.fields.iter().filter(|field| field.confidential || field.internal);
    let (open, hidden): (Vec<_>, Vec<_>) = guarded.partition(|field| view.reads(record.shape.register, field));
    let names = |fields: Vec<&crate::describe::Field>| fields.iter().map(|field| field.label).collect::<Vec<_>>().join(", ");
    if !open.is_empty() {
        why.step("Guarded fields they may read", names(open));
    }
    if !hidden.is_empty() {
        why.rejected("Guarded fields they may not read", names(hidden));
    }
}

fn text(tx: &mut Tx, sql: &str, id: i64) -> Result<String> {
    let row = tx.maybe(sql, &[Value::Int(id)])?;
    Ok(row.and_then(|row| row.text(0).map(str::to_owned).ok()).unwrap_or_else(|| "nobody known".into()))
}
