//! Impact of a record: the walk over the graph as a viewer sees it.

use super::rules::{Direction, Found, Limits, Walk};
use super::store::{self, Named};
use db::Tx;
use kernel::who::View;
use kernel::{Error, House, Result};
use std::iter::successors;

/// Something that fails, or that something rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Id of the record; never shown.
    pub id: i64,
    /// What people call it.
    pub named: Named,
    /// Steps from the start; 0 for the start itself.
    pub depth: usize,
    /// Place in [`Impact::nodes`] of the one it was found from; none for the start.
    pub from: Option<usize>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// The start first, the nearer before the farther.
    pub nodes: Vec<Node>,
    /// Pairs of places in `nodes`, from the nearer end of the step to the farther; each once.
    pub edges: Vec<(usize, usize)>,
    /// Whether there is more than the limits allow.
    pub cut: bool,
}

impl Impact {
    /// One shortest way from the start to the thing at a place, both ends included.
    pub fn path(&self, place: usize) -> Vec<&Node> {
        let mut path: Vec<&Node> = successors(self.nodes.get(place), |node| self.nodes.get(node.from?)).collect();
        path.reverse();
        path
    }
}

/// What fails with a record (up) or what it rests on (down). A record or relation that the viewer may not read does not
/// exist here, and nothing is reached through it; a start they may not read is `NotFound`.
pub fn impact(tx: &mut Tx, house: &House, view: &View, kind: &str, id: i64, direction: Direction, limits: Limits) -> Result<Impact> {
    let register = house.register(kind).ok_or(Error::NotFound)?;
    let mut names = store::names(tx, house, view, &[(id, register.key)])?;
    if !names.contains_key(&id) {
        return Err(Error::NotFound);
    }
    let at = limits.at.unwrap_or_else(|| house.clock.now());
    let mut walk = Walk::new(id, limits);
    while !walk.level().is_empty() {
        let level = store::level(tx, house, view, &walk, direction, at)?;
        let new: Vec<(i64, &'static str)> =
            walk.unknown(&level.edges).into_iter().filter_map(|id| level.kinds.get(&id).map(|kind| (id, *kind))).collect();
        names.extend(store::names(tx, house, view, &new)?);
        walk.advance(&level.edges, |id| names.contains_key(&id));
        if level.cut {
            walk.stop();
        }
    }
    let (found, edges, cut) = walk.end();
    let node = |it: Found| Some(Node { id: it.id, named: names.remove(&it.id)?, depth: it.depth, from: it.from });
    Ok(Impact { nodes: found.into_iter().filter_map(node).collect(), edges, cut })
}
