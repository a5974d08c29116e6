//! The walk over the graph: breadth first, level by level, ending on any graph. Values in, values out.

use std::collections::HashMap;

/// Which way to walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// What fails with it: towards services and business.
    Up,
    /// What it rests on: towards items and places.
    Down,
}

/// How far a walk goes. What lies beyond is not found, and the result says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most things found, the start not counted.
    pub nodes: usize,
    /// Most relations looked at.
    pub edges: usize,
    /// Most steps from the start.
    pub depth: usize,
    /// The time of the graph (milliseconds since the epoch); none: now.
    pub at: Option<i64>,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { nodes: 20_000, edges: 200_000, depth: 64, at: None }
    }
}

/// A step of the walk: from something found to something that fails with it, or that it rests on. Ids are those of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The nearer end.
    pub from: i64,
    /// The farther end.
    pub to: i64,
}

/// Something found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Id of the record.
    pub id: i64,
    /// Steps from the start; 0 for the start itself.
    pub depth: usize,
    /// Place of the one it was found from; none for the start.
    pub from: Option<usize>,
}

/// A walk under way.
pub struct Walk {
    limits: Limits,
    found: Vec<Found>,
    places: HashMap<i64, usize>,
    edges: Vec<(usize, usize)>,
    looked_at: usize,
    level: std::ops::Range<usize>,
    cut: bool,
}

impl Walk {
    /// Begins at a record.
    pub fn new(start: i64, limits: Limits) -> Walk {
        let found = vec![Found { id: start, depth: 0, from: None }];
        Walk { limits, found, places: HashMap::from([(start, 0)]), edges: Vec::new(), looked_at: 0, level: 0..1, cut: false }
    }

    /// Ids of the last level, whose edges are wanted next; empty when the walk is over.
    pub fn level(&self) -> Vec<i64> {
        self.found[self.level.clone()].iter().map(|it| it.id).collect()
    }

    /// How many edges may still be looked at.
    pub fn edges_left(&self) -> usize {
        self.limits.edges - self.looked_at
    }

    /// Ids at the far end of some edges that were not found before, each once, no more than there is room for. Counts the edges.
    pub fn unknown(&mut self, edges: &[Edge]) -> Vec<i64> {
        self.looked_at += edges.len().min(self.edges_left());
        let depth = self.found[self.level.start].depth;
        let mut new: Vec<i64> = edges.iter().map(|edge| edge.to).filter(|id| !self.places.contains_key(id)).collect();
        new.sort_unstable();
        new.dedup();
        let room = if depth < self.limits.depth { self.limits.nodes + 1 - self.found.len() } else { 0 };
        self.cut |= new.len() > room;
        new.truncate(room);
        new
    }

    /// Goes one level on along the edges of the last one. Ends that were not found before and are not `seen` are left out,
    /// and so is everything that could only be reached through them.
    pub fn advance(&mut self, edges: &[Edge], seen: impl Fn(i64) -> bool) {
        let next = self.found.len();
        // In order of what was found and made first, so that the same graph is walked the same way on every engine.
        let mut edges: Vec<(usize, i64)> =
            edges.iter().filter_map(|edge| self.places.get(&edge.from).map(|from| (*from, edge.to))).collect();
        edges.sort_unstable();
        for (from, far) in edges {
            let to = match self.places.get(&far) {
                Some(&known) => known,
                None if seen(far) => {
                    let place = self.found.len();
                    self.found.push(Found { id: far, depth: self.found[from].depth + 1, from: Some(from) });
                    self.places.insert(far, place);
                    place
                }
                None => continue,
            };
            if from != to {
                self.edges.push((from, to));
            }
        }
        self.level = next..self.found.len();
    }

    /// Stops: there was more than the limits allow.
    pub fn stop(&mut self) {
        self.cut = true;
        self.level = self.found.len()..self.found.len();
    }

    /// What was found, the start first and the nearer before the farther; the edges between places of it, each once; whether
    /// there was more than the limits allow.
    pub fn end(mut self) -> (Vec<Found>, Vec<(usize, usize)>, bool) {
        self.edges.sort_unstable();
        self.edges.dedup();
        (self.found, self.edges, self.cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks a graph held in memory; `hidden` may not be seen.
    fn walk(edges: &[(i64, i64)], limits: Limits, hidden: &[i64]) -> (Vec<Found>, Vec<(usize, usize)>, bool) {
        let mut walk = Walk::new(0, limits);
        while !walk.level().is_empty() {
            let level: std::collections::HashSet<i64> = walk.level().into_iter().collect();
            let mut found: Vec<Edge> =
                edges.iter().filter(|(from, _)| level.contains(from)).map(|(from, to)| Edge { from: *from, to: *to }).collect();
            let more = found.len() > walk.edges_left();
            found.truncate(walk.edges_left());
            let new = walk.unknown(&found);
            walk.advance(&found, |id| new.binary_search(&id).is_ok() && !hidden.contains(&id));
            if more {
                walk.stop();
            }
        }
        walk.end()
    }

    fn depths(found: &[Found]) -> Vec<(i64, usize)> {
        found.iter().map(|it| (it.id, it.depth)).collect()
    }

    #[test]
    fn a_diamond_finds_its_bottom_once_by_the_shortest_way() {
        let (found, edges, cut) = walk(&[(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (0, 4)], Limits::default(), &[]);
        assert_eq!(depths(&found), [(0, 0), (1, 1), (2, 1), (4, 1), (3, 2)]);
        assert_eq!((edges.len(), cut), (6, false));
    }

    #[test]
    fn circles_and_edges_to_oneself_end() {
        let (found, edges, cut) = walk(&[(0, 0), (0, 1), (1, 2), (2, 0), (2, 2)], Limits::default(), &[]);
        assert_eq!(depths(&found), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!((edges, cut), (vec![(0, 1), (1, 2), (2, 0)], false));
    }

    #[test]
    fn a_star_of_a_hundred_thousand_is_cut_and_says_so() {
        let star: Vec<(i64, i64)> = (1..=100_000).map(|leaf| (0, leaf)).collect();
        let (found, _, cut) = walk(&star, Limits::default(), &[]);
        assert_eq!((found.len(), cut), (Limits::default().nodes + 1, true));
        let (found, _, cut) = walk(&star, Limits { nodes: 100_000, ..Limits::default() }, &[]);
        assert_eq!((found.len(), cut), (100_001, false));
        let (found, edges, cut) = walk(&star, Limits { nodes: 100_000, edges: 1_000, ..Limits::default() }, &[]);
        assert_eq!((found.len(), edges.len(), cut), (1_001, 1_000, true));
    }

    #[test]
    fn a_long_chain_stops_at_the_greatest_depth() {
        let chain: Vec<(i64, i64)> = (0..1_000).map(|at| (at, at + 1)).collect();
        let (found, _, cut) = walk(&chain, Limits { depth: 10, ..Limits::default() }, &[]);
        assert_eq!((found.last().map(|it| it.depth), cut), (Some(10), true));
        let (found, _, cut) = walk(&chain[..10], Limits { depth: 10, ..Limits::default() }, &[]);
        assert_eq!((found.len(), cut), (11, false));
    }

    #[test]
    fn nothing_is_reached_through_what_may_not_be_seen() {
        let (found, edges, _) = walk(&[(0, 1), (1, 2), (0, 3), (3, 4)], Limits::default(), &[1]);
        assert_eq!(depths(&found), [(0, 0), (3, 1), (4, 2)]);
        assert_eq!(edges, [(0, 1), (1, 2)]);
    }
}
