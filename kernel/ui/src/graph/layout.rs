//! Where the boxes and edges of a layered graph stand. Pure: the same graph is always laid out the same way.
//!
//! Sugiyama's method: boxes into columns ([`super::columns`]), long edges cut at every column they pass, columns put into the
//! order with fewest crossings ([`super::order`]), heights chosen so that neighbours lie level (below, by isotonic regression
//! per column: the least squares under "keeps its order and its distance").

use super::columns::columns;
use super::order::order;

/// Greatest width of a box, in units of the picture.
const WIDEST: f64 = 178.0;
/// Least width of a box.
const NARROWEST: f64 = 124.0;
/// Width into which a picture is fitted by narrower boxes, as long as they are not too narrow.
pub const FITS: f64 = 1_153.0;
/// Height of a box.
pub const HIGH: f64 = 40.0;
/// Room between columns, in which edges bend.
pub const BETWEEN: f64 = 44.0;
/// Least room between boxes of a column.
const APART: f64 = 14.0;
/// Room that an edge takes where it passes a column.
const LANE: f64 = 12.0;
/// Where the boxes begin, under the names of the layers.
const TOP: f64 = 30.0;
/// Passes in which heights follow their neighbours.
const PASSES: usize = 8;

/// A laid-out graph.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// Left upper corner of each box.
    pub boxes: Vec<(f64, f64)>,
    /// Width of every box.
    pub wide: f64,
    /// Left edge of the first column of each layer that has boxes, with the layer.
    pub layers: Vec<(usize, f64)>,
    /// Each edge as points, from left to right: out of a box, past columns at one height each, into a box. `None` for an edge
    /// to itself.
    pub routes: Vec<Option<Route>>,
    /// The picture's width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// The way of an edge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Route {
    /// Points between which it bends in the rooms between columns and runs level past them.
    pub points: Vec<(f64, f64)>,
    /// It leads from right to left: against the order of the layers, or round a circle.
    pub back: bool,
}

/// A thing in a column: a box, or an edge that passes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    Box(usize),
    Lane,
}

/// The columns with everything in them, and the steps of edges from one column to the next.
pub(super) struct Sheet {
    pub things: Vec<Thing>,
    /// Things of each column, in order from above.
    pub columns: Vec<Vec<usize>>,
    /// Left and right neighbours of each thing, one per step of an edge.
    pub before: Vec<Vec<usize>>,
    pub after: Vec<Vec<usize>>,
    /// The things each edge runs through, from left to right.
    ways: Vec<Vec<usize>>,
}

/// Lays out boxes, each in a layer (0 is leftmost), with edges between them.
pub fn layout(layers: &[usize], edges: &[(usize, usize)]) -> Layout {
    let (places, of_layer) = columns(layers, edges);
    let mut sheet = Sheet::new(&places, edges);
    order(&mut sheet);
    let heights = heights(&sheet);
    drawn(&sheet, &places, &of_layer, edges, &heights)
}

impl Sheet {
    fn new(places: &[usize], edges: &[(usize, usize)]) -> Sheet {
        let count = places.iter().max().map_or(0, |last| last + 1);
        let mut sheet = Sheet {
            things: (0..places.len()).map(Thing::Box).collect(),
            columns: vec![Vec::new(); count],
            before: vec![Vec::new(); places.len()],
            after: vec![Vec::new(); places.len()],
            ways: Vec::with_capacity(edges.len()),
        };
        for (thing, place) in places.iter().enumerate() {
            sheet.columns[*place].push(thing);
        }
        for (from, to) in edges {
            let (left, right) = if places[*from] <= places[*to] { (*from, *to) } else { (*to, *from) };
            let mut way = vec![left];
            for column in places[left] + 1..places[right] {
                way.push(sheet.lane(column));
            }
            way.extend((left != right).then_some(right));
            for step in way.windows(2) {
                sheet.after[step[0]].push(step[1]);
                sheet.before[step[1]].push(step[0]);
            }
            sheet.ways.push(way);
        }
        sheet
    }

    fn lane(&mut self, column: usize) -> usize {
        let thing = self.things.len();
        self.things.push(Thing::Lane);
        self.before.push(Vec::new());
        self.after.push(Vec::new());
        self.columns[column].push(thing);
        thing
    }

    fn high(&self, thing: usize) -> f64 {
        if self.things[thing] == Thing::Lane { LANE } else { HIGH }
    }

    /// Least distance between the middles of two things that follow each other in a column.
    fn apart(&self, above: usize, below: usize) -> f64 {
        let lanes = [above, below].iter().all(|it| self.things[*it] == Thing::Lane);
        f64::midpoint(self.high(above), self.high(below)) + if lanes { 0.0 } else { APART }
    }
}

/// The middle of each thing.
fn heights(sheet: &Sheet) -> Vec<f64> {
    let mut middles = vec![0.0; sheet.things.len()];
    for column in &sheet.columns {
        let mut at = 0.0;
        for (place, thing) in column.iter().enumerate() {
            at += if place == 0 { sheet.high(*thing) / 2.0 } else { sheet.apart(column[place - 1], *thing) };
            middles[*thing] = at;
        }
    }
    for pass in 0..PASSES {
        let rightwards = pass % 2 == 0;
        let order: Vec<usize> = if rightwards { (0..sheet.columns.len()).collect() } else { (0..sheet.columns.len()).rev().collect() };
        for column in order {
            settle(sheet, &sheet.columns[column], rightwards, pass + 2 >= PASSES, &mut middles);
        }
    }
    let top = sheet.columns.iter().filter_map(|column| column.first()).map(|first| middles[*first] - sheet.high(*first) / 2.0);
    let shift = TOP - top.fold(f64::INFINITY, f64::min);
    middles.iter().map(|middle| middle + shift).collect()
}

/// Moves the things of a column to where their neighbours are, keeping order and distance.
fn settle(sheet: &Sheet, column: &[usize], rightwards: bool, both: bool, middles: &mut [f64]) {
    let wanted: Vec<f64> = column
        .iter()
        .map(|thing| {
            let (before, after) = (&sheet.before[*thing], &sheet.after[*thing]);
            let near = match (rightwards, both) {
                (_, true) => before.iter().chain(after).copied().collect::<Vec<_>>(),
                (true, _) => before.clone(),
                (false, _) => after.clone(),
            };
            if near.is_empty() { middles[*thing] } else { near.iter().map(|it| middles[*it]).sum::<f64>() / near.len() as f64 }
        })
        .collect();
    let mut offset = 0.0;
    let offsets: Vec<f64> = (0..column.len())
        .map(|place| {
            offset += if place == 0 { 0.0 } else { sheet.apart(column[place - 1], column[place]) };
            offset
        })
        .collect();
    let free: Vec<f64> = wanted.iter().zip(&offsets).map(|(wanted, offset)| wanted - offset).collect();
    for ((thing, level), offset) in column.iter().zip(rising(&free)).zip(&offsets) {
        middles[*thing] = level + offset;
    }
}

/// The nearest rising sequence (isotonic regression by pooling adjacent violators).
fn rising(wanted: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for value in wanted {
        pools.push((*value, 1));
        while let [.., (low, few), (high, more)] = pools.as_slice() {
            if low / *few as f64 <= high / *more as f64 {
                break;
            }
            let pool = (low + high, few + more);
            pools.truncate(pools.len() - 2);
            pools.push(pool);
        }
    }
    pools.iter().flat_map(|(sum, count)| std::iter::repeat_n(sum / *count as f64, *count)).collect()
}

fn drawn(sheet: &Sheet, places: &[usize], of_layer: &[(usize, usize)], edges: &[(usize, usize)], middles: &[f64]) -> Layout {
    let count = sheet.columns.len().max(1) as f64;
    let wide = ((FITS + BETWEEN) / count - BETWEEN).clamp(NARROWEST, WIDEST).floor();
    let left = |place: usize| place as f64 * (wide + BETWEEN);
    let boxes = (0..places.len()).map(|it| (left(places[it]), middles[it] - HIGH / 2.0)).collect();
    let bottom = (0..sheet.things.len()).map(|it| middles[it] + sheet.high(it) / 2.0).fold(TOP + HIGH, f64::max);
    let ports = Ports::new(sheet, middles);
    let route = |(at, (from, to)): (usize, &(usize, usize))| {
        let way = &sheet.ways[at];
        (way.len() > 1).then(|| Route {
            points: points(at, way, places, middles, &ports, (wide, &left)),
            back: places[*from] > places[*to] || way[0] != *from,
        })
    };
    Layout {
        boxes,
        wide,
        layers: of_layer.iter().map(|(layer, place)| (*layer, left(*place))).collect(),
        routes: edges.iter().enumerate().map(route).collect(),
        width: left(sheet.columns.len().max(1)) - BETWEEN,
        height: bottom + 8.0,
    }
}

fn points(
    edge: usize,
    way: &[usize],
    places: &[usize],
    middles: &[f64],
    ports: &Ports,
    (wide, left): (f64, &dyn Fn(usize) -> f64),
) -> Vec<(f64, f64)> {
    let (first, last) = (way[0], way[way.len() - 1]);
    let mut points = vec![(left(places[first]) + wide, ports.out[edge])];
    for (passed, thing) in way[1..way.len() - 1].iter().enumerate() {
        let x = left(places[first] + 1 + passed);
        points.extend([(x, middles[*thing]), (x + wide, middles[*thing])]);
    }
    points.push((left(places[last]), ports.into[edge]));
    points
}

/// Where each edge leaves and enters its boxes: spread along the side in the order of where it comes from or goes to.
struct Ports {
    out: Vec<f64>,
    into: Vec<f64>,
}

impl Ports {
    fn new(sheet: &Sheet, middles: &[f64]) -> Ports {
        let ends = sheet.ways.len();
        let mut ports = Ports { out: vec![0.0; ends], into: vec![0.0; ends] };
        let mut sides: Vec<[Vec<(f64, usize)>; 2]> = vec![Default::default(); sheet.things.len()];
        for (edge, way) in sheet.ways.iter().enumerate().filter(|(_, way)| way.len() > 1) {
            sides[way[0]][0].push((middles[way[1]], edge));
            sides[way[way.len() - 1]][1].push((middles[way[way.len() - 2]], edge));
        }
        for (thing, [out, into]) in sides.iter_mut().enumerate() {
            for (side, list) in [(&mut ports.out, out), (&mut ports.into, into)] {
                list.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
                let gap = ((HIGH - 12.0) / list.len().max(1) as f64).min(9.0);
                for (place, (_, edge)) in list.iter().enumerate() {
                    side[*edge] = middles[thing] + (place as f64 - (list.len() - 1) as f64 / 2.0) * gap;
                }
            }
        }
        ports
    }
}
