//! Properties of the layout, on graphs by hand and on many made by a simple generator.

use super::layout::{BETWEEN, HIGH};
use super::{Edge, Graph, Layout, Node, layout};
use maud::Render;

/// A generator of graphs that gives the same ones every time (Lehmer's).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        (self.0 as usize) % most.max(1)
    }
}

fn made(seed: u64, nodes: usize, edges: usize) -> (Vec<usize>, Vec<(usize, usize)>) {
    let mut chance = Chance(seed);
    let layers: Vec<usize> = (0..nodes).map(|_| chance.below(5)).collect();
    let edges = (0..edges).map(|_| (chance.below(nodes), chance.below(nodes))).collect();
    (layers, edges)
}

fn overlap(laid: &Layout) -> Option<(usize, usize)> {
    for one in 0..laid.boxes.len() {
        for other in one + 1..laid.boxes.len() {
            let ((x, y), (u, v)) = (laid.boxes[one], laid.boxes[other]);
            if (x - u).abs() < laid.wide && (y - v).abs() < HIGH + 1.0 {
                return Some((one, other));
            }
        }
    }
    None
}

/// Whether an edge runs through a box: level stretches past a column, the only ones that are not in the room between columns.
fn through(laid: &Layout) -> Option<usize> {
    for (edge, route) in laid.routes.iter().enumerate() {
        let Some(route) = route else { continue };
        for pair in route.points.windows(2).filter(|pair| pair[1].0 - pair[0].0 > BETWEEN + 0.5) {
            let ((from, y), (until, _)) = (pair[0], pair[1]);
            if laid.boxes.iter().any(|(x, top)| *x < until - 0.5 && x + laid.wide > from + 0.5 && *top < y && y < top + HIGH) {
                return Some(edge);
            }
        }
    }
    None
}

#[test]
fn boxes_never_overlap_and_no_edge_runs_through_one() {
    for seed in 1..=60 {
        let (layers, edges) = made(seed, 3 + seed as usize * 2, seed as usize * 4);
        let laid = layout(&layers, &edges);
        assert_eq!(overlap(&laid), None, "seed {seed}");
        assert_eq!(through(&laid), None, "seed {seed}");
        assert!(
            laid.boxes.iter().all(|(x, y)| *x >= 0.0 && *y >= 0.0 && x + laid.wide <= laid.width + 0.5 && y + HIGH <= laid.height),
            "seed {seed}"
        );
    }
}

#[test]
fn every_edge_begins_and_ends_at_the_sides_of_its_boxes_and_only_goes_right() {
    for seed in 1..=40 {
        let (layers, edges) = made(seed, 30, 60);
        let laid = layout(&layers, &edges);
        for (edge, route) in edges.iter().zip(&laid.routes) {
            let Some(route) = route else {
                assert_eq!(edge.0, edge.1, "only an edge to itself is not drawn");
                continue;
            };
            let (left, right) = if route.back { (edge.1, edge.0) } else { *edge };
            let (first, last) = (route.points[0], route.points[route.points.len() - 1]);
            let at = |point: (f64, f64), node: usize, side: f64| {
                let (x, y) = laid.boxes[node];
                (point.0 - x - side).abs() < 0.01 && point.1 > y && point.1 < y + HIGH
            };
            assert!(at(first, left, laid.wide) && at(last, right, 0.0), "seed {seed}, {edge:?}");
            assert!(route.points.windows(2).all(|pair| pair[0].0 < pair[1].0), "seed {seed}, {edge:?}");
        }
    }
}

#[test]
fn layers_stand_in_their_order_and_a_chain_inside_one_goes_right() {
    let laid = layout(&[1, 1, 1, 0, 2], &[(3, 0), (0, 1), (1, 2), (2, 4)]);
    let x: Vec<f64> = laid.boxes.iter().map(|it| it.0).collect();
    assert!(x[3] < x[0] && x[0] < x[1] && x[1] < x[2] && x[2] < x[4], "{x:?}");
    assert_eq!(laid.layers.iter().map(|it| it.0).collect::<Vec<_>>(), [0, 1, 2]);
    let y: Vec<f64> = laid.boxes.iter().map(|it| it.1).collect();
    assert!(y.iter().all(|it| (it - y[0]).abs() < 0.01), "a chain lies level: {y:?}");
}

#[test]
fn a_circle_is_drawn_with_one_edge_going_back() {
    let laid = layout(&[0, 0, 0], &[(0, 1), (1, 2), (2, 0), (1, 1)]);
    let back: Vec<bool> = laid.routes.iter().flatten().map(|route| route.back).collect();
    assert_eq!(back, [false, false, true]);
    assert!(laid.routes[3].is_none());
}

/// Crossings of straight lines between columns, counted pair by pair: slow, and independent of how the layout counts.
fn crossings(laid: &Layout) -> usize {
    let steps: Vec<((f64, f64), (f64, f64))> =
        laid.routes.iter().flatten().flat_map(|route| route.points.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()).collect();
    let mut count = 0;
    for (place, one) in steps.iter().enumerate() {
        for other in &steps[place + 1..] {
            let same = (one.0.0 - other.0.0).abs() < 0.1 && one.1.0 - one.0.0 < BETWEEN + 0.5 && other.1.0 - other.0.0 < BETWEEN + 0.5;
            count += usize::from(same && (one.0.1 - other.0.1) * (one.1.1 - other.1.1) < -0.01);
        }
    }
    count
}

#[test]
fn what_can_be_drawn_without_crossings_is() {
    // Two trees told in an order that tangles them.
    let layers = [0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
    let edges = [(0, 3), (0, 5), (1, 2), (1, 4), (3, 9), (5, 6), (2, 8), (4, 7), (0, 6), (1, 8)];
    assert_eq!(crossings(&layout(&layers, &edges)), 0);
}

#[test]
fn ordering_takes_most_crossings_away() {
    let (mut told, mut left) = (0, 0);
    for seed in 1..=20 {
        let mut chance = Chance(seed);
        let layers: Vec<usize> = (0..60).map(|it| it / 12).collect();
        // Each thing needs two of the layer before that stand beside each other; told in a shuffled order, it can still be
        // drawn without a crossing.
        let mut shuffled: Vec<usize> = (0..12).collect();
        let mut edges = Vec::new();
        for layer in 1..5 {
            let before = shuffled.clone();
            for place in (1..12).rev() {
                shuffled.swap(place, chance.below(place + 1));
            }
            for (place, thing) in shuffled.iter().enumerate() {
                edges.extend(
                    [place, place + 1]
                        .into_iter()
                        .filter(|near| *near < 12)
                        .map(|near| ((layer - 1) * 12 + before[near], layer * 12 + thing)),
                );
            }
        }
        let cross = |one: &(usize, usize), other: &(usize, usize)| {
            one.0 / 12 == other.0 / 12 && (one.0 < other.0) == (one.1 > other.1) && one.0 != other.0 && one.1 != other.1
        };
        told +=
            edges.iter().enumerate().map(|(place, one)| edges[place + 1..].iter().filter(|other| cross(one, other)).count()).sum::<usize>();
        left += crossings(&layout(&layers, &edges));
    }
    assert!(left * 20 < told, "{left} of {told} crossings are left");
}

#[test]
fn three_hundred_boxes_are_laid_out_at_once() {
    let (layers, edges) = made(7, 300, 700);
    let begin = std::time::Instant::now();
    let laid = layout(&layers, &edges);
    assert_eq!((overlap(&laid), through(&laid)), (None, None));
    assert!(begin.elapsed().as_millis() < 2_000, "without optimisation: {:?}", begin.elapsed());
    assert_eq!(layout(&layers, &edges), laid, "the same graph is laid out the same way");
}

#[test]
fn a_box_is_a_link_with_its_name_and_a_long_name_is_cut_with_the_whole_behind_it() {
    let node = |label: &str, layer| Node { label: label.into(), sub: "server".into(), href: "/x".into(), layer, ..Node::default() };
    let long = "Containerumschlagsplanungsrechnerverbund";
    let nodes = vec![node(long, 0), Node { me: true, ..node("<b>", 1) }];
    let edges = vec![Edge { from: 0, to: 1, hot: true }];
    let drawn = Graph { finding: "Two".into(), layers: vec!["A".into(), "B".into()], nodes, edges }.render().into_string();
    assert!(drawn.contains("…</text>") && drawn.contains(&format!("<title>{long}, server</title>")), "{drawn}");
    assert!(drawn.contains("<title>&lt;b&gt;, server</title>") && !drawn.contains("<b>"));
    assert!(drawn.contains("data-e=\"0 1\"") && drawn.contains("url(#to-hot)"));
}

#[test]
fn a_long_name_of_several_words_takes_the_line_below_where_nothing_else_stands_on_it() {
    let node = Node {
        label: "Customs Authority gateway of the ministry of finance".into(),
        sub: "an external service of somebody else".into(),
        ..Node::default()
    };
    let graph = Graph { finding: "One".into(), layers: vec!["A".into()], nodes: vec![node], edges: Vec::new() };
    let drawn = graph.render().into_string();
    assert!(drawn.contains(">Customs Authority gateway</text>") && drawn.contains(">of the ministry of finance</text>"), "{drawn}");
}
