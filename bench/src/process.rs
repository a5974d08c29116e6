//! The server as a process: started, measured from outside, stopped.

use anyhow::{Context, Result, bail};
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: String,
    /// Seconds from start to ready.
    pub ready_after: f64,
}

impl Server {
    /// Starts `reeve serve` and waits until it is ready.
    pub fn start(binary: &Path, place: &[String]) -> Result<Server> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let begin = Instant::now();
        let mut command = Command::new(binary);
        command.arg("serve").args(place).args(["--listen", &address]).stdout(Stdio::null()).stderr(Stdio::inherit());
        command.env("REEVE_LOG", "warn");
        let child =
            command.spawn().with_context(|| format!("{} does not start; build it with `cargo build --release`", binary.display()))?;
        let mut server = Server { child, address, ready_after: 0.0 };
        while !server.is_ready() {
            if begin.elapsed() > Duration::from_secs(60) || server.child.try_wait()?.is_some() {
                bail!("the server did not become ready");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        server.ready_after = begin.elapsed().as_secs_f64();
        Ok(server)
    }

    fn is_ready(&self) -> bool {
        let request = format!("GET /readyz HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        let asked = crate::client::Client::new(&self.address).and_then(|mut client| client.send(request.as_bytes()));
        asked.is_ok_and(|answer| answer.status == 200)
    }

    /// Seconds of processor time used so far.
    pub fn cpu(&self) -> f64 {
        const TICKS: f64 = 100.0;
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let after = stat.rsplit(") ").next().unwrap_or_default();
        let field = |at: usize| after.split(' ').nth(at).and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0);
        (field(11) + field(12)) / TICKS
    }

    /// Statements its database has run so far, as its metrics say.
    pub fn statements(&self) -> Result<f64> {
        let request = format!("GET /metrics HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        let mut client = crate::client::Client::new(&self.address)?;
        client.send(request.as_bytes())?;
        let text = String::from_utf8_lossy(client.body()).into_owned();
        let line = text.lines().find_map(|line| line.strip_prefix("reeve_db_statements_total "));
        Ok(line.context("the metrics do not count statements")?.trim().parse()?)
    }

    /// Memory in MiB: proportional set size, so that shared pages count once.
    pub fn memory(&self) -> f64 {
        let rollup = fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id())).unwrap_or_default();
        let line = rollup.lines().find(|line| line.starts_with("Pss:")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}
