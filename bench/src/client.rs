//! A lean HTTP/1.1 client: keep-alive, one request at a time per connection, so that the cores go to the server.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// A connection.
pub struct Client {
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
}

/// An answer.
pub struct Answer {
    /// Status.
    pub status: u16,
    /// `Location`, if any.
    pub location: String,
    /// `Set-Cookie`, if any, up to the first `;`.
    pub cookie: String,
}

impl Client {
    /// Connects.
    pub fn new(address: &str) -> Result<Client> {
        let stream = TcpStream::connect(address).with_context(|| format!("no server at {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Client { stream: BufReader::with_capacity(64 * 1024, stream), body: Vec::new() })
    }

    /// Sends a request and reads the whole answer; the body stays in [`Client::body`].
    pub fn send(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.get_mut().write_all(request)?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no status line")?;
        let (mut length, mut chunked) = (0, false);
        let mut answer = Answer { status, location: String::new(), cookie: String::new() };
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let text = line.trim_end();
            if text.is_empty() {
                break;
            }
            let Some((name, value)) = text.split_once(": ") else { bail!("odd header {text}") };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "transfer-encoding" => chunked = value == "chunked",
                "location" => answer.location = value.to_owned(),
                "set-cookie" => answer.cookie = value.split(';').next().unwrap_or_default().to_owned(),
                _ => {}
            }
        }
        self.body.clear();
        if chunked {
            self.chunks()?
        } else {
            self.exactly(length)?
        }
        Ok(answer)
    }

    fn exactly(&mut self, length: usize) -> Result<()> {
        let start = self.body.len();
        self.body.resize(start + length, 0);
        self.stream.read_exact(&mut self.body[start..])?;
        Ok(())
    }

    fn chunks(&mut self) -> Result<()> {
        let mut line = String::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim(), 16)?;
            self.exactly(length)?;
            line.clear();
            self.stream.read_line(&mut line)?;
            if length == 0 {
                return Ok(());
            }
        }
    }

    /// The body of the last answer.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

/// What a load gave.
pub struct Load {
    /// Answers a second.
    pub rate: f64,
    /// Milliseconds, sorted.
    pub times: Vec<f64>,
}

impl Load {
    /// The time within which this share of the answers came, in milliseconds.
    pub fn quantile(&self, share: f64) -> f64 {
        let at = (share * self.times.len() as f64) as usize;
        self.times.get(at.min(self.times.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
    }
}

/// Asks with `clients` connections for `seconds`; `request` gives the n-th request of a client. Every answer must have one of
/// the wanted statuses.
pub fn load(
    address: &str,
    clients: usize,
    seconds: f64,
    wanted: &[u16],
    request: &(dyn Fn(usize, usize) -> Vec<u8> + Sync),
) -> Result<Load> {
    let begin = Instant::now();
    let all: Vec<Result<Vec<f64>>> = std::thread::scope(|scope| {
        let one = |client: usize| {
            scope.spawn(move || -> Result<Vec<f64>> {
                let mut connection = Client::new(address)?;
                let mut times = Vec::with_capacity(100_000);
                while begin.elapsed().as_secs_f64() < seconds {
                    let bytes = request(client, times.len());
                    let start = Instant::now();
                    let answer = connection.send(&bytes)?;
                    if !wanted.contains(&answer.status) {
                        bail!(
                            "answered {}: {}",
                            answer.status,
                            String::from_utf8_lossy(&connection.body()[..connection.body().len().min(400)])
                        );
                    }
                    times.push(start.elapsed().as_secs_f64() * 1000.0);
                }
                Ok(times)
            })
        };
        let threads: Vec<_> = (0..clients).map(one).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| bail!("a client fell over"))).collect()
    });
    let took = begin.elapsed().as_secs_f64();
    let mut times = Vec::new();
    for part in all {
        times.extend(part?);
    }
    times.sort_by(f64::total_cmp);
    Ok(Load { rate: times.len() as f64 / took, times })
}
