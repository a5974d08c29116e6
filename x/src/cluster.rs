//! A PostgreSQL server for a task: thrown away with its data, or kept for the next run.

use crate::passing::Passing;
use crate::setup::postgres::{NOBODY, am_root};
use crate::{Done, command, server};
use std::fs::{self, File};
use std::net::TcpStream;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A running cluster; it ends with this value.
pub struct Cluster {
    child: Child,
    folder: PathBuf,
    port: u16,
    /// Goes after it; none when the data is to be kept.
    _passing: Option<Passing>,
}

/// It is the client that a crash test kills, never the server: nothing is flushed.
const LOOSE: &[&str] = &["fsync=off", "max_connections=200"];
/// What is acknowledged is on disk. The rest is what a small server of its own would be given.
const DURABLE: &[&str] = &["fsync=on", "synchronous_commit=on", "shared_buffers=1GB", "max_wal_size=2GB", "max_connections=100"];

impl Cluster {
    /// Makes and starts one from the programs in `bin`, in memory where the machine allows. Commits are not flushed to disk.
    pub fn start(bin: &Path) -> Done<Cluster> {
        let passing = Passing::make("postgres")?;
        Cluster::run(bin, passing.path().to_owned(), LOOSE, Some(passing))
    }

    /// Starts the one in `folder`, making it when there is none. Commits are on disk before they are acknowledged, and the data stays.
    pub fn durable(bin: &Path, folder: PathBuf) -> Done<Cluster> {
        Cluster::run(bin, folder, DURABLE, None)
    }

    fn run(bin: &Path, folder: PathBuf, settings: &[&str], passing: Option<Passing>) -> Done<Cluster> {
        let (data, log) = (folder.join("data"), folder.join("log"));
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let file = File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
        if am_root() {
            chown(&folder, Some(NOBODY), Some(NOBODY)).map_err(|error| error.to_string())?;
        }
        if !data.join("PG_VERSION").is_file() {
            make(bin, &folder, &data)?;
        }
        let port = server::free_port()?;
        let mut run = nobody(&bin.join("postgres"), &folder);
        run.arg("-D").arg(&data).args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k"]).arg(&folder);
        run.args(settings.iter().flat_map(|setting| ["-c", setting]));
        let twin = file.try_clone().map_err(|error| error.to_string())?;
        let child = run.stdout(twin).stderr(file).spawn().map_err(|error| format!("cannot start PostgreSQL: {error}"))?;
        let cluster = Cluster { child, folder, port, _passing: passing };
        cluster.wait(&log)?;
        Ok(cluster)
    }

    /// The address of its database.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// The address of its database for programs on the same machine: its socket, which costs less than the network.
    pub fn socket(&self) -> String {
        let folder = self.folder.display().to_string().replace('%', "%25").replace('/', "%2F").replace(' ', "%20");
        format!("postgres://postgres@{folder}:{}/postgres", self.port)
    }

    fn wait(&self, log: &Path) -> Done {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            let ready = command::read(log).contains("ready to accept connections");
            if ready && TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(20));
        }
        Err(format!("PostgreSQL did not start:\n{}", command::read(log)))
    }
}

fn make(bin: &Path, folder: &Path, data: &Path) -> Done {
    let mut init = nobody(&bin.join("initdb"), folder);
    init.args(["--no-sync", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "-D"]).arg(data);
    let ran = command::run("initdb", &mut init, Duration::from_secs(60))?;
    if ran.ok { Ok(()) } else { Err(format!("PostgreSQL could not make a cluster:\n{}", ran.words.trim_end())) }
}

fn nobody(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    if am_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Fast shutdown: ends its own children too, which a kill would leave.
        command::signal("INT", &self.child.id().to_string());
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_starts_and_leaves_nothing_behind() {
        let Ok(bin) = crate::setup::postgres::present() else {
            eprintln!("no PostgreSQL on this machine");
            return;
        };
        let cluster = Cluster::start(&bin).unwrap();
        let (folder, port) = (cluster.folder.clone(), cluster.port);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
        drop(cluster);
        assert!(!folder.exists());
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    }
}
