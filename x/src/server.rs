//! A `reeve` that serves: started on a free port, waited for, stopped gracefully or killed.

use crate::http::Client;
use crate::{Done, command, places};
use std::fs::OpenOptions;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A running server; killed when this value goes.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub at: SocketAddr,
    /// Its stdout.
    pub said: PathBuf,
    /// Its stderr.
    pub log: PathBuf,
}

impl Server {
    /// Starts `reeve WORDS --listen 127.0.0.1:FREE` in `folder`, where its streams are kept as `stdout` and `stderr`.
    pub fn start(binary: &Path, words: &[&str], folder: &Path) -> Done<Server> {
        let at = SocketAddr::from(([127, 0, 0, 1], free_port()?));
        let (said, log) = (folder.join("stdout"), folder.join("stderr"));
        let open = |path: &Path| {
            let file = OpenOptions::new().create(true).append(true).open(path);
            file.map_err(|error| format!("{}: {error}", path.display()))
        };
        let mut reeve = alone(binary, words, folder);
        reeve.args(["--listen", &at.to_string()]);
        let child = reeve.stdout(open(&said)?).stderr(open(&log)?).spawn();
        let child = child.map_err(|error| format!("cannot start {}: {error}", binary.display()))?;
        Ok(Server { child, at, said, log })
    }

    /// Waits until it says that it is ready; fails with its own words when it ends or takes longer than `limit`.
    pub fn ready(&mut self, limit: Duration) -> Done<Duration> {
        let begun = Instant::now();
        while begun.elapsed() < limit {
            if let Some(status) = self.child.try_wait().map_err(|error| error.to_string())? {
                return Err(format!("the server ended ({status}) instead of serving:\n{}", self.words()));
            }
            if Client::new(self.at, "").get("/readyz").is_ok_and(|answer| answer.status == 200) {
                return Ok(begun.elapsed());
            }
            sleep(Duration::from_millis(10));
        }
        Err(format!("the server was not ready after {} s:\n{}", limit.as_secs(), self.words()))
    }

    /// Asks it to stop, and waits; fails when it does not within 15 s or says that it did not end well.
    pub fn stop(mut self) -> Done {
        command::signal("TERM", &self.child.id().to_string());
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(15) {
            match self.child.try_wait().map_err(|error| error.to_string())? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => {
                    return Err(format!("the server stopped with {status}:\n{}", self.words()));
                }
                None => sleep(Duration::from_millis(10)),
            }
        }
        Err(format!("the server did not stop within 15 s of SIGTERM:\n{}", self.words()))
    }

    /// Kills it at once, as a power cut would.
    pub fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// True while it runs.
    pub fn alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// True while it answers.
    pub fn answers(&self) -> bool {
        Client::new(self.at, "").get("/healthz").is_ok_and(|answer| answer.status == 200)
    }

    /// The end of what it said.
    pub fn words(&self) -> String {
        let all = command::read(&self.said) + &command::read(&self.log);
        let lines: Vec<_> = all.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on now.
pub fn free_port() -> Done<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| format!("no free port: {error}"))?;
    listener.local_addr().map(|at| at.port()).map_err(|error| error.to_string())
}

/// Builds `reeve` unless one was given, and says where it lies.
pub fn build(release: bool) -> Done<PathBuf> {
    if let Some(given) = places::given_binary() {
        return Ok(given);
    }
    let mut words = vec!["build", "--package", "reeve"];
    if release {
        words.push("--release");
    }
    command::show(&mut command::cargo(&words))?;
    Ok(places::binary(release))
}

/// `reeve` in a folder, without the settings that a developer's own environment gives it.
fn alone(binary: &Path, words: &[&str], folder: &Path) -> Command {
    let mut reeve = command::program(&binary.display().to_string(), words);
    for (key, _) in std::env::vars_os().filter(|(key, _)| key.to_string_lossy().starts_with("REEVE_")) {
        reeve.env_remove(key);
    }
    reeve.current_dir(folder);
    reeve
}

/// Runs `reeve WORDS` to its end and gives its stdout; fails with its stderr.
pub fn ask(binary: &Path, words: &[&str], folder: &Path) -> Done<String> {
    let mut reeve = alone(binary, words, folder);
    let out = reeve.output().map_err(|error| format!("cannot start {}: {error}", binary.display()))?;
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).trim().to_owned());
    }
    let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    Err(format!("reeve {} ended with {}:\n{}", words.join(" "), out.status, said.trim_end()))
}
