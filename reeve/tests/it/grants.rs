//! role x register x verb as a checked-in table: a change of permissions is a readable difference.

use kernel::House;
use kernel::time::Clock;

#[test]
fn the_reference_is_what_the_tables_say() {
    let house = House::new(&reeve::practices::all(), Clock::set(0), 1);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reference");
    if let Err(difference) = reeve::command::docs::docs(&house, &folder, true) {
        panic!("{difference:#}");
    }
}
