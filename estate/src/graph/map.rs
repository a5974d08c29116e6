//! Everything that a thing stands on and that stands on it, as one viewer may know it at one time.

use super::Layer;
use super::store;
use crate::impact::{Direction, Impact, Limits, Node, impact};
use db::Tx;
use kernel::who::View;
use kernel::{House, Result};
use std::collections::HashMap;
use std::iter::successors;

/// On which side of the middle a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The graph is about it.
    Middle,
    /// The middle stands on it.
    Under,
    /// It stands on the middle.
    Upon,
}

/// A thing of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Id of its record; never shown.
    pub id: i64,
    /// Register key.
    pub register: &'static str,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Its kind in its register: `server`; empty where there are none.
    pub kind: String,
    /// The same for people.
    pub kind_label: String,
    /// Where it is or who makes it.
    pub remark: String,
    /// What an hour of it is worth, in minor units with the currency, if the viewer may know.
    pub value: Option<(i64, String)>,
    /// Its layer.
    pub layer: Layer,
    /// Its side.
    pub way: Way,
    /// Steps from the middle.
    pub steps: usize,
    /// Place of the thing it was found from, one step nearer; none for the middle.
    pub through: Option<usize>,
}

impl Thing {
    /// Where its page is.
    pub fn href(&self) -> String {
        format!("/{}/{}", self.register, self.reference)
    }
    /// What it is called.
    pub fn name(&self) -> &str {
        if self.title.is_empty() { &self.reference } else { &self.title }
    }
}

/// The graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    /// The middle first, then what it stands on, then what stands on it, nearer ones before farther ones.
    pub things: Vec<Thing>,
    /// Places in `things`: from what is needed to what needs it; each once.
    pub edges: Vec<(usize, usize)>,
    /// Whether there is more than the limit allows.
    pub cut: bool,
}

impl Map {
    /// One shortest way from the middle to the thing at a place, both ends included.
    pub fn path(&self, place: usize) -> Vec<&Thing> {
        let mut path: Vec<&Thing> = successors(self.things.get(place), |thing| self.things.get(thing.through?)).collect();
        path.reverse();
        path
    }
    /// How many things stand on a side.
    pub fn count(&self, way: Way) -> usize {
        self.things.iter().filter(|thing| thing.way == way).count()
    }
}

/// The graph round a record of a register, of at most `most` things each way, as it was at an instant (none: now).
pub fn map(tx: &mut Tx, house: &House, view: &View, register: &str, id: i64, most: usize, at: Option<i64>) -> Result<Map> {
    let limits = Limits { nodes: most, at, ..Limits::default() };
    let mut map = Map::default();
    let mut places = HashMap::new();
    for (way, direction) in [(Way::Under, Direction::Down), (Way::Upon, Direction::Up)] {
        let found = impact(tx, house, view, register, id, direction, limits)?;
        map.add(&found, way, &mut places);
    }
    map.edges.sort_unstable();
    map.edges.dedup();
    let sorts = store::sorts(tx, house, view, &map.things)?;
    for thing in &mut map.things {
        if let Some(sort) = sorts.get(&thing.id) {
            (thing.kind, thing.kind_label, thing.remark, thing.value) = sort.clone();
        } else {
            thing.kind_label = house.register(thing.register).map_or("", |register| register.one).to_owned();
        }
        thing.layer = Layer::of(thing.register, &thing.kind);
    }
    Ok(map)
}

/// A thing of which only the name is known so far.
fn plain(node: &Node, way: Way, through: Option<usize>) -> Thing {
    Thing {
        id: node.id,
        register: node.named.kind,
        reference: node.named.reference.clone(),
        title: node.named.title.clone(),
        kind: String::new(),
        kind_label: String::new(),
        remark: String::new(),
        value: None,
        layer: Layer::Components,
        way,
        steps: node.depth,
        through,
    }
}

impl Map {
    fn add(&mut self, found: &Impact, way: Way, places: &mut HashMap<i64, usize>) {
        let mut own = Vec::with_capacity(found.nodes.len());
        for node in &found.nodes {
            let through = node.from.map(|from| own[from]);
            let way = if through.is_none() { Way::Middle } else { way };
            own.push(*places.entry(node.id).or_insert_with(|| {
                self.things.push(plain(node, way, through));
                self.things.len() - 1
            }));
        }
        let straight = |(from, to): &(usize, usize)| if way == Way::Under { (own[*to], own[*from]) } else { (own[*from], own[*to]) };
        self.edges.extend(found.edges.iter().map(straight));
        self.cut |= found.cut;
    }
}
