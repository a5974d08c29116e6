//! Starting a server of one's own, and making sure that it does not outlive its tests.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A server on a socket in a folder of its own.
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    address: String,
    settings: String,
    // The watchdog reads from this process; when it can read no more, the server is stopped and the folder removed.
    _watchdog: Child,
}

/// The user and group `nobody`: the server refuses to run as root.
const NOBODY: u32 = 65_534;
static NUMBER: AtomicU32 = AtomicU32::new(1);

impl Server {
    /// A server apart from the one all tests share, for a test that stops it; none without PostgreSQL.
    /// `durable` leaves `fsync` on, for tests of crashes and measurements.
    ///
    /// # Panics
    /// If it cannot be started.
    pub fn own(durable: bool) -> Option<Server> {
        let programs = super::programs::find()?;
        Some(Server::start(&programs, durable).unwrap_or_else(|why| panic!("PostgreSQL did not start: {why}")))
    }

    /// A server that takes nothing but encrypted connections, over TCP on this machine, with a certificate and its key as PEM.
    /// Its address has no `sslmode`. None without PostgreSQL.
    ///
    /// # Panics
    /// If it cannot be started.
    pub fn encrypted(certificate: &str, key: &str) -> Option<Server> {
        let mut server = Server::own(false)?;
        let started = server.encrypt(certificate, key);
        started.unwrap_or_else(|why| panic!("PostgreSQL did not start with encryption: {why}"));
        Some(server)
    }

    fn encrypt(&mut self, certificate: &str, key: &str) -> Result<(), String> {
        let say = |error: std::io::Error| error.to_string();
        let free = std::net::TcpListener::bind(("127.0.0.1", 0)).and_then(|socket| socket.local_addr()).map_err(say)?;
        let data = self.folder.join("data");
        for (name, text) in [("server.crt", certificate), ("server.key", key), ("pg_hba.conf", "hostssl all all 127.0.0.1/32 trust\n")] {
            let file = data.join(name);
            std::fs::write(&file, text).map_err(say)?;
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).map_err(say)?;
            if is_root() {
                chown(&file, Some(NOBODY), Some(NOBODY)).map_err(say)?;
            }
        }
        self.stop()?;
        let port = free.port();
        self.settings = self.settings.replace("-c listen_addresses=", &format!("-c listen_addresses=127.0.0.1 -c port={port} -c ssl=on"));
        self.address = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        run(self.control().args(["start", "-o", &self.settings, "-l"]).arg(self.folder.join("log")))?;
        let there = |_| {
            std::net::TcpStream::connect(("127.0.0.1", port)).is_err() && {
                std::thread::sleep(std::time::Duration::from_millis(50));
                true
            }
        };
        if (0..200).take_while(|turn| there(*turn)).count() == 200 { Err("nobody listens".into()) } else { Ok(()) }
    }

    pub(crate) fn start(programs: &Path, durable: bool) -> Result<Server, String> {
        let folder = folder()?;
        let watchdog = watch(programs, &folder)?;
        let data = folder.join("data");
        let mut initdb = as_nobody(&programs.join("initdb"), &folder);
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]).arg(&data);
        run(&mut initdb)?;
        let speed = if durable { "" } else { "-c fsync=off -c synchronous_commit=off -c full_page_writes=off" };
        let place = folder.display();
        let settings =
            format!("-c listen_addresses= -c unix_socket_directories={place} -c max_connections=300 -c shared_buffers=64MB {speed}");
        let host = place.to_string().replace('/', "%2F");
        let address = format!("postgres://postgres@{host}/postgres");
        let server = Server { programs: programs.into(), folder, address, settings, _watchdog: watchdog };
        server.resume()?;
        Ok(server)
    }

    /// The address of the superuser's database.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Stops the server at once, as a crash would; what was committed is there when it is resumed, if it is durable.
    ///
    /// # Errors
    /// What `pg_ctl` says.
    pub fn stop(&self) -> Result<(), String> {
        run(self.control().args(["stop", "--mode=immediate", "--wait"]))
    }

    /// Starts the server again, and returns when it takes connections.
    ///
    /// # Errors
    /// What `pg_ctl` says.
    pub fn resume(&self) -> Result<(), String> {
        let log = self.folder.join("log");
        run(self.control().args(["start", "--wait", "-o", &self.settings, "-l"]).arg(log))
    }

    fn control(&self) -> Command {
        let mut command = as_nobody(&self.programs.join("pg_ctl"), &self.folder);
        command.arg("-D").arg(self.folder.join("data"));
        command
    }
}

impl Drop for Server {
    /// Closes the watchdog's pipe and waits for it to clear up.
    fn drop(&mut self) {
        drop(self._watchdog.stdin.take());
        let _ = self._watchdog.wait();
    }
}

/// A folder that belongs to the user the server runs as: where `TMPDIR` says, else in memory if possible.
fn folder() -> Result<PathBuf, String> {
    let memory = Path::new("/dev/shm");
    let in_memory = std::env::var_os("TMPDIR").is_none() && memory.is_dir();
    let parent = if in_memory { memory.into() } else { std::env::temp_dir() };
    let folder = parent.join(format!("reeve-pg-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed)));
    let say = |error: std::io::Error| format!("{}: {error}", folder.display());
    std::fs::create_dir(&folder).map_err(say)?;
    if is_root() {
        chown(&folder, Some(NOBODY), Some(NOBODY)).map_err(say)?;
    }
    Ok(folder)
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn as_nobody(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// A shell in a group of its own, so that an interrupt of the tests does not end it before its work is done.
fn watch(programs: &Path, folder: &Path) -> Result<Child, String> {
    let script = r#"read _; "$1/pg_ctl" -D "$2/data" -m immediate -w stop; cd /; rm -rf "$2""#;
    let mut shell = as_nobody(Path::new("/bin/sh"), folder);
    shell.args(["-c", script, "watchdog"]).arg(programs).arg(folder).stdin(Stdio::piped()).process_group(0);
    shell.spawn().map_err(|error| format!("watchdog: {error}"))
}

/// Runs a program without its output: a server that inherits a pipe keeps the reader waiting.
fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}")) }
}
