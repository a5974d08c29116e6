//! `reeve init`, `reeve user add` and `reeve token create`: the first organisation, people, tokens.

use crate::args::{Listen, Place};
use crate::open::{Opened, open, open_existing, remembered_address};
use crate::store;
use anyhow::{Context, Result, bail};
use db::Database;
use kernel::register::{Sent, Source, create, resolve};
use kernel::who::{Means, View, account, one_time, token as tokens};
use kernel::{Act, Error, House, time};
use serde_json::{Map, Value as Json, json};
use server::FirstRun;
use std::path::Path;
use std::sync::Arc;

/// Runs a change as the house itself, from the command line.
fn change<T: Send + 'static>(
    db: &Database,
    house: &Arc<House>,
    organisation: i64,
    change: impl Fn(&mut Act) -> kernel::Result<T> + Send + 'static,
) -> kernel::Result<T> {
    let house = Arc::clone(house);
    db.write_wait(move |tx| {
        let view = View::unguarded_house_itself(&house, organisation, Means::Cli);
        let mut act = Act::new(tx, &view, &house);
        let made = change(&mut act)?;
        act.end()?;
        Ok(made)
    })
}

fn made(act: &mut Act, kind: &str, fields: &[(&str, Json)]) -> kernel::Result<i64> {
    let register = act.house.register(kind).ok_or(Error::NotFound)?;
    let fields: Map<String, Json> =
        fields.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    Ok(create(act, register, Sent { fields: &fields, source: Source::Api })?.id)
}

/// Makes an organisation, below another or at the top, with the roles that ship.
pub fn organisation(db: &Database, house: &Arc<House>, name: &str, parent: Option<i64>) -> kernel::Result<i64> {
    let name = name.to_owned();
    change(db, house, parent.unwrap_or(0), move |act| {
        let above = parent.map(|id| store::organisation_reference(act.tx, id)).transpose()?.flatten();
        let above = above.map_or(Json::Null, Json::from);
        let id = made(act, "organisations", &[("name", json!(name)), ("parent", above)])?;
        if parent.is_none() {
            people::role::seed(act)?;
        }
        Ok(id)
    })
}

/// Makes a person who may sign in; `role` empty: none. `team` is a reference or a name.
pub fn person(
    db: &Database,
    house: &Arc<House>,
    organisation: i64,
    email: &str,
    name: &str,
    role: &str,
    team: Option<&str>,
) -> kernel::Result<i64> {
    let (email, name, role, team) = (email.to_owned(), name.to_owned(), role.to_owned(), team.map(str::to_owned));
    change(db, house, organisation, move |act| {
        let roles = match role.as_str() {
            "" => json!([]),
            key => json!([role_reference(act, key)?]),
        };
        let teams = match &team {
            Some(team) => json!([team_reference(act, team)?]),
            None => json!([]),
        };
        let fields = [("name", json!(name)), ("email", json!(email)), ("roles", roles), ("teams", teams)];
        let id = made(act, "people", &fields)?;
        account::open(act.tx, id, &email, act.at)?;
        Ok(id)
    })
}

fn role_reference(act: &mut Act, key: &str) -> kernel::Result<String> {
    if let Some(reference) = store::role_reference(act.tx, key)? {
        return Ok(reference);
    }
    let known = store::role_keys(act.tx)?.join(", ");
    Err(Error::invalid("role", format!("There is no role {key}. Those that exist: {known}.")))
}

fn team_reference(act: &mut Act, team: &str) -> kernel::Result<String> {
    let register = act.house.register("teams").ok_or(Error::NotFound)?;
    let id = resolve(act.tx, act.house, act.view, register, team)?;
    let id = id.ok_or_else(|| Error::invalid("team", format!("There is no team {team}.")))?;
    store::team_reference(act.tx, id)
}

/// Makes the first organisation and its first administrator from a page; gives the person's id.
pub fn found(act: &mut Act, asked: &FirstRun) -> kernel::Result<i64> {
    let organisation = made(act, "organisations", &[("name", json!(asked.organisation))])?;
    people::role::seed(act)?;
    let place = store::organisation_reference(act.tx, organisation)?.ok_or(Error::NotFound)?;
    let role = role_reference(act, "administrator")?;
    let fields = [("name", json!(asked.name)), ("email", json!(asked.email)), ("roles", json!([role])), ("organisation", json!(place))];
    made(act, "people", &fields)
}

/// Makes an API token for a person and gives its secret.
pub fn token(db: &Database, house: &Arc<House>, person: i64, name: &str, scopes: &[String], ends: Option<i64>) -> kernel::Result<String> {
    let (name, scopes, house) = (name.to_owned(), scopes.to_vec(), Arc::clone(house));
    db.write_wait(move |tx| tokens::create(tx, &house, &tokens::NewToken { person, name: &name, scopes: &scopes, expires_at: ends }))
}

/// A link that lets a person in once.
pub fn link(db: &Database, house: &Arc<House>, person: i64, purpose: one_time::Purpose, base: &str) -> kernel::Result<String> {
    let now = house.clock.now();
    let path = db.write_wait(move |tx| one_time::create(tx, person, purpose, now))?;
    Ok(format!("{}{path}", base.trim_end_matches('/')))
}

/// The address people use of what is served.
pub fn base(listen: &Listen) -> Result<String> {
    let file = crate::open::File::read()?;
    let address = listen.listen.or(file.listen).unwrap_or(super::serve::DEFAULT);
    Ok(listen.url.clone().or(file.url).unwrap_or_else(|| format!("http://{address}")))
}

/// The address for a link to data that may be served already: as asked, else where it was served last.
pub fn base_of(folder: &Path, listen: &Listen) -> Result<String> {
    let asked = listen.url.is_some() || listen.listen.is_some() || crate::open::File::read()?.url.is_some();
    match remembered_address(folder) {
        Some(known) if !asked => Ok(known),
        _ => base(listen),
    }
}

/// How to serve what was just named, without the address of a database, which may hold a password.
fn serve(place: &Place, listen: &Listen) -> String {
    let data = place.data.as_ref().map(|folder| format!(" --data {}", quoted(&folder.to_string_lossy())));
    let at = listen.listen.map(|at| format!(" --listen {at}"));
    let url = listen.url.as_ref().map(|url| format!(" --url {}", quoted(url)));
    let command: String = ["reeve serve".to_owned()].into_iter().chain([data, at, url].into_iter().flatten()).collect();
    let database = if place.database.is_some() { " and the same database" } else { "" };
    format!("`{command}`{database}")
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || "/._-:~+@%".contains(it);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// The command `init`.
pub fn init(place: &Place, listen: &Listen, name: &str, email: &str) -> Result<()> {
    let Opened { db, house, folder } = open(place)?;
    let known = db.read_wait(store::first_name)?;
    if let Some(known) = known {
        bail!("{known} lives here already. Name another folder with --data, or add people with `reeve user add`. Nothing was changed.");
    }
    let organisation = organisation(&db, &house, name, None)?;
    let call = email.split('@').next().unwrap_or(email);
    let person = person(&db, &house, organisation, email, call, "administrator", None)?;
    println!("{}", link(&db, &house, person, one_time::Purpose::SignIn, &base_of(&folder, listen)?)?);
    eprintln!("{name} is ready. Start it with {}, then open the link above; it works once, for a day.", serve(place, listen));
    Ok(())
}

/// The command `user add`.
pub fn add_user(place: &Place, listen: &Listen, email: &str, name: &str, role: &str, team: Option<&str>) -> Result<()> {
    let Opened { db, house, folder } = open_existing(place)?;
    let organisation = first_organisation(&db)?;
    let person = person(&db, &house, organisation, email, name, role, team)?;
    println!("{}", link(&db, &house, person, one_time::Purpose::Invitation, &base_of(&folder, listen)?)?);
    eprintln!("{name} may sign in with the link above; it works once, for a week.");
    Ok(())
}

/// The command `user link`.
pub fn sign_in_link(place: &Place, listen: &Listen, email: &str) -> Result<()> {
    let Opened { db, house, folder } = open_existing(place)?;
    let person = signs_in(&db, email)?;
    println!("{}", link(&db, &house, person, one_time::Purpose::SignIn, &base_of(&folder, listen)?)?);
    eprintln!("The link signs in {email}; it works once, for a day. Older links of this kind no longer work.");
    Ok(())
}

/// The person who signs in with an address.
fn signs_in(db: &Database, email: &str) -> Result<i64> {
    let wanted = email.trim().to_lowercase();
    let account = db.read_wait(move |tx| account::by_email(tx, &wanted))?;
    Ok(account
        .with_context(|| {
            format!("Nobody signs in with {email}. Add them with `reeve user add`, or begin with `reeve init` if the house is empty.")
        })?
        .person)
}

/// The command `token create`.
pub fn create_token(place: &Place, email: &str, name: &str, scopes: &[String], ends: Option<&str>) -> Result<()> {
    let Opened { db, house, .. } = open_existing(place)?;
    let person = signs_in(&db, email)?;
    const YEAR: i64 = 365 * 24 * 3_600_000;
    let now = house.clock.now();
    let ends = match ends {
        None => now + YEAR,
        Some(text) => match (time::parse_duration(text), time::parse(text)) {
            (Some(seconds), _) => now + seconds * 1000,
            (None, Some(at)) => at,
            _ => bail!("--expires takes a day (2027-01-31), a time or a duration (P90D), not {text}."),
        },
    };
    println!("{}", token(&db, &house, person, name, scopes, Some(ends))?);
    Ok(())
}

/// The organisation at the top that was made first.
pub fn first_organisation(db: &Database) -> Result<i64> {
    db.read_wait(store::first_organisation)?.context("There is no organisation yet. Begin with `reeve init` or `reeve demo`.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::remember_address;

    #[test]
    fn the_command_that_serves_can_be_copied_whatever_the_folder_is_called_and_holds_no_password() {
        let listen = Listen { listen: Some("127.0.0.1:9000".parse().unwrap()), url: None };
        let place = |data: Option<&str>, database: Option<&str>| Place { data: data.map(Into::into), database: database.map(Into::into) };
        assert_eq!(serve(&place(Some("/srv/reeve"), None), &listen), "`reeve serve --data /srv/reeve --listen 127.0.0.1:9000`");
        assert_eq!(
            serve(&place(Some("/srv/it's ours"), None), &listen),
            r"`reeve serve --data '/srv/it'\''s ours' --listen 127.0.0.1:9000`"
        );
        let database = serve(&place(None, Some("postgres://reeve:secret@db/reeve")), &listen);
        assert_eq!(database, "`reeve serve --listen 127.0.0.1:9000` and the same database");
    }

    #[test]
    fn a_link_leads_to_where_the_data_is_served_unless_another_address_is_asked_for() {
        let folder = std::env::temp_dir().join(format!("reeve-address-{}", kernel::id::hex(&kernel::id::random::<8>())));
        std::fs::create_dir_all(&folder).unwrap();
        let listen =
            |listen: Option<&str>, url: Option<&str>| Listen { listen: listen.map(|it| it.parse().unwrap()), url: url.map(Into::into) };
        let base = |asked: &Listen| base_of(&folder, asked).unwrap();
        assert_eq!(base(&listen(None, None)), "http://127.0.0.1:7333", "nothing is known yet");
        remember_address(&folder, "http://127.0.0.1:8080");
        assert_eq!(base(&listen(None, None)), "http://127.0.0.1:8080");
        assert_eq!(base(&listen(Some("127.0.0.1:9000"), None)), "http://127.0.0.1:9000");
        assert_eq!(base(&listen(None, Some("https://desk.example"))), "https://desk.example");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
