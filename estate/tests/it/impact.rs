//! Impact over a real database.

use crate::graph::put;
use crate::world::{World, world};
use estate::impact::{Direction, Impact, Limits, impact};
use kernel::who::{Grants, Means, View};
use kernel::{Error, Result};
use serde_json::json;
use std::sync::Arc;

fn walk(world: &World, id: i64, direction: Direction, limits: Limits) -> Result<Impact> {
    world.tried(move |act| impact(act.tx, act.house, act.view, "services", id, direction, limits))
}

fn names(found: &Impact) -> Vec<(usize, &str)> {
    found.nodes.iter().map(|node| (node.depth, node.named.reference.as_str())).collect()
}

#[test]
fn what_fails_goes_against_dependence_and_along_what_contains_and_feeds() {
    let world = world();
    let kinds = [(2, 1, "depends_on"), (3, 2, "runs_on"), (1, 4, "contains"), (4, 5, "feeds"), (6, 1, "replicates"), (1, 7, "uses")];
    put(&world, 7, &kinds);
    let up = walk(&world, 1, Direction::Up, Limits::default()).unwrap();
    assert_eq!(names(&up), [(0, "SVC-1"), (1, "SVC-2"), (1, "SVC-4"), (2, "SVC-3"), (2, "SVC-5")]);
    let path: Vec<&str> = up.path(4).iter().map(|node| node.named.reference.as_str()).collect();
    assert_eq!(path, ["SVC-1", "SVC-4", "SVC-5"]);
    let down = walk(&world, 5, Direction::Down, Limits::default()).unwrap();
    assert_eq!(names(&down), [(0, "SVC-5"), (1, "SVC-4"), (2, "SVC-1"), (3, "SVC-7")]);
}

#[test]
fn circles_end_and_each_thing_is_found_once() {
    let world = world();
    put(&world, 4, &[(1, 2, "depends_on"), (2, 3, "depends_on"), (3, 1, "depends_on"), (3, 4, "depends_on"), (4, 2, "depends_on")]);
    let found = walk(&world, 1, Direction::Down, Limits::default()).unwrap();
    assert_eq!(names(&found), [(0, "SVC-1"), (1, "SVC-2"), (2, "SVC-3"), (3, "SVC-4")]);
    assert_eq!((found.edges.len(), found.cut), (5, false));
}

#[test]
fn the_graph_of_an_earlier_time_is_the_one_walked() {
    let world = world();
    let a = world.make("services", json!({ "name": "A" })).unwrap();
    let b = world.make("services", json!({ "name": "B" })).unwrap();
    let relation = world.make("relations", json!({ "source": a.reference, "target": b.reference })).unwrap();
    let then = world.house.clock.now();
    world.house.clock.advance(1_000);
    world.perform(&relation, "end", json!({})).unwrap();
    let count = |at| walk(&world, a.id, Direction::Down, Limits { at, ..Limits::default() }).unwrap().nodes.len();
    assert_eq!((count(None), count(Some(then)), count(Some(then - 1))), (1, 2, 1));
}

#[test]
fn what_may_not_be_seen_is_left_out_with_all_behind_it() {
    let world = world();
    put(&world, 4, &[(1, 2, "depends_on"), (2, 3, "depends_on"), (1, 4, "depends_on")]);
    world.act(|act| {
        act.tx.run("update service set organisation = 9 where id = 2", &[])?;
        Ok(())
    });
    let house = &world.house;
    let mut view = View::unguarded_house_itself(house, 1, Means::Page);
    (view.everything, view.reach) = (false, Arc::from([1]));
    view.grants = Arc::new(Grants::of(house, &["agent".to_owned()], &[]));
    let seen = |view: View, id| {
        world.as_viewer(view, move |act| impact(act.tx, act.house, act.view, "services", id, Direction::Down, Limits::default()))
    };
    assert_eq!(names(&seen(view.clone(), 1).unwrap()), [(0, "SVC-1"), (1, "SVC-4")]);
    assert!(matches!(seen(view.clone(), 2), Err(Error::NotFound)), "nor does a walk begin there");
    view.grants = Arc::new(Grants::of(house, &["requester".to_owned()], &[]));
    assert_eq!(names(&seen(view, 1).unwrap()), [(0, "SVC-1")], "who may not read relations follows none");
}

#[test]
fn a_hundred_thousand_relations_of_one_thing_are_bounded_and_said() {
    let world = world();
    let star: Vec<(i64, i64, &str)> = (2..=100_001).map(|leaf| (leaf, 1, "depends_on")).collect();
    put(&world, 100_001, &star);
    let limits = Limits { nodes: 5_000, ..Limits::default() };
    let found = walk(&world, 1, Direction::Up, limits).unwrap();
    assert_eq!((found.nodes.len(), found.cut), (5_001, true));
    let found = walk(&world, 1, Direction::Up, Limits { edges: 1_000, ..limits }).unwrap();
    assert_eq!((found.nodes.len(), found.cut), (1_001, true));
    let found = walk(&world, 77, Direction::Up, limits).unwrap();
    assert_eq!((found.nodes.len(), found.cut), (1, false));
}
