//! The furnished organisation, started for the tasks that look at it from outside.

use crate::server::{self, Server};
use crate::{Done, command, places};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A running demo.
pub struct Demo {
    /// The server.
    pub server: Server,
    /// The link that signs its first person in.
    pub link: String,
    /// The address of the person that the link signs in.
    pub person: String,
    binary: PathBuf,
    data: String,
    folder: PathBuf,
}

impl Demo {
    /// Furnishes and serves in an emptied folder of the given name.
    pub fn start(binary: &Path, name: &str) -> Done<Demo> {
        let folder = places::fresh(name)?;
        let data = folder.join("data").display().to_string();
        let mut server = Server::start(binary, &["demo", "--data", &data], &folder)?;
        // An unoptimised build furnishes slowly; the time that users see is measured by the bench.
        server.ready(Duration::from_secs(900))?;
        let (link, person) = invited(&server)?;
        Ok(Demo { server, link, person, binary: binary.to_owned(), data, folder })
    }

    /// `http://ADDRESS`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.server.at)
    }

    /// A link that signs somebody else in, once.
    pub fn sign_in_link(&self, email: &str) -> Done<String> {
        let words = ["user", "link", email, "--data", &self.data, "--listen", &self.server.at.to_string()];
        server::ask(&self.binary, &words, &self.folder)
    }

    /// What `reeve verify` says of it; the findings, if there are any.
    pub fn verified(&self) -> Done<String> {
        server::ask(&self.binary, &["verify", "--data", &self.data], &self.folder)
    }

    /// An API token of the person whom the link signs in.
    pub fn token(&self) -> Done<String> {
        let words = ["token", "create", "--user", &self.person, "--name", "workshop", "--data", &self.data];
        server::ask(&self.binary, &words, &self.folder)
    }
}

/// The link may be printed a moment after the port opens.
fn invited(server: &Server) -> Done<(String, String)> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(10) {
        let words = command::read(&server.said) + &command::read(&server.log);
        if let (Some(link), Some(person)) = (link(&words, &server.at.to_string()), address(&words)) {
            return Ok((link, person));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(format!("the demo printed no sign-in link with the address of its person:\n{}", server.words()))
}

/// The first link into this server that has a path.
fn link(words: &str, at: &str) -> Option<String> {
    let begins = format!("http://{at}/");
    words
        .split(|letter: char| letter.is_whitespace() || "\"'<>()\u{1b}".contains(letter))
        .find(|word| word.starts_with(&begins) && word.len() > begins.len())
        .map(str::to_owned)
}

/// The first mail address.
fn address(words: &str) -> Option<String> {
    let of_address = |letter: char| letter.is_ascii_alphanumeric() || "@.-_+".contains(letter);
    words
        .split(|letter: char| !of_address(letter))
        .map(|word| word.trim_matches('.'))
        .find(|word| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_and_its_person_are_found_in_plain_words() {
        let words = "http://127.0.0.1:7333/once/abc123\nReeve serves at http://127.0.0.1:7333\nThe link signs in Ines Carvalho (ines.carvalho@nordhaven.example), once, for a day.\n";
        assert_eq!(link(words, "127.0.0.1:7333").as_deref(), Some("http://127.0.0.1:7333/once/abc123"));
        assert_eq!(address(words).as_deref(), Some("ines.carvalho@nordhaven.example"));
        assert_eq!(link("http://127.0.0.1:7333/ only", "127.0.0.1:7333"), None);
        assert_eq!(address("user@host, @b.c and a@"), None);
    }
}
