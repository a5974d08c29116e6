//! The changes.

use super::keys;
use crate::call::Call;
use crate::gate::Seen;
use crate::page::stranger::field;
use db::Value;
use jiff::tz::TimeZone;
use kernel::register::{self, Draft};
use kernel::web::Form;
use kernel::who::{self, account, password, session, token};
use kernel::{Act, Error, Result, notice, time};
use serde_json::Map;
use std::sync::Arc;

/// How long a token lasts unless said, in milliseconds.
const TOKEN_LIFE: i64 = 365 * 24 * 3600 * 1000;

/// What one chooses on one's own page: the key it is kept under, and the words it may be. Another word puts back what comes.
const CHOSEN: &[(&str, &[&str])] = &[("theme", &["light", "dark"]), ("density", &["compact"]), ("keys", &["off"]), ("presence", &["off"])];

pub(super) async fn screen(call: &Call, seen: &Seen, form: &Form) -> Result<&'static str> {
    let asked: Vec<_> = CHOSEN.iter().filter(|(key, _)| form.contains_key(*key)).collect();
    let chosen = asked
        .iter()
        .map(|(key, words)| ((*key).to_owned(), words.iter().find(|word| **word == field(form, key)).map(|word| (*word).to_owned())));
    prefer(call, seen, chosen.collect()).await?;
    Ok("Your screen is as you chose")
}

/// Keeps preferences of a person; none puts back what comes. What else the person chose, on other pages, stays.
pub(super) async fn prefer(call: &Call, seen: &Seen, chosen: Vec<(String, Option<String>)>) -> Result<()> {
    let person = seen.view.person;
    let set = call.app.db.write(move |tx| {
        let mut all = account::by_person(tx, person)?.map(|it| it.preferences).unwrap_or_default();
        for (key, value) in &chosen {
            match value {
                Some(value) => drop(all.insert(key.clone(), value.as_str().into())),
                None => drop(all.shift_remove(key)),
            }
        }
        account::set_preferences(tx, person, &all)?;
        who::touch(tx)
    });
    set.await
}

/// Zone and manner of dates and numbers.
pub(super) async fn writing(call: &Call, seen: &Seen, form: &Form) -> Result<&'static str> {
    zone(call, form).await?;
    let manner = ui::manner::find(field(form, "manner")).key;
    prefer(call, seen, vec![("manner".into(), (manner != ui::manner::ALL[0].key).then(|| manner.to_owned()))]).await?;
    Ok("Dates and numbers are written as you chose")
}

/// Keys in place of those that come.
pub(super) async fn keys(call: &Call, seen: &Seen, form: &Form) -> Result<&'static str> {
    let own = keys::wanted(call, seen, form).map_err(Error::Invalid)?;
    let written = (!own.is_plain()).then(|| own.written());
    prefer(call, seen, vec![("key_map".into(), written)]).await?;
    Ok("Your keys are as you chose")
}

/// Acts in another organisation, one of those the person belongs to; its name.
pub(super) async fn organisation(call: &Call, seen: &Seen, form: &Form) -> Result<String> {
    let wanted = field(form, "organisation").parse::<i64>().map_err(|_| Error::NotFound)?;
    let (_, name) = seen.organisations.iter().find(|(id, _)| *id == wanted).cloned().ok_or(Error::NotFound)?;
    let digest = call.session().digest().to_owned();
    call.app.db.write(move |tx| session::act_in(tx, &digest, wanted)).await?;
    Ok(name)
}

/// Which sorts of notice one gets; those that are not ticked are turned off.
pub(super) async fn notifications(call: &Call, seen: &Seen, form: &Form) -> Result<&'static str> {
    let chosen = notice::kinds(&call.app.house).map(|kind| {
        let name = notice::preference(kind);
        let off = (field(form, &name) != "true").then(|| "off".to_owned());
        (name, off)
    });
    prefer(call, seen, chosen.collect()).await?;
    Ok("You are told what you chose")
}

pub(super) async fn plain_keys(call: &Call, seen: &Seen) -> Result<&'static str> {
    prefer(call, seen, vec![("key_map".into(), None)]).await?;
    Ok("The keys are as they come")
}

/// The zone stands with the person, so this is a change of their record like any other; everybody may make it of their own.
async fn zone(call: &Call, form: &Form) -> Result<()> {
    let zone = field(form, "zone").trim().to_owned();
    if TimeZone::get(&zone).is_err() {
        return Err(Error::invalid("zone", "There is no such time zone. Write one like Europe/Copenhagen."));
    }
    let deed = move |act: &mut Act, _: &Arc<Seen>| {
        let people = act.house.register("people").ok_or(Error::NotFound)?;
        let record = register::by_id_unguarded(act.tx, act.house, people, act.view.person)?.ok_or(Error::Nobody)?;
        let mut records = [record];
        register::fill_many(act.tx, &mut records)?;
        let [record] = records;
        let mut draft = Draft::of(record);
        if draft.text("zone") == zone {
            return Ok(());
        }
        draft.set("zone", zone.as_str());
        register::save(act, draft, "edit", Map::new()).map(drop)
    };
    call.app.write::<_, Error>(&call.session(), deed).await
}

pub(super) async fn password(call: &Call, seen: &Seen, form: &Form) -> Result<&'static str> {
    let (person, now) = (seen.view.person, call.app.now());
    let account = call.app.db.read(move |tx| account::by_person(tx, person)).await?.ok_or(Error::NotFound)?;
    call.app.account_limit.take(&account.email, now)?;
    if account.password.is_some() && !call.app.hashing.matches(field(form, "present").to_owned(), account.password).await? {
        return Err(Error::invalid("present", "This is not your present password. Nothing was changed."));
    }
    let wanted = field(form, "password").to_owned();
    if let Some(why) = password::refusal(&wanted, &account.email) {
        return Err(Error::invalid("password", why));
    }
    let hash = call.app.hashing.hash(wanted).await?;
    let kept = call.session().digest().to_owned();
    let set = call.app.db.write(move |tx| {
        account::set_password(tx, person, &hash)?;
        session::end_others(tx, person, &kept, now)
    });
    set.await?;
    Ok("Your password was changed, and your other sessions ended")
}

pub(super) async fn end_session(call: &Call, seen: &Seen, form: &Form) -> Result<&'static str> {
    let (person, digest, now) = (seen.view.person, field(form, "session").to_owned(), call.app.now());
    call.app.db.write(move |tx| session::end(tx, person, &digest, now)).await?;
    Ok("The session was ended")
}

pub(super) async fn end_others(call: &Call, seen: &Seen) -> Result<&'static str> {
    let (person, kept, now) = (seen.view.person, call.session().digest().to_owned(), call.app.now());
    call.app.db.write(move |tx| session::end_others(tx, person, &kept, now)).await?;
    Ok("Your other sessions were ended")
}

/// The secret, which is shown once.
pub(super) async fn create_token(call: &Call, seen: &Seen, form: &Form) -> Result<String> {
    let (person, name) = (seen.view.person, field(form, "name").to_owned());
    let scopes: Vec<String> = field(form, "scopes").split([' ', ',', '\n', '\r']).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    let expires = match field(form, "expires").trim() {
        "" => call.app.now() + TOKEN_LIFE,
        day => time::end_of_day(day, &seen.view.zone).ok_or_else(|| Error::invalid("expires", "This must be a day, like 2027-06-30."))?,
    };
    let house = Arc::clone(&call.app.house);
    let made = call.app.db.write(move |tx| {
        let open = tx.one("select count(*) from api_token where person = ?1 and ended_at is null", &[Value::Int(person)])?.int(0)?;
        if open >= 100 {
            return Err(Error::invalid("name", "You have 100 tokens already. End one first."));
        }
        token::create(tx, &house, &token::NewToken { person, name: &name, scopes: &scopes, expires_at: Some(expires) })
    });
    made.await
}

pub(super) async fn end_token(call: &Call, seen: &Seen, id: &str) -> Result<&'static str> {
    let (person, now) = (seen.view.person, call.app.now());
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    if !call.app.db.write(move |tx| token::end(tx, person, id, now)).await? {
        return Err(Error::NotFound);
    }
    Ok("The token was ended; whatever used it is refused from now on")
}
