//! What the machine gives at best, measured in the same run.

use anyhow::Result;
use db::{Database, Options, Source, Value};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Instant;

/// Durable writes a second: one block, written over and synced.
pub fn fsyncs(folder: &Path, seconds: f64) -> Result<f64> {
    let path = folder.join("fsync-probe");
    let mut file = File::create(&path)?;
    let block = [7_u8; 4096];
    let (begin, mut count) = (Instant::now(), 0);
    while begin.elapsed().as_secs_f64() < seconds {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&block)?;
        file.sync_data()?;
        count += 1;
    }
    let rate = f64::from(count) / begin.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(rate)
}

/// Bare inserts a second through the same driver, durable, from `clients` threads: one narrow row each.
pub fn inserts(source: &Source, clients: usize, seconds: f64) -> Result<f64> {
    let db = Database::open(source, Options::default())?;
    db.write_wait(|tx| tx.script("create table if not exists bench_probe (id bigint primary key, word text not null)"))?;
    let begin = Instant::now();
    let counts: Vec<Result<u64>> = std::thread::scope(|scope| {
        let one = |client: usize| {
            let db = db.clone();
            scope.spawn(move || -> Result<u64> {
                let mut count = 0;
                while begin.elapsed().as_secs_f64() < seconds {
                    let id = i64::from_be_bytes(kernel::id::random::<8>()) >> 1 ^ client as i64;
                    db.write_wait(move |tx| {
                        tx.run(
                            "insert into bench_probe (id, word) values (?1, ?2) on conflict (id) do nothing",
                            &[Value::Int(id), "word".into()],
                        )
                    })?;
                    count += 1;
                }
                Ok(count)
            })
        };
        let threads: Vec<_> = (0..clients).map(one).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or(Ok(0))).collect()
    });
    let took = begin.elapsed().as_secs_f64();
    db.write_wait(|tx| tx.script("drop table bench_probe"))?;
    let total: u64 = counts.into_iter().sum::<Result<u64>>()?;
    Ok(total as f64 / took)
}
