//! A small HTTP/1.1 client: one connection, kept open, one request at a time.

use serde_json::Value;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A client of one server.
pub struct Client {
    to: SocketAddr,
    token: String,
    open: Option<BufReader<TcpStream>>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Answer {
    /// 2xx.
    pub fn good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Client {
    /// For the server at `to`; `token` is sent as bearer unless empty.
    pub fn new(to: SocketAddr, token: &str) -> Client {
        Client { to, token: token.to_owned(), open: None }
    }

    /// Reads a path.
    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.send("GET", path, "", None)
    }

    /// Posts JSON under an idempotency key.
    pub fn post(&mut self, path: &str, key: &str, body: &Value) -> Result<Answer> {
        self.send("POST", path, &format!("Idempotency-Key: {key}\r\n"), Some(body))
    }

    /// One request. After an error the connection is dropped and the outcome of a write is unknown.
    fn send(&mut self, method: &str, path: &str, extra: &str, body: Option<&Value>) -> Result<Answer> {
        let mut line = match self.open.take() {
            Some(line) => line,
            None => connect(self.to)?,
        };
        let body = body.map(Value::to_string).unwrap_or_default();
        let token = if self.token.is_empty() { String::new() } else { format!("Authorization: Bearer {}\r\n", self.token) };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n{token}{extra}\r\n{body}",
            self.to,
            body.len()
        );
        line.get_mut().write_all(head.as_bytes())?;
        let (answer, keep) = read(&mut line)?;
        self.open = keep.then_some(line);
        Ok(answer)
    }
}

fn connect(to: SocketAddr) -> Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect_timeout(&to, Duration::from_secs(5))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    Ok(BufReader::new(stream))
}

fn read(line: &mut impl BufRead) -> Result<(Answer, bool)> {
    let first = text(line)?;
    let status = first.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or_else(|| broken("no status"))?;
    let (mut length, mut chunked, mut keep) = (0, false, true);
    loop {
        let header = text(line)?.to_ascii_lowercase();
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        match (name, value.trim()) {
            ("content-length", value) => length = value.parse().map_err(|_| broken("bad length"))?,
            ("transfer-encoding", "chunked") => chunked = true,
            ("connection", "close") => keep = false,
            _ => {}
        }
    }
    let mut body = Vec::new();
    if chunked {
        chunks(line, &mut body)?;
    } else {
        exactly(line, length, &mut body)?;
    }
    Ok((Answer { status, body }, keep))
}

fn chunks(line: &mut impl BufRead, body: &mut Vec<u8>) -> Result<()> {
    loop {
        let size = text(line)?;
        let size = usize::from_str_radix(size.split(';').next().unwrap_or("").trim(), 16).map_err(|_| broken("bad chunk"))?;
        exactly(line, size, body)?;
        text(line)?;
        if size == 0 {
            return Ok(());
        }
    }
}

/// A body that ends early is an error: half an answer acknowledges nothing.
fn exactly(line: &mut impl BufRead, size: usize, body: &mut Vec<u8>) -> Result<()> {
    let read = line.take(size as u64).read_to_end(body)?;
    if read == size { Ok(()) } else { Err(broken("the answer ended early")) }
}

fn text(line: &mut impl BufRead) -> Result<String> {
    let mut words = String::new();
    if line.read_line(&mut words)? == 0 {
        return Err(broken("the connection closed"));
    }
    Ok(words.trim_end().to_owned())
}

fn broken(why: &str) -> Error {
    Error::new(ErrorKind::UnexpectedEof, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(words: &str) -> Result<(Answer, bool)> {
        read(&mut words.as_bytes())
    }

    #[test]
    fn bodies_with_a_length_and_in_chunks_are_read() {
        let (first, keep) = answer("HTTP/1.1 201 Created\r\nContent-Length: 7\r\n\r\n{\"a\":1}").unwrap();
        assert_eq!((first.status, first.json()["a"].as_i64(), keep), (201, Some(1), true));
        let (second, keep) =
            answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").unwrap();
        assert_eq!((second.text().as_str(), keep), ("abcde", false));
    }

    #[test]
    fn half_an_answer_is_none() {
        assert!(answer("HTTP/1.1 201 Created\r\nContent-Length: 7\r\n\r\n{\"a\"").is_err());
        assert!(answer("HTTP/1.1 201 Cre").is_err());
        assert!(answer("").is_err());
    }
}
