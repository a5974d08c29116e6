//! The measurements, in order.

use crate::Args;
use crate::client::{Client, Load, load};
use crate::data::{self, Chance, Data, WORDS};
use crate::figure::{Better, Figure};
use crate::limits;
use crate::process::Server;
use anyhow::{Context, Result};
use db::Source;
use std::time::Instant;

/// Budgets of one engine.
struct Budgets {
    create: f64,
    reply: Option<f64>,
    queue: Option<f64>,
    ticket: f64,
    cpu: bool,
}

const SQLITE: Budgets = Budgets { create: 3_000.0, reply: Some(3_500.0), queue: Some(3_000.0), ticket: 5_000.0, cpu: true };
const POSTGRES: Budgets = Budgets { create: 1_500.0, reply: None, queue: None, ticket: 2_000.0, cpu: false };

struct Bench<'a> {
    args: &'a Args,
    data: Data,
    server: Server,
    plain: f64,
    budgets: Budgets,
    figures: Vec<Figure>,
}

/// Where the data is, and the words that tell the server so.
pub fn place(args: &Args) -> Result<(Source, Vec<String>)> {
    std::fs::create_dir_all(&args.folder)?;
    if let Some(url) = &args.database {
        let words = vec!["--database".into(), url.clone(), "--data".into(), args.folder.display().to_string()];
        return Ok((Source::Postgres(url.clone()), words));
    }
    let folder = args.folder.join(format!("tickets-{}", args.tickets));
    std::fs::create_dir_all(&folder)?;
    Ok((Source::Sqlite(reeve::open::database_file(&folder)), vec!["--data".into(), folder.display().to_string()]))
}

/// Measures everything that was asked for.
pub fn run(args: &Args) -> Result<Vec<Figure>> {
    let (source, place) = place(args)?;
    let budgets = if args.database.is_some() { POSTGRES } else { SQLITE };
    let data = data::prepare(&source, args.tickets).context("the data could not be made")?;
    let fsyncs = limits::fsyncs(&args.folder, 1.0)?;
    let probe = match &source {
        Source::Sqlite(_) => Source::Sqlite(args.folder.join("probe.sqlite")),
        other => other.clone(),
    };
    let inserts = limits::inserts(&probe, 32, 2.0)?;
    let server = Server::start(&args.binary, &place)?;
    let mut bench = Bench { args, data, server, plain: 0.0, budgets, figures: Vec::new() };
    bench.resting()?;
    bench.plain = bench.asks(16, bench.args.seconds, &|_, _| get("/healthz", ""))?.rate;
    bench.writes(fsyncs, inserts)?;
    bench.pages()?;
    bench.searches()?;
    bench.once()?;
    bench.memory_under_load();
    Ok(bench.figures)
}

fn get(path: &str, cookie: &str) -> Vec<u8> {
    let cookie = if cookie.is_empty() { String::new() } else { format!("Cookie: {cookie}\r\n") };
    format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{cookie}\r\n").into_bytes()
}

/// What somebody writes: words that come as often as those of the tickets that are there.
fn said(client: usize, at: usize, words: usize) -> String {
    Chance((client as u64) << 32 | at as u64).text(words)
}

fn post(path: &str, token: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

impl Bench<'_> {
    fn wanted(&self, name: &str) -> bool {
        self.args.only.as_ref().is_none_or(|only| name.contains(only.as_str()))
    }

    fn note(&mut self, name: &str, value: f64, unit: &'static str, limit: (f64, &str), budget: Option<f64>, better: Better) {
        self.figures.push(Figure { name: name.into(), value, unit, limit: limit.0, limit_name: limit.1.into(), budget, better });
    }

    fn asks(&self, clients: usize, seconds: f64, request: &(dyn Fn(usize, usize) -> Vec<u8> + Sync)) -> Result<Load> {
        load(&self.server.address, clients, seconds, &[200, 201], request)
    }

    /// A load with its rate, p99 and the server's processor time each, after a while of the same that is not counted.
    fn measure(
        &mut self,
        name: &str,
        clients: usize,
        limit: (f64, &str),
        want: Wants,
        request: &(dyn Fn(usize, usize) -> Vec<u8> + Sync),
    ) -> Result<()> {
        if !self.wanted(name) {
            return Ok(());
        }
        // Neither the server nor its database has just been started when people work; other records than those measured are asked for.
        self.asks(clients, WARMING, &|client, at| request(client, at + ELSEWHERE)).with_context(|| format!("warming up for {name}"))?;
        let (cpu, statements) = (self.server.cpu(), self.server.statements()?);
        let load = self.asks(clients, self.args.seconds, request).with_context(|| format!("measuring {name}"))?;
        let answers = load.times.len().max(1) as f64;
        let each = (self.server.cpu() - cpu) * 1000.0 / answers;
        let statements = (self.server.statements()? - statements) / answers;
        self.note(name, load.rate, "1/s", limit, want.rate, Better::More);
        self.note(&format!("{name}, p50"), load.quantile(0.5), "ms", (1000.0 / limit.0, "1/limit"), want.p50, Better::Less);
        self.note(&format!("{name}, p99"), load.quantile(0.99), "ms", (1000.0 / limit.0, "1/limit"), want.p99, Better::Less);
        let cpu = want.cpu.filter(|_| self.budgets.cpu);
        self.note(&format!("{name}, server CPU each"), each, "ms", (2000.0 / limit.0, "2 cores/limit"), cpu, Better::Less);
        self.note(&format!("{name}, statements each"), statements, "", (0.0, "none"), None, Better::Less);
        Ok(())
    }

    fn resting(&mut self) -> Result<()> {
        self.note("start to ready", self.server.ready_after, "s", (0.0, "none"), Some(0.3), Better::Less);
        std::thread::sleep(std::time::Duration::from_secs(2));
        let memory = self.server.memory();
        self.note("memory, idle", memory, "MiB", (0.0, "none"), Some(40.0), Better::Less);
        Ok(())
    }

    fn writes(&mut self, fsyncs: f64, inserts: f64) -> Result<()> {
        self.note("fsync of one block", fsyncs, "1/s", (fsyncs, "fsync"), None, Better::More);
        let token = self.data.token.clone();
        let body = |client: usize, at: usize| {
            let (summary, description) = (said(client, at, 6), said(at, client, 6));
            format!(r#"{{"summary":"{summary} printer","description":"{description}","impact":2,"urgency":2}}"#)
        };
        let want = Wants { rate: Some(self.budgets.create), p99: Some(50.0), cpu: Some(0.30), p50: None };
        self.measure("create, 32 clients", 32, (inserts, "bare insert"), want, &|client, at| {
            post("/api/v1/incidents", &token, &body(client, at))
        })?;
        let open = self.data.open.clone();
        let want = Wants { rate: self.budgets.reply, p99: None, cpu: Some(0.18), p50: None };
        self.measure("reply, 32 clients", 32, (inserts, "bare insert"), want, &|client, at| {
            let reference = &open[spread(client, at, open.len() as u64) as usize - 1];
            post(&format!("/api/v1/incidents/{reference}/reply"), &token, &format!(r#"{{"text":"{}"}}"#, said(client, at, 10)))
        })
    }

    fn pages(&mut self) -> Result<()> {
        let cookie = self.data.cookie.clone();
        let plain = (self.plain, "page without database");
        let want = || Wants { rate: self.budgets.queue, p99: self.budgets.queue.map(|_| 15.0), cpu: Some(0.74), p50: None };
        let first = want();
        let deep = want();
        self.measure("queue page, 16 clients", 16, plain, first, &|_, _| get("/queue", &cookie))?;
        if let Some(path) = self.deep()? {
            self.measure("queue page 900,000 rows deep, 16 clients", 16, plain, deep, &|_, _| get(&path, &cookie))?;
        }
        let tickets = self.data.tickets;
        let want = Wants { rate: Some(self.budgets.ticket), p99: None, cpu: Some(0.33), p50: None };
        self.measure("ticket page, 16 clients", 16, plain, want, &|client, at| {
            get(&format!("/incidents/INC-{}", spread(client, at, tickets)), &cookie)
        })
    }

    /// The path of a page of the whole queue, nine tenths of the rows down.
    fn deep(&mut self) -> Result<Option<String>> {
        let at = spread_time(self.data.tickets);
        let cursor = kernel::register::Cursor { value: db::Value::Int(at), id: kernel::id::floor(at), backwards: false };
        Ok(Some(format!("/queue?view=all&sort=-opened_at&cursor={}", cursor.encode())))
    }

    fn searches(&mut self) -> Result<()> {
        let cookie = self.data.cookie.clone();
        let plain = (self.plain, "page without database");
        let want = Wants { rate: None, p50: Some(15.0), p99: None, cpu: Some(1.7) };
        self.measure("search, 4 clients", 4, plain, want, &|client, at| {
            get(&format!("/search?q={}", WORDS[(client + at) % WORDS.len()]), &cookie)
        })
    }

    /// Pages that are asked for now and then: the best of three.
    fn once(&mut self) -> Result<()> {
        for (name, path, budget) in [
            ("desk dashboard", "/desk/dashboard", 1000.0),
            ("impact, 10,000 nodes, 50,000 edges", "/services/SVC-1/impact?direction=down", 100.0),
        ] {
            if !self.wanted(name) {
                continue;
            }
            let mut client = Client::new(&self.server.address)?;
            let mut best = f64::INFINITY;
            for time in 0..3 {
                // Another question each time, since what is dear is kept: a day that is none leaves the period as it comes.
                let path = format!("{path}{}from=no-day-{time}", if path.contains('?') { '&' } else { '?' });
                let begin = Instant::now();
                let answer = client.send(&get(&path, &self.data.cookie))?;
                anyhow::ensure!(answer.status == 200, "{path} answered {}", answer.status);
                best = best.min(begin.elapsed().as_secs_f64() * 1000.0);
            }
            self.note(name, best, "ms", (1000.0 / self.plain, "page without database"), Some(budget), Better::Less);
        }
        Ok(())
    }

    fn memory_under_load(&mut self) {
        let memory = self.server.memory();
        self.note("memory, after the load", memory, "MiB", (0.0, "none"), Some(250.0), Better::Less);
    }
}

/// Seconds of a load that are not counted, and how far its requests lie from those that are.
const WARMING: f64 = 2.0;
const ELSEWHERE: usize = 400_000;

struct Wants {
    rate: Option<f64>,
    p50: Option<f64>,
    p99: Option<f64>,
    cpu: Option<f64>,
}

/// A ticket number that no other client asks for at the same time, spread over all of them.
fn spread(client: usize, at: usize, tickets: u64) -> u64 {
    1 + (client as u64 * 1_000_003 + at as u64 * 7_919) % tickets
}

/// The opening time of the row nine tenths down the queue, newest first.
fn spread_time(tickets: u64) -> i64 {
    const SPREAD: i64 = 2 * 365 * 24 * 3_600_000;
    let now = kernel::time::Clock::System.now();
    now - SPREAD + (tickets as i64 / 10) * (SPREAD / tickets as i64)
}
