//! What development needs beside Rust: found, installed where possible, or plainly said to be missing.

pub mod browser;
pub mod node;
pub mod postgres;
pub mod python;

use crate::{Done, paint};
use std::path::PathBuf;

/// Everything that tests can use; an `Err` says why not and what to do.
pub struct Kit {
    /// The folder with `initdb` and `postgres`.
    pub postgres: Done<PathBuf>,
    /// The front-end packages of the browser tests are installed.
    pub node: Done,
    /// The Chromium program.
    pub browser: Done<PathBuf>,
    /// The schemathesis program.
    pub schemathesis: Done<PathBuf>,
}

impl Kit {
    /// Finds or installs everything.
    pub fn full() -> Kit {
        let node = node::packages();
        Kit { postgres: postgres::binaries(), node, browser: browser::find_or_install(), schemathesis: python::schemathesis() }
    }

    /// Finds PostgreSQL when it is there already and leaves the rest out.
    pub fn quick() -> Kit {
        let left = || "left out by --quick".to_owned();
        Kit { postgres: postgres::present(), node: Err(left()), browser: Err(left()), schemathesis: Err(left()) }
    }

    /// Prints what is there and what is not.
    pub fn print(&self) {
        say("PostgreSQL", self.postgres.as_ref().map(|path| path.display().to_string()));
        say("browser packages", self.node.as_ref().map(|()| "e2e/node_modules".into()));
        say("Chromium", self.browser.as_ref().map(|path| path.display().to_string()));
        say("schemathesis", self.schemathesis.as_ref().map(|path| path.display().to_string()));
    }

    /// The names of what is missing.
    pub fn missing(&self) -> Vec<String> {
        let each = [
            ("PostgreSQL", self.postgres.as_ref().err()),
            ("browser packages", self.node.as_ref().err()),
            ("Chromium", self.browser.as_ref().err()),
            ("schemathesis", self.schemathesis.as_ref().err()),
        ];
        each.into_iter().filter_map(|(name, why)| Some(format!("{name}: {}", why?))).collect()
    }
}

fn say(name: &str, found: Result<String, &String>) {
    match found {
        Ok(place) => eprintln!("  {name:<18} {} {}", paint::good("here"), paint::quiet(&place)),
        Err(why) => eprintln!("  {name:<18} {} {why}", paint::warn("missing")),
    }
}
