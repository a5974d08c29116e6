//! Imports a log of updates into a database, with the time it took: `import_log DATABASE FILE... [--mapping FILE] [--dry-run]`.

use db::{Database, Migration, Source};
use desk::incident_log::{Input, Mapping, Options, import};
use kernel::House;
use kernel::time::Clock;
use kernel::who::{Means, View};
use std::path::Path;
use std::time::Instant;

const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "0001_kernel", sql: include_str!("../../migrations/0001_kernel.sql") },
    Migration { number: 2, name: "0002_people", sql: include_str!("../../migrations/0002_people.sql") },
    Migration { number: 3, name: "0003_estate", sql: include_str!("../../migrations/0003_estate.sql") },
    Migration { number: 4, name: "0004_promises", sql: include_str!("../../migrations/0004_promises.sql") },
    Migration { number: 5, name: "0005_desk", sql: include_str!("../../migrations/0005_desk.sql") },
    Migration { number: 12, name: "0012_search", sql: include_str!("../../migrations/0012_search.sql") },
    Migration { number: 17, name: "0017_notices", sql: include_str!("../../migrations/0017_notices.sql") },
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let dry_run = words.iter().position(|it| it == "--dry-run").map(|at| words.remove(at)).is_some();
    let mapping = match words.iter().position(|it| it == "--mapping") {
        Some(at) => Some(Mapping::parse(&std::fs::read_to_string(words.drain(at..at + 2).nth(1).unwrap_or_default())?)?),
        None => None,
    };
    let (database, files) = words.split_first().ok_or("import_log DATABASE FILE...")?;
    let db = Database::open(&Source::parse(database), db::Options::default())?;
    db::migrate(&db, MIGRATIONS)?;
    let practices: Vec<_> = [people::PRACTICES, estate::PRACTICES, promises::PRACTICES, desk::PRACTICES].concat();
    let house = House::new(&practices, Clock::System, 7);
    let prepared = house.clone();
    db.write_wait(move |tx| prepared.prepare(tx))?;
    let inputs = files.iter().map(|it| Input::file(Path::new(it))).collect::<Result<_, _>>()?;
    let view = View::unguarded_house_itself(&house, 1, Means::Import("log".into()));
    let options = Options { dry_run, rejects: Some("rejects.csv".into()) };
    let begun = Instant::now();
    let mut last = None;
    let report = import(&db, &house, &view, inputs, mapping, &options, &mut |at| {
        if last != Some(at.doing) {
            println!("{:?} from {:.2} s", at.doing, begun.elapsed().as_secs_f64());
            last = Some(at.doing);
        }
    })?;
    let rejected = report.rejects.len();
    for reject in report.rejects.iter().take(10) {
        println!("{reject:?}");
    }
    println!("{rejected} rejected; {:?}", desk::incident_log::Report { rejects: Vec::new(), ..report });
    println!("{:.2} s", begun.elapsed().as_secs_f64());
    db.close();
    Ok(())
}
