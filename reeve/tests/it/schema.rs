//! Schema and descriptions hold each other: every described column exists, with its type, and nothing is missing.

use crate::world::world;
use reeve::command::draft;

#[test]
fn the_schema_is_what_the_descriptions_say() {
    let world = world();
    let tables: Vec<String> = draft::wanted(&world.house).into_keys().collect();
    let present = world.read(move |tx| draft::present(tx, &tables));
    assert_eq!(draft::draft(&world.house, &present), "", "`cargo x migration NAME` drafts what is missing");
}
