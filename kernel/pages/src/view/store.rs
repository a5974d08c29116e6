//! The table `saved_view`.

use db::{Tx, Value};
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::{any_of, mark};
use kernel::{Act, Error, Result};

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Id.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// The query string of the list.
    pub question: String,
    /// Whose it is.
    pub person: i64,
    /// The team it is shared with.
    pub team: Option<i64>,
    /// Shared with everyone of the organisation.
    pub everyone: bool,
}

/// Most views of a register that one person sees.
const MOST: i64 = 40;

/// The views of a register that a viewer sees: their own, their teams', everyone's of their organisations.
pub fn visible(tx: &mut Tx, view: &View, register: &Register) -> Result<Vec<SavedView>> {
    let mut args = vec![Value::from(register.key), Value::Int(view.person), Value::Int(view.organisation)];
    let teams = any_of("team", &view.teams, &mut args);
    let reach = if view.everything { "1 = 1".to_owned() } else { any_of("organisation", &view.reach, &mut args) };
    let limit = mark(&mut args, MOST);
    let sql = format!(
        "select id, name, question, person, team, everyone from saved_view where register = ?1 and \
         (person = ?2 or {teams} or (everyone = 1 and (organisation = ?3 or {reach}))) order by position, id limit {limit}"
    );
    let rows = tx.all(&sql, &args)?;
    rows.iter().map(read).collect()
}

/// The views of all registers that a viewer sees, as [`visible`] does for one, with the register's key.
pub fn all_visible(tx: &mut Tx, view: &View) -> Result<Vec<(String, SavedView)>> {
    let mut args = vec![Value::Int(view.person), Value::Int(view.organisation)];
    let teams = any_of("team", &view.teams, &mut args);
    let reach = if view.everything { "1 = 1".to_owned() } else { any_of("organisation", &view.reach, &mut args) };
    let limit = mark(&mut args, MOST);
    let sql = format!(
        "select id, name, question, person, team, everyone, register from saved_view where person = ?1 or {teams} or \
         (everyone = 1 and (organisation = ?2 or {reach})) order by register, position, id limit {limit}"
    );
    tx.all(&sql, &args)?.iter().map(|row| Ok((row.text(6)?.to_owned(), read(row)?))).collect()
}

fn read(row: &db::Row) -> Result<SavedView> {
    Ok(SavedView {
        id: row.int(0)?,
        name: row.text(1)?.to_owned(),
        question: row.text(2)?.to_owned(),
        person: row.int(3)?,
        team: row.maybe_int(4)?,
        everyone: row.flag(5)?,
    })
}

/// A view that the viewer may see.
pub fn load(tx: &mut Tx, view: &View, register: &Register, id: i64) -> Result<SavedView> {
    visible(tx, view, register)?.into_iter().find(|it| it.id == id).ok_or(Error::NotFound)
}

/// Keeps a question under a name, for the viewer alone.
///
/// # Errors
/// They have as many as a list can show already.
pub fn insert(act: &mut Act, register: &Register, name: &str, question: &str) -> Result<i64> {
    let own = "select count(*) from saved_view where register = ?1 and person = ?2";
    if act.tx.one(own, &[Value::from(register.key), Value::Int(act.view.person)])?.int(0)? >= MOST {
        return Err(Error::Conflict(format!("You have {MOST} views of this list already. Remove one first; nothing was saved.")));
    }
    let id = act.new_id();
    let sql = "insert into saved_view (id, register, name, question, person, team, organisation, everyone, position, created_at, \
        updated_at) values (?1, ?2, ?3, ?4, ?5, null, ?6, 0, 0, ?7, ?7)";
    let args = [
        Value::Int(id),
        Value::from(register.key),
        Value::from(name),
        Value::from(question),
        Value::Int(act.view.person),
        Value::Int(act.view.organisation),
        Value::Int(act.at),
    ];
    act.tx.run(sql, &args)?;
    Ok(id)
}

/// Writes name, question and sharing of a view.
pub fn update(act: &mut Act, view: &SavedView) -> Result<()> {
    let sql = "update saved_view set name = ?2, question = ?3, team = ?4, everyone = ?5, updated_at = ?6 where id = ?1";
    let args = [
        Value::Int(view.id),
        Value::from(view.name.as_str()),
        Value::from(view.question.as_str()),
        view.team.into(),
        Value::Int(i64::from(view.everyone)),
        Value::Int(act.at),
    ];
    act.tx.run(sql, &args)?;
    Ok(())
}

/// Takes a view away.
pub fn remove(act: &mut Act, id: i64) -> Result<()> {
    act.tx.run("delete from saved_view where id = ?1", &[Value::Int(id)])?;
    Ok(())
}
