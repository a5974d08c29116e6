//! The data measured against: a million tickets with words that come as often as words do, made once and kept.

use anyhow::Result;
use db::{Database, Engine, Options, Source, Value};
use kernel::describe::Register;
use kernel::journal::{self, Content, NewEntry};
use kernel::register::{Cell, Record, insert_row};
use kernel::search::{self, Document};
use kernel::time::Clock;
use kernel::who::{Means, View, session};
use kernel::{Act, House, id};
use reeve::command::init;
use std::sync::Arc;
use std::time::Instant;

/// What the measurements need to know of the data.
#[derive(Clone)]
pub struct Data {
    /// Token of an agent.
    pub token: String,
    /// `name=value` of an agent's session.
    pub cookie: String,
    /// How many tickets there are.
    pub tickets: u64,
    /// References of tickets that are not done yet.
    pub open: Vec<String>,
}

/// Words to search for, of several frequencies.
pub const WORDS: &[&str] = &["wa", "woro", "zuna", "kelimo", "printer"];

/// A small generator, so that every run makes the same data (PCG's multiplier).
pub struct Chance(pub u64);

impl Chance {
    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n.max(1)
    }
    /// A rank: small ones often, great ones seldom, as words are (Zipf).
    fn rank(&mut self, n: u64) -> u64 {
        let share = (self.below(1 << 24) as f64 + 1.0) / (1 << 24) as f64;
        ((n as f64).powf(share) - 1.0) as u64
    }
    /// So many words, which come as often as words do.
    pub fn text(&mut self, words: usize) -> String {
        let mut text = String::new();
        for at in 0..words {
            if at > 0 {
                text.push(' ');
            }
            word(self.rank(30_000), &mut text);
        }
        text
    }
}

/// The word of a rank: syllables.
fn word(mut rank: u64, text: &mut String) {
    const SYLLABLES: [&str; 20] =
        ["wa", "ro", "zu", "ke", "li", "mo", "na", "pe", "ti", "sa", "gu", "ho", "di", "fe", "ba", "cu", "jo", "va", "xi", "ny"];
    loop {
        text.push_str(SYLLABLES[(rank % 20) as usize]);
        rank /= 20;
        if rank == 0 {
            return;
        }
    }
}

/// Opens the data, making what is missing, and closes it again so that the server can have it.
pub fn prepare(source: &Source, tickets: u64) -> Result<Data> {
    let db = Database::open(source, Options::default())?;
    let house = House::new(&reeve::practices::all(), Clock::System, u64::from_be_bytes(id::random()));
    reeve::open::stand_up(&db, &house)?;
    let people = people(&db, &house)?;
    fill(&db, &house, &people, tickets)?;
    graph(&db, &house, people.organisation)?;
    let now = house.clock.now();
    let person = people.people[0];
    let organisation = people.organisation;
    let cookie = db.write_wait(move |tx| {
        session::start(
            tx,
            &session::NewSession { person, organisation, agent: "bench", address: "127.0.0.1", now, expires_at: now + 86_400_000 },
        )
    })?;
    let token = init::token(&db, &house, person, "bench", &[], None)?;
    journal::seal_all(&db, &house)?;
    db.write_wait(|tx| {
        tx.set_statement_time(None)?;
        tx.script("analyze")
    })?;
    let open = open(&db)?;
    db.close();
    Ok(Data { token, cookie: format!("reeve_session={cookie}"), tickets, open })
}

/// References of tickets that can be replied to.
fn open(db: &Database) -> Result<Vec<String>> {
    let sql = "select reference from ticket where active = 1 order by updated_at, id limit 20000";
    let rows = db.read_wait(move |tx| Ok::<_, kernel::Error>(tx.all(sql, &[])?))?;
    rows.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

#[derive(Clone)]
struct People {
    organisation: i64,
    people: Vec<i64>,
    teams: Vec<i64>,
}

fn people(db: &Database, house: &Arc<House>) -> Result<People> {
    let known = db.read_wait(|tx| {
        let ids = |tx: &mut db::Tx, sql: &str| tx.all(sql, &[])?.iter().map(|row| row.int(0)).collect::<db::Result<Vec<i64>>>();
        Ok::<_, kernel::Error>((
            ids(tx, "select id from organisation order by id limit 1")?,
            ids(tx, "select id from person order by id limit 1000")?,
            ids(tx, "select id from team order by id limit 100")?,
        ))
    })?;
    if let (Some(organisation), false, false) = (known.0.first(), known.1.is_empty(), known.2.is_empty()) {
        return Ok(People { organisation: *organisation, people: known.1, teams: known.2 });
    }
    let organisation = init::organisation(db, house, "Bench", None)?;
    let teams = records(db, house, organisation, "teams", 20, |record, at| put(record, "name", format!("Team {at}")))?;
    let mut people = vec![init::person(db, house, organisation, "agent@example.org", "Agent", "administrator", None)?];
    people.extend(records(db, house, organisation, "people", 500, |record, at| {
        put(record, "name", format!("Person {at}"));
    })?);
    Ok(People { organisation, people, teams })
}

fn put(record: &mut Record, key: &str, value: impl Into<Cell>) {
    if let Some(place) = record.shape.place(key) {
        record.cells[place] = value.into();
    }
}

/// Rows of a plain register, straight into its table.
fn records(
    db: &Database,
    house: &Arc<House>,
    organisation: i64,
    kind: &'static str,
    count: usize,
    fill: impl Fn(&mut Record, usize) + Send + Clone + 'static,
) -> Result<Vec<i64>> {
    let register = house.register(kind).ok_or(kernel::Error::NotFound)?;
    let mut ids = Vec::new();
    for from in (0..count).step_by(500) {
        let (house, fill) = (Arc::clone(house), fill.clone());
        ids.extend(db.write_wait(move |tx| {
            let mut made = Vec::new();
            for at in from..count.min(from + 500) {
                let mut record = blank(&house, register, organisation, house.clock.now());
                record.reference = format!("{}-{}", register.prefix, tx.next_number(&register.prefix.to_ascii_lowercase())?);
                fill(&mut record, at);
                insert_row(tx, &record)?;
                made.push(record.id);
            }
            Ok::<_, kernel::Error>(made)
        })?);
    }
    Ok(ids)
}

fn blank(house: &House, register: &'static Register, organisation: i64, at: i64) -> Record {
    let shape = house.shape(register);
    Record {
        id: house.ids.next(at),
        reference: String::new(),
        organisation,
        state: register.first_state().to_owned(),
        version: 1,
        created_at: at,
        updated_at: at,
        retired_at: None,
        cells: shape.fields.iter().map(|_| Cell::Null).collect(),
        shape,
    }
}

const CHUNK: u64 = 2_000;
/// The tickets spread over this many milliseconds before now.
const SPREAD: i64 = 2 * 365 * 24 * 3_600_000;

fn fill(db: &Database, house: &Arc<House>, people: &People, tickets: u64) -> Result<()> {
    let have = db.read_wait(|tx| Ok::<_, kernel::Error>(tx.one("select count(*) from ticket", &[])?.int(0)?))? as u64;
    if have >= tickets {
        return Ok(());
    }
    let register = house.register("incidents").ok_or(kernel::Error::NotFound)?;
    // PostgreSQL makes its index of words in a minute once they are there, and in half an hour while they come.
    let with_words = |sql: &'static str| match db.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => db.write_wait(move |tx| {
            tx.set_statement_time(None)?;
            tx.script(sql)
        }),
    };
    with_words("drop index if exists words_words")?;
    let (begin, now) = (Instant::now(), house.clock.now());
    let mut from = have;
    while from < tickets {
        let (house, people) = (Arc::clone(house), people.clone());
        let until = tickets.min(from + CHUNK);
        db.write_wait(move |tx| {
            let view = View::unguarded_house_itself(&house, people.organisation, Means::Import("bench".into()));
            let mut act = Act::new(tx, &view, &house);
            for number in from..until {
                let opened = now - SPREAD + (number as i64 * (SPREAD / tickets as i64));
                ticket(&mut act, register, &people, number, opened)?;
            }
            Ok::<_, kernel::Error>(())
        })?;
        from = until;
        if from.is_multiple_of(100_000) {
            eprintln!("bench: {from} of {tickets} tickets, {:.0}/s", (from - have) as f64 / begin.elapsed().as_secs_f64());
        }
    }
    with_words("create index words_words on words using gin (words)")?;
    Ok(())
}

fn ticket(act: &mut Act, register: &'static Register, people: &People, number: u64, opened: i64) -> kernel::Result<()> {
    let mut chance = Chance(number ^ 0x9E37_79B9);
    let one = |chance: &mut Chance, of: &[i64]| of[chance.below(of.len() as u64) as usize];
    let open = chance.below(100) < 3;
    let resolved = opened + 3_600_000 * (1 + chance.below(72) as i64);
    let mut record = blank(act.house, register, people.organisation, opened);
    record.reference = format!("INC-{}", act.tx.next_number("inc")?);
    record.state = if open { ["new", "assigned", "in_progress", "pending"][chance.below(4) as usize] } else { "closed" }.into();
    record.updated_at = if open { opened } else { resolved };
    let (summary, description) = (chance.text(8), chance.text(40));
    put(&mut record, "summary", summary.as_str());
    put(&mut record, "description", description.as_str());
    for key in ["impact", "urgency"] {
        put(&mut record, key, 1 + chance.below(3) as i64);
    }
    put(&mut record, "priority", 1 + chance.below(4) as i64);
    put(&mut record, "requester", one(&mut chance, &people.people));
    put(&mut record, "team", one(&mut chance, &people.teams));
    put(&mut record, "assignee", one(&mut chance, &people.people));
    put(&mut record, "opened_at", opened);
    put(&mut record, "active", open);
    for key in ["reassignment_count", "reopen_count", "update_count"] {
        put(&mut record, key, chance.below(4) as i64);
    }
    if !open {
        put(&mut record, "resolved_at", resolved);
        put(&mut record, "closed_at", resolved);
        put(&mut record, "made_sla", chance.below(10) > 0);
    }
    insert_row(act.tx, &record)?;
    let text = format!("{} {summary} {description}", record.reference);
    let (id, organisation) = (record.id, record.organisation);
    search::index(
        act.tx,
        &Document { id, register: register.key, record: id, organisation, internal: false, text: &text, replaces: false },
    )?;
    let mut content = Content::default();
    content.change("summary", &Cell::Null, &Cell::from(summary));
    journal::write(
        act,
        &NewEntry { register: register.key, record: id, organisation, verb: "create", at: opened, actor: None, content: &content },
    )
}

/// 10,000 items and 50,000 relations below the first service, in layers, with cycles.
fn graph(db: &Database, house: &Arc<House>, organisation: i64) -> Result<()> {
    const ITEMS: usize = 10_000;
    const EDGES: u64 = 50_000;
    let there =
        db.read_wait(|tx| Ok::<_, kernel::Error>(tx.one("select count(*) from relation where reference is not null", &[])?.int(0)?))?;
    if there >= EDGES as i64 {
        return Ok(());
    }
    let mut nodes = records(db, house, organisation, "services", 1, |record, at| put(record, "name", format!("Service {at}")))?;
    nodes.extend(records(db, house, organisation, "configuration-items", ITEMS - 1, |record, at| {
        put(record, "name", format!("Item {at}"))
    })?);
    let mut chance = Chance(7);
    let pairs: Vec<(usize, usize)> = (0..EDGES as usize)
        .map(|edge| {
            let to = if edge < ITEMS - 1 { edge + 1 } else { 1 + chance.below(ITEMS as u64 - 1) as usize };
            let from = if edge < ITEMS - 1 { to / 8 } else { chance.below(ITEMS as u64) as usize };
            (from, if from == to { (to + 1) % ITEMS } else { to })
        })
        .collect();
    for part in pairs.chunks(1_000) {
        let (part, nodes, house) = (part.to_vec(), nodes.clone(), Arc::clone(house));
        db.write_wait(move |tx| {
            for (from, to) in &part {
                let now = house.clock.now();
                let kind = |node: usize| if node == 0 { "services" } else { "configuration-items" };
                let reference = format!("REL-{}", tx.next_number("rel")?);
                let args = [
                    Value::Int(house.new_id()),
                    Value::Text(reference),
                    Value::Int(organisation),
                    Value::Int(now),
                    Value::from(kind(*from)),
                    Value::Int(nodes[*from]),
                    Value::from(kind(*to)),
                    Value::Int(nodes[*to]),
                ];
                let sql = "insert into relation (id, reference, organisation, state, version, created_at, updated_at, edge, kind, \
                           source_kind, source, target_kind, target, valid_from, name) \
                           values (?1, ?2, ?3, '', 1, ?4, ?4, 'graph', 'depends_on', ?5, ?6, ?7, ?8, ?4, 'depends on')";
                tx.run(sql, &args)?;
            }
            Ok::<_, kernel::Error>(())
        })?;
    }
    Ok(())
}
