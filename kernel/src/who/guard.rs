//! The row predicate: part of every query over a register.

use super::View;
use crate::Result;
use crate::describe::{Register, Scope, Scopes};
use crate::register::Record;
use db::{Tx, Value};
use std::fmt::Write;

/// The predicate over alias `t` for rows of `register` to which `view` may do `verb`; `None`: no rows at all.
///
/// Appends its parameters to `args`, so marks count on from what is there.
pub fn guard(view: &View, register: &Register, verb: &str, args: &mut Vec<Value>) -> Option<String> {
    let scopes = view.scopes(register, verb);
    if scopes.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    if let Some((column, value)) = register.within {
        parts.push(format!("t.{column} = {}", mark(args, value)));
    }
    let mut rows = Vec::new();
    if !view.everything {
        rows.push(any_of("t.organisation", &view.reach, args));
    }
    if !scopes.has(Scope::All) {
        rows.push(by_scope(view, register, scopes, args));
    }
    if !rows.is_empty() {
        let own = rows.join(" and ");
        let passes = scopes.has(Scope::All) || register.shared.contains(&verb);
        parts.push(if view.has_shares && passes { format!("(({own}) or {})", shared(view, args)) } else { own });
    }
    Some(if parts.is_empty() { "1 = 1".into() } else { parts.join(" and ") })
}

/// Whether the viewer may do `verb` to this very record, which they can read.
pub fn permits(tx: &mut Tx, view: &View, record: &Record, verb: &str) -> Result<bool> {
    let register = record.shape.register;
    let scopes = view.scopes(register, verb);
    if scopes.is_empty() || (scopes.has(Scope::All) && view.reaches(record.organisation)) {
        return Ok(!scopes.is_empty());
    }
    let mut args = vec![Value::Int(record.id)];
    let Some(rows) = guard(view, register, verb, &mut args) else { return Ok(false) };
    Ok(tx.maybe(&format!("select 1 from {} t where t.id = ?1 and {rows}", register.table), &args)?.is_some())
}

fn by_scope(view: &View, register: &Register, scopes: Scopes, args: &mut Vec<Value>) -> String {
    let mut any = Vec::new();
    let rows = register.rows;
    if scopes.has(Scope::Team) && !rows.team.is_empty() && !view.teams.is_empty() {
        any.push(any_of(&format!("t.{}", rows.team), &view.teams, args));
    }
    if scopes.has(Scope::Own) && !rows.owner.is_empty() {
        any.push(format!("t.{} = {}", rows.owner, mark(args, view.person)));
    }
    if scopes.has(Scope::Requester) && !rows.requester.is_empty() {
        any.push(format!("t.{} = {}", rows.requester, mark(args, view.person)));
    }
    if any.is_empty() { "1 = 0".into() } else { format!("({})", any.join(" or ")) }
}

fn shared(view: &View, args: &mut Vec<Value>) -> String {
    let person = mark(args, view.person);
    let teams = if view.teams.is_empty() { String::new() } else { format!(" or {}", any_of("s.team", &view.teams, args)) };
    format!("t.id in (select s.record from share s where s.person = {person}{teams})")
}

/// `column = ?` or `column in (?, ?)`; never true for an empty list. The last id is repeated up to a power of two, so that
/// few texts of a statement serve all lengths and stay prepared.
pub fn any_of(column: &str, ids: &[i64], args: &mut Vec<Value>) -> String {
    match ids {
        [] => "1 = 0".into(),
        [one] => format!("{column} = {}", mark(args, *one)),
        [.., last] => {
            let padded = ids.iter().chain(std::iter::repeat(last)).take(ids.len().next_power_of_two());
            let mut sql = format!("{column} in (");
            for id in padded {
                args.push(Value::Int(*id));
                let _ = write!(sql, "?{}, ", args.len());
            }
            sql.truncate(sql.len() - 2);
            sql.push(')');
            sql
        }
    }
}

/// Appends a parameter and gives its mark.
pub fn mark(args: &mut Vec<Value>, value: impl Into<Value>) -> String {
    args.push(value.into());
    format!("?{}", args.len())
}
