//! Presence across nodes: on PostgreSQL each node writes one row with who is on its pages, and reads those of the others.

use crate::App;
use db::{Engine, Tx, Value};
use kernel::Result;
use kernel::live::{Presence, Told};
use std::sync::Arc;

/// How often a node repeats itself though nothing changed, in milliseconds; others believe it for thrice as long.
const REPEATS: i64 = 20_000;
/// How long the row of a node that fell silent stays, in milliseconds.
const SILENT: i64 = 3_600_000;
/// Most nodes that are read.
const MOST: i64 = 64;

/// This node, as others know it.
pub(super) struct Node {
    name: String,
    said: Told,
    said_at: i64,
    alone: bool,
}

impl Node {
    pub(super) fn new(app: &App) -> Node {
        let name = format!("{:x}", app.house.new_id());
        Node { name, said: Told::default(), said_at: 0, alone: app.db.engine() == Engine::Sqlite }
    }

    /// Whether others still believe that somebody is here.
    pub(super) fn owes(&self) -> bool {
        !self.alone && !self.said.is_empty()
    }

    /// Takes back what was said, as this node stops: nobody is on its pages any more.
    pub(super) async fn leave(self, app: &Arc<App>) {
        if self.owes() {
            let (name, now) = (self.name, app.now());
            let gone = app.db.write(move |tx| say(tx, &name, "[]", now));
            if let Err(error) = gone.await {
                tracing::warn!(%error, "other nodes are not told that this one stops; they forget its people within a minute");
            }
        }
    }

    /// Says what changed here and hears what others say. A program on SQLite is alone.
    pub(super) async fn exchange(&mut self, app: &Arc<App>, presence: &Presence) -> Result<()> {
        if self.alone {
            return Ok(());
        }
        let (own, now) = (presence.told(), app.now());
        if own != self.said || (!own.is_empty() && now - self.said_at >= REPEATS) {
            let (name, text) = (self.name.clone(), serde_json::to_string(&own).unwrap_or_default());
            app.db.write(move |tx| say(tx, &name, &text, now)).await?;
            (self.said, self.said_at) = (own, now);
        }
        let name = self.name.clone();
        for (node, said) in app.db.read(move |tx| others(tx, &name, now)).await? {
            presence.hear(&node, serde_json::from_str(&said).unwrap_or_default(), now);
        }
        Ok(())
    }
}

fn say(tx: &mut Tx, node: &str, text: &str, now: i64) -> Result<()> {
    let sql = "insert into presence (node, people, at) values (?1, ?2, ?3) \
        on conflict (node) do update set people = excluded.people, at = excluded.at";
    tx.run(sql, &[Value::from(node), Value::from(text), Value::Int(now)])?;
    tx.run("delete from presence where at < ?1", &[Value::Int(now - SILENT)])?;
    Ok(())
}

fn others(tx: &mut Tx, node: &str, now: i64) -> Result<Vec<(String, String)>> {
    let sql = "select node, people from presence where node <> ?1 and at > ?2 order by node limit ?3";
    let rows = tx.all(sql, &[Value::from(node), Value::Int(now - 3 * REPEATS), Value::Int(MOST)])?;
    rows.iter().map(|row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()))).collect()
}
