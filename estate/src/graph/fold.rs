//! Folds a large graph: things of one sort on one side become one box until it is small enough to be read. Pure.

use super::map::{Map, Way};
use std::collections::BTreeMap;

/// Boxes shown without folding.
pub const MOST_SHOWN: usize = 40;
/// Fewer of a sort than this are not worth a fold.
const FEWEST: usize = 4;

/// A box: one thing, or several of a sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The thing at a place.
    One(usize),
    /// Several, by the key that opens them.
    Many(String, Vec<usize>),
}

/// A graph as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The boxes, the middle first.
    pub boxes: Vec<Seen>,
    /// Edges between places of boxes, each once.
    pub edges: Vec<(usize, usize)>,
    /// Keys of the sorts that were opened and would fold again.
    pub opened: Vec<(String, usize)>,
}

/// Folds the largest sorts until at most [`MOST_SHOWN`] boxes are left. What `pinned` says stays by itself (what has stopped,
/// what was looked for), and so do the sorts in `open`.
pub fn fold(map: &Map, open: &[String], pinned: impl Fn(usize) -> bool) -> Folded {
    let mut sorts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for place in (0..map.things.len()).filter(|place| map.things[*place].way != Way::Middle && !pinned(*place)) {
        sorts.entry(key(map, place)).or_default().push(place);
    }
    let mut shown = map.things.len();
    let mut by_size: Vec<(String, Vec<usize>)> = sorts.into_iter().filter(|(_, all)| all.len() >= FEWEST).collect();
    by_size.sort_by_key(|(_, all)| std::cmp::Reverse(all.len()));
    let (mut folded, mut opened) = (BTreeMap::new(), Vec::new());
    for (key, all) in by_size {
        if shown <= MOST_SHOWN {
            break;
        }
        // What is opened counts as folded still, so that nothing else folds in its place.
        shown -= all.len() - 1;
        if open.contains(&key) {
            opened.push((key, all.len()));
        } else {
            folded.insert(key, all);
        }
    }
    gathered(map, folded, opened)
}

/// The key of a thing's sort: its side and its kind.
fn key(map: &Map, place: usize) -> String {
    let thing = &map.things[place];
    let side = if thing.way == Way::Under { "under" } else { "upon" };
    let kind = if thing.kind.is_empty() { thing.register } else { thing.kind.as_str() };
    format!("{side}-{kind}")
}

fn gathered(map: &Map, folded: BTreeMap<String, Vec<usize>>, opened: Vec<(String, usize)>) -> Folded {
    let hidden: BTreeMap<usize, String> = folded.iter().flat_map(|(key, all)| all.iter().map(|place| (*place, key.clone()))).collect();
    let mut boxes: Vec<Seen> = (0..map.things.len()).filter(|place| !hidden.contains_key(place)).map(Seen::One).collect();
    boxes.extend(folded.into_iter().map(|(key, all)| Seen::Many(key, all)));
    let mut at = vec![0; map.things.len()];
    for (place, seen) in boxes.iter().enumerate() {
        match seen {
            Seen::One(thing) => at[*thing] = place,
            Seen::Many(_, all) => all.iter().for_each(|thing| at[*thing] = place),
        }
    }
    let mut edges: Vec<(usize, usize)> = map.edges.iter().map(|(from, to)| (at[*from], at[*to])).filter(|(from, to)| from != to).collect();
    edges.sort_unstable();
    edges.dedup();
    Folded { boxes, edges, opened }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Layer, Thing};

    fn thing(id: i64, kind: &str, way: Way) -> Thing {
        Thing {
            id,
            register: "configuration-items",
            reference: format!("ITM-{id}"),
            title: String::new(),
            kind: kind.into(),
            kind_label: kind.into(),
            remark: String::new(),
            value: None,
            layer: Layer::Infrastructure,
            way,
            steps: 1,
            through: Some(0),
        }
    }

    /// A middle that stands on `servers` servers, each on one of three places.
    fn map(servers: usize) -> Map {
        let mut things = vec![thing(0, "application", Way::Middle)];
        things.extend((1..=servers).map(|id| thing(id as i64, "server", Way::Under)));
        things.extend((0..3).map(|id| thing(1_000 + id, "location", Way::Under)));
        let edges = (1..=servers).flat_map(|it| [(it, 0), (servers + 1 + it % 3, it)]).collect();
        Map { things, edges, cut: false }
    }

    #[test]
    fn a_small_graph_is_shown_whole() {
        let folded = fold(&map(30), &[], |_| false);
        assert_eq!((folded.boxes.len(), folded.edges.len()), (34, 60));
        assert!(folded.opened.is_empty());
    }

    #[test]
    fn a_large_one_folds_its_largest_sort_and_keeps_the_edges_of_all() {
        let folded = fold(&map(100), &[], |_| false);
        assert_eq!(folded.boxes.len(), 5, "the middle, three places, a hundred servers");
        assert!(matches!(folded.boxes.last(), Some(Seen::Many(key, all)) if key == "under-server" && all.len() == 100));
        assert_eq!(folded.edges.len(), 4, "one to the middle, one from each place");
    }

    #[test]
    fn what_is_pinned_stays_and_what_was_opened_folds_again() {
        let folded = fold(&map(100), &[], |place| place == 7);
        assert!(folded.boxes.contains(&Seen::One(7)) && folded.boxes.len() == 6);
        let opened = fold(&map(100), &["under-server".into()], |_| false);
        assert_eq!((opened.boxes.len(), opened.opened), (104, vec![("under-server".into(), 100)]));
    }

    #[test]
    fn nothing_is_lost_and_nothing_stands_twice() {
        for servers in [1, 36, 37, 200, 397] {
            let map = map(servers);
            let folded = fold(&map, &[], |place| place % 50 == 1);
            let mut all: Vec<usize> = folded
                .boxes
                .iter()
                .flat_map(|seen| match seen {
                    Seen::One(place) => vec![*place],
                    Seen::Many(_, places) => places.clone(),
                })
                .collect();
            all.sort_unstable();
            assert_eq!(all, (0..map.things.len()).collect::<Vec<_>>());
        }
    }
}
