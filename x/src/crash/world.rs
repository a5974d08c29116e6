//! The organisation that the crash test writes into.

use crate::server::{self, Server};
use crate::{Done, places};
use std::path::{Path, PathBuf};

/// Its administrator.
const PERSON: &str = "crash@reeve.example";

/// An empty organisation, an API token, and how to serve it.
pub struct World {
    binary: PathBuf,
    folder: PathBuf,
    place: [String; 2],
    /// A token of its administrator.
    pub token: String,
}

impl World {
    /// Makes the organisation: in PostgreSQL when an address is given, else in a folder.
    pub fn make(binary: &Path, database: Option<String>, name: &str) -> Done<World> {
        let folder = places::fresh(&format!("crash-{}", name.to_lowercase()))?;
        let place = match database {
            Some(url) => ["--database".to_owned(), url],
            None => ["--data".to_owned(), folder.join("data").display().to_string()],
        };
        let mut world = World { binary: binary.to_owned(), folder, place, token: String::new() };
        world.ask(&["init", "--org", "Crash test", "--admin", PERSON])?;
        world.token = world.ask(&["token", "create", "--user", PERSON, "--name", "crash"])?;
        Ok(world)
    }

    /// Starts its server; the caller waits for it.
    pub fn serve(&self) -> Done<Server> {
        Server::start(&self.binary, &["serve", &self.place[0], &self.place[1]], &self.folder)
    }

    /// `reeve verify`: the journal's seals hold and every practice agrees with itself.
    pub fn verify(&self) -> Done {
        self.ask(&["verify"]).map(|_| ())
    }

    fn ask(&self, words: &[&str]) -> Done<String> {
        let place = [self.place[0].as_str(), self.place[1].as_str()];
        server::ask(&self.binary, &[words, &place].concat(), &self.folder)
    }
}
