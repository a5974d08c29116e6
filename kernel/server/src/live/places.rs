//! Which live page a path means.

use crate::page::parts::{Parts, fits, parts};
use kernel::House;
use kernel::live::Live;

/// The engine's own: lists and records of every register.
const ENGINE: &[Live] = &[pages::live::LIST, pages::live::RECORD];

/// All live pages, those of practices and the engine's.
pub(crate) struct Lives(Vec<(Parts, &'static Live)>);

/// A live page with what the path says in place of its names.
pub(super) type Found = (&'static Live, Vec<(String, String)>);

impl Lives {
    pub(crate) fn new(house: &House) -> Lives {
        let lives = house.practices.iter().flat_map(|practice| practice.live).chain(ENGINE);
        Lives(lives.map(|live| (parts(live.path), live)).collect())
    }

    /// The live page of a path: one without names before one with.
    pub(super) fn find(&self, segments: &[&str]) -> Option<Found> {
        let found = self.0.iter().filter_map(|(parts, live)| fits(parts, segments).map(|names| (*live, names)));
        found.min_by_key(|(_, names)| names.len())
    }
}
