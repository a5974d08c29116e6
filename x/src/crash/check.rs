//! After the restart: every acknowledged write is there whole, every other one is there once or not at all.

use super::writer::{Write, Written};
use crate::Done;
use crate::http::{Answer, Client};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::thread;

/// Clients that ask at the same time.
const READERS: usize = 4;

/// Journals are read in pages of this many entries.
const PAGE: usize = 200;

/// Every acknowledged incident has its data, and its replies are each in its journal, once.
pub fn everything(to: SocketAddr, token: &str, written: &Written) -> Done {
    let mut replies: BTreeMap<&str, Vec<&Write>> = BTreeMap::new();
    written.replies.iter().for_each(|reply| replies.entry(&reply.reference).or_default().push(reply));
    let incidents: Vec<&Write> = written.incidents.iter().collect();
    let references: Vec<_> = replies.into_iter().collect();
    each(&incidents, |http, incident| there(http, incident), to, token)?;
    each(&references, |http, (reference, said)| told(http, reference, said), to, token)
}

/// Sends each unanswered write again under its key: it must be taken, and then be there exactly once.
pub fn unanswered(to: SocketAddr, token: &str, written: &Written) -> Done {
    let writes: Vec<&Write> = written.unanswered.iter().collect();
    each(&writes, |http, write| settled(http, write), to, token)
}

fn each<T: Sync>(all: &[T], look: impl Fn(&mut Client, &T) -> Done + Sync, to: SocketAddr, token: &str) -> Done {
    let share = all.len().div_ceil(READERS).max(1);
    thread::scope(|scope| {
        let look = &look;
        let readers: Vec<_> = all
            .chunks(share)
            .map(|part| {
                scope.spawn(move || {
                    let mut http = Client::new(to, token);
                    part.iter().try_for_each(|one| look(&mut http, one))
                })
            })
            .collect();
        readers.into_iter().try_for_each(|one| one.join().unwrap_or_else(|_| Err("a reader panicked".into())))
    })
}

fn there(http: &mut Client, incident: &Write) -> Done {
    let record = get(http, &format!("/api/v1/incidents/{}", incident.reference))?.json();
    for field in ["summary", "description"] {
        if record[field] != incident.body[field] {
            return Err(format!("{}: {field} is {}, but {} was acknowledged", incident.reference, record[field], incident.body[field]));
        }
    }
    Ok(())
}

fn told(http: &mut Client, reference: &str, said: &[&Write]) -> Done {
    let entries = journal(http, reference)?;
    said.iter().try_for_each(|reply| once(&entries, reply))
}

fn settled(http: &mut Client, write: &Write) -> Done {
    let answer = http.post(&write.path, &write.word, &write.body).map_err(|error| format!("{}: {error}", write.path))?;
    if !answer.good() {
        return Err(format!("{} sent again under its key was answered {}: {}", write.path, answer.status, answer.text()));
    }
    if !write.reference.is_empty() {
        return once(&journal(http, &write.reference)?, write);
    }
    let found = get(http, &format!("/api/v1/incidents?q={}", write.word))?.json();
    let found = found["items"].as_array().map_or(0, Vec::len);
    if found == 1 { Ok(()) } else { Err(format!("{} was sent twice under one key and is there {found} times", write.word)) }
}

/// Exactly one entry tells of the reply, however often it repeats the text within itself.
fn once(entries: &[String], reply: &Write) -> Done {
    let (reference, ending) = (&reply.reference, format!("{}\"", reply.word));
    match entries.iter().filter(|entry| entry.contains(&ending)).count() {
        0 => Err(format!("{reference}: the acknowledged reply {} is not in its journal", reply.word)),
        1 => Ok(()),
        times => Err(format!("{reference}: {times} journal entries tell of the reply {}", reply.word)),
    }
}

fn journal(http: &mut Client, reference: &str) -> Done<Vec<String>> {
    let page = get(http, &format!("/api/v1/incidents/{reference}/journal?limit={PAGE}"))?.json();
    let entries = page["items"].as_array().ok_or_else(|| format!("{reference}: its journal has no items: {page}"))?;
    if entries.is_empty() {
        return Err(format!("{reference}: its journal is empty, not even its creation is there"));
    }
    Ok(entries.iter().map(ToString::to_string).collect())
}

fn get(http: &mut Client, path: &str) -> Done<Answer> {
    let answer = http.get(path).map_err(|error| format!("GET {path}: {error}"))?;
    if answer.good() { Ok(answer) } else { Err(format!("GET {path} was answered {}: {}", answer.status, answer.text())) }
}
