//! A throw-away PostgreSQL server for a task, in memory where the machine allows.

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

/// A running cluster; it ends, and its folder goes, with this value.
pub struct Cluster {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes and starts one from the programs in `bin`. Commits are not flushed to disk: it is the
    /// client that a crash test kills, never this server.
    pub fn start(bin: &Path) -> Done<Cluster> {
        let shm = Path::new("/dev/shm");
        let base = if shm.is_dir() { shm.to_owned() } else { std::env::temp_dir() };
        let folder = base.join(format!("reeve-x-{}", std::process::id()));
        let (data, log) = (folder.join("data"), folder.join("log"));
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let file = File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
        if am_root() {
            chown(&folder, Some(NOBODY), Some(NOBODY)).map_err(|error| error.to_string())?;
        }
        let mut init = nobody(&bin.join("initdb"), &folder);
        init.args(["--no-sync", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "-D"]).arg(&data);
        let ran = command::run("initdb", &mut init, Duration::from_secs(60))?;
        if !ran.ok {
            return Err(format!("PostgreSQL could not make a cluster:\n{}", ran.words.trim_end()));
        }
        let port = server::free_port()?;
        let mut run = nobody(&bin.join("postgres"), &folder);
        run.arg("-D").arg(&data).args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k"]).arg(&folder);
        run.args(["-c", "fsync=off", "-c", "max_connections=200"]);
        let twin = file.try_clone().map_err(|error| error.to_string())?;
        let child = run.stdout(twin).stderr(file).spawn().map_err(|error| format!("cannot start PostgreSQL: {error}"))?;
        let cluster = Cluster { child, folder, port };
        cluster.wait(&log)?;
        Ok(cluster)
    }

    /// The address of its database.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
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
        let _ = fs::remove_dir_all(&self.folder);
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
