//! Large files in little memory. Alone in its process, whose memory it measures.

#[path = "../it/world.rs"]
#[allow(dead_code, reason = "the world of the other tests")]
mod world;

use exchange::command::{ExportKind, ImportFiles, export_kind, import_files};
use std::fs::{self, File};
use std::io::{BufWriter, Write};

/// Bytes of a row.
const ROW: usize = 8_000;
/// Most MiB that any number of them may need at once: caches of the database (64 of them the writer's), a page of rows, a group of rows of a Parquet file.
const MOST: u64 = 136;

/// What memory this process has, and the most it had since [`forget`], in KiB; none where the system does not say.
fn memory() -> Option<(u64, u64)> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let of = |name: &str| status.lines().find(|it| it.starts_with(name))?.split_whitespace().nth(1)?.parse().ok();
    Some((of("VmRSS:")?, of("VmHWM:")?))
}

/// Begins to watch for the most anew.
fn forget() -> Option<u64> {
    fs::write("/proc/self/clear_refs", "5").ok()?;
    memory().map(|(now, _)| now)
}

fn within(what: &str, before: Option<u64>) {
    if let (Some(before), Some((_, most))) = (before, memory()) {
        let more = most.saturating_sub(before) >> 10;
        eprintln!("{what}: {more} MiB");
        assert!(more < MOST, "{what} took {more} MiB");
    }
}

#[test]
fn many_rows_pass_through_little_memory() {
    let world = world::world();
    let rows: usize = std::env::var("REEVE_TEST_ROWS").ok().and_then(|it| it.parse().ok()).unwrap_or(10_000);
    let file = world.folder.join("things-2026.csv");
    let mut csv = BufWriter::new(File::create(&file).unwrap());
    writeln!(csv, "id,name,notes").unwrap();
    for at in 0..rows {
        writeln!(csv, "{at},thing {at:07},\"{}\"", "n".repeat(ROW)).unwrap();
    }
    drop(csv);
    let before = forget();
    let wanted = ImportFiles { files: vec![file.clone()], kind: "things".into(), ..ImportFiles::default() };
    let reports = import_files(&world.db, &world.house, &world.everyone(), &wanted).unwrap();
    assert_eq!((reports[0].1.created, reports[0].1.rejected), (rows as u64, 0));
    assert_eq!(reports[0].1.source, "things");
    within("import", before);
    for format in ["csv", "jsonl", "xlsx", "parquet"] {
        let before = forget();
        let out = world.folder.join(format!("out.{format}"));
        let wanted = ExportKind { kind: "things".into(), format: format.into(), out: Some(out.clone()), ..ExportKind::default() };
        let count = export_kind(&world.db, &world.house, &world.everyone(), &wanted).unwrap();
        assert_eq!(count, rows as u64);
        assert!(fs::metadata(&out).unwrap().len() > 1_000 && !world.folder.join(format!("out.{format}.part")).exists());
        within(format, before);
        if let Ok(keep) = std::env::var("REEVE_TEST_KEEP") {
            fs::copy(&out, format!("{keep}/out.{format}")).unwrap();
        }
    }
}
