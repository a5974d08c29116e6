//! Large files in little memory. Alone in its process, whose memory it measures.

#[path = "../it/world.rs"]
#[allow(dead_code, reason = "the world of the other tests")]
mod world;

use exchange::command::{ExportKind, ImportFiles, export_kind, import_files};
use std::fs::{self, File};
use std::io::{BufWriter, Write};

/// Bytes of a row, and most MiB that any amount of them may need: caches of the database and a group of rows of a Parquet file.
const ROW: usize = 8_000;
const MOST: u64 = 190;

/// Most memory this process ever had, in KiB; none where the system does not say.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn many_rows_pass_through_little_memory() {
    let world = world::world();
    let rows: usize = std::env::var("REEVE_TEST_ROWS").ok().and_then(|it| it.parse().ok()).unwrap_or(25_000);
    let file = world.folder.join("things-2026.csv");
    let mut csv = BufWriter::new(File::create(&file).unwrap());
    writeln!(csv, "id,name,notes").unwrap();
    for at in 0..rows {
        writeln!(csv, "{at},thing {at:07},\"{}\"", "n".repeat(ROW)).unwrap();
    }
    drop(csv);
    let before = peak();
    let wanted = ImportFiles { files: vec![file.clone()], kind: "things".into(), ..ImportFiles::default() };
    let reports = import_files(&world.db, &world.house, &world.everyone(), &wanted).unwrap();
    assert_eq!((reports[0].1.created, reports[0].1.rejected), (rows as u64, 0));
    assert_eq!(reports[0].1.source, "things");
    let mut most = vec![("import", peak())];
    for format in ["csv", "jsonl", "xlsx", "parquet"] {
        let out = world.folder.join(format!("out.{format}"));
        let wanted = ExportKind { kind: "things".into(), format: format.into(), out: Some(out.clone()), ..ExportKind::default() };
        let count = export_kind(&world.db, &world.house, &world.everyone(), &wanted).unwrap();
        assert_eq!(count, rows as u64);
        assert!(fs::metadata(&out).unwrap().len() > 1_000 && !world.folder.join(format!("out.{format}.part")).exists());
        most.push((format, peak()));
        if let Ok(keep) = std::env::var("REEVE_TEST_KEEP") {
            fs::copy(&out, format!("{keep}/out.{format}")).unwrap();
        }
    }
    for (what, after) in most {
        if let (Some(before), Some(after)) = (before, after) {
            let more = (after - before) >> 10;
            eprintln!("{what}: {more} MiB more than before");
            assert!(more < MOST, "{what}: {more} MiB more than before");
        }
    }
}
