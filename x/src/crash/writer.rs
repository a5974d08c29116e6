//! The clients: each writes as fast as it is answered, and remembers what it was promised.

use super::CLIENTS;
use crate::Done;
use crate::chance::Chance;
use crate::http::Client;
use crate::server::Server;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// Replies that each incident gets before the client opens another.
const REPLIES: u64 = 4;

/// A write: where to, under which key, with what body, and the one word in it that occurs nowhere else.
#[derive(Clone)]
pub struct Write {
    /// The path it was posted to.
    pub path: String,
    /// Its idempotency key, which is also the word.
    pub word: String,
    /// The JSON.
    pub body: Value,
    /// The incident it belongs to; empty for an incident that is yet to get its reference.
    pub reference: String,
}

/// What was promised in a round, and what was sent without an answer.
#[derive(Default)]
pub struct Written {
    /// Incidents, acknowledged.
    pub incidents: Vec<Write>,
    /// Replies, acknowledged.
    pub replies: Vec<Write>,
    /// Writes whose answer never came: each may be there or not, but not half.
    pub unanswered: Vec<Write>,
}

impl Written {
    /// Adds another round's acknowledged writes; its unanswered ones have been settled.
    pub fn add(&mut self, other: Written) {
        self.incidents.extend(other.incidents);
        self.replies.extend(other.replies);
    }

    /// At most `size` of each kind, by chance.
    pub fn sample(&self, size: usize, chance: &mut Chance) -> Written {
        let mut some = |all: &[Write]| -> Vec<Write> {
            let rate = (all.len() / size).max(1) as u64;
            all.iter().filter(|_| chance.below(rate) == 0).take(size).cloned().collect()
        };
        Written { incidents: some(&self.incidents), replies: some(&self.replies), unanswered: Vec::new() }
    }
}

/// Lets all clients write, kills the server after `moment`, and gathers what they remember.
/// Fails when the server refuses a write, ends by itself, or acknowledges nothing.
pub fn write_until_killed(mut server: Server, token: &str, round: u64, moment: Duration) -> Done<Written> {
    let (to, killed) = (server.at, AtomicBool::new(false));
    let told: Vec<Done<Written>> = thread::scope(|scope| {
        let killed = &killed;
        let clients: Vec<_> = (0..CLIENTS).map(|number| scope.spawn(move || client(to, token, round, number, killed))).collect();
        thread::sleep(moment);
        let alive = server.alive();
        killed.store(true, Ordering::SeqCst);
        let words = server.words();
        server.kill();
        let mut told: Vec<_> = clients.into_iter().map(|one| one.join().unwrap_or_else(|_| Err("a client panicked".into()))).collect();
        if !alive {
            told.push(Err(format!("the server ended by itself:\n{words}")));
        }
        told
    });
    let mut all = Written::default();
    for one in told {
        let one = one?;
        all.unanswered.extend(one.unanswered.iter().cloned());
        all.add(one);
    }
    if all.incidents.is_empty() { Err("nothing was acknowledged before the kill".into()) } else { Ok(all) }
}

fn client(to: SocketAddr, token: &str, round: u64, number: usize, killed: &AtomicBool) -> Done<Written> {
    let (mut http, mut written) = (Client::new(to, token), Written::default());
    for turn in 0.. {
        let about = incident(format!("crashr{round}c{number}n{turn}z"));
        let Some(about) = attempt(&mut http, about, &mut written, killed)? else {
            break;
        };
        for count in 0..REPLIES {
            let said = reply(&about, count);
            if attempt(&mut http, said, &mut written, killed)?.is_none() {
                return Ok(written);
            }
        }
    }
    Ok(written)
}

/// The word ends in a letter, so that none is the beginning of another: a search may match beginnings.
fn incident(word: String) -> Write {
    let body = json!({"summary": format!("Printer {word} is on fire"), "description": format!("Seen by {word}")});
    Write { path: "/api/v1/incidents".into(), body, word, reference: String::new() }
}

fn reply(about: &Write, count: u64) -> Write {
    let word = format!("{}r{count}", about.word);
    let path = format!("/api/v1/incidents/{}/reply", about.reference);
    Write { path, body: json!({"text": format!("We are looking at {word}")}), word, reference: about.reference.clone() }
}

/// Sends one write and files it; `None` when the server is gone.
fn attempt(http: &mut Client, mut write: Write, written: &mut Written, killed: &AtomicBool) -> Done<Option<Write>> {
    let answer = loop {
        match http.post(&write.path, &write.word, &write.body) {
            // Told to come back: not acknowledged, and not wrong either.
            Ok(answer) if matches!(answer.status, 429 | 503) && !killed.load(Ordering::SeqCst) => thread::sleep(Duration::from_millis(20)),
            Ok(answer) => break answer,
            Err(_) => {
                written.unanswered.push(write);
                return Ok(None);
            }
        }
    };
    if matches!(answer.status, 429 | 503) {
        return Ok(None);
    }
    if !answer.good() {
        return Err(format!("POST {} was answered {}: {}", write.path, answer.status, answer.text()));
    }
    if write.reference.is_empty() {
        let named = answer.json()["reference"].as_str().map(str::to_owned);
        write.reference = named.ok_or_else(|| format!("a created incident came without a reference: {}", answer.text()))?;
        written.incidents.push(write.clone());
    } else {
        written.replies.push(write.clone());
    }
    Ok(Some(write))
}
