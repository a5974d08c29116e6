//! What is dear to work out is kept for a while, for whoever asked and as long as their rights are the same.

use crate::house::{World, worlds};
use kernel::kept::kept;
use kernel::who::{self, Means, View};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Asks for a figure that takes so long; how often it was worked out so far, by anybody.
fn asks(world: &World, person: i64, takes: Duration, worked: &Arc<AtomicI64>) -> i64 {
    let (house, worked) = (Arc::clone(&world.house), Arc::clone(worked));
    let read = move |tx: &mut db::Tx| {
        let view = View { person, ..View::unguarded_house_itself(&house, 1, Means::Cli) };
        let figure = kept(tx, &house, &view, &format!("a figure that takes {takes:?}"), |_| {
            std::thread::sleep(takes);
            Ok(worked.fetch_add(1, Ordering::Relaxed) + 1)
        });
        figure.map(|it| *it)
    };
    world.db.read_wait(read).expect("a figure")
}

#[test]
fn a_dear_figure_is_kept_for_its_viewer_until_its_time_or_their_rights_are_over() {
    for world in worlds() {
        let worked = Arc::new(AtomicI64::new(0));
        let (dear, quick) = (Duration::from_millis(25), Duration::ZERO);
        assert_eq!((asks(&world, 1, dear, &worked), asks(&world, 1, dear, &worked)), (1, 1), "kept");
        assert_eq!(asks(&world, 2, dear, &worked), 2, "somebody else may see something else");
        world.act(|act| who::touch(act.tx)).expect("rights change");
        assert_eq!(asks(&world, 1, dear, &worked), 3, "by other rights");
        world.house.clock.advance(61_000);
        assert_eq!(asks(&world, 1, dear, &worked), 4, "nothing is kept for longer than a minute");
        assert_eq!((asks(&world, 1, quick, &worked), asks(&world, 1, quick, &worked)), (5, 6), "what is quick is never kept");
    }
}
