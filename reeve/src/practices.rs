//! THE list of practices, lowest floor first.

use kernel::describe::Practice;

/// Everything Reeve is made of.
pub fn all() -> Vec<&'static Practice> {
    let floors = [
        &[&pages::PRACTICE],
        people::PRACTICES,
        estate::PRACTICES,
        promises::PRACTICES,
        desk::PRACTICES,
        books::PRACTICES,
        insight::PRACTICES,
    ];
    floors.iter().flat_map(|floor| floor.iter()).copied().collect()
}
