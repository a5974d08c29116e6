//! What is read: files or bytes, plain, gzip or xz, told apart by how they begin.

use flate2::read::MultiGzDecoder;
use kernel::{Error, Result};
use lzma_rust2::XzReader;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Most bytes a log may have once unpacked, so that a small hostile file cannot fill the memory.
const MOST_BYTES: u64 = 4 << 30;

/// A log to be read, by name.
pub struct Input {
    /// What messages call it.
    pub name: String,
    /// Bytes as stored, before unpacking; for progress.
    pub size: u64,
    /// How many of them were read so far.
    pub taken: Arc<AtomicU64>,
    bytes: Box<dyn Read>,
}

impl Input {
    /// A file.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn file(path: &Path) -> Result<Input> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|why| unreadable(&name, &why))?;
        let size = file.metadata().map_or(0, |it| it.len());
        Ok(Input { name, size, taken: Arc::default(), bytes: Box::new(file) })
    }
    /// Bytes that the program holds.
    pub fn bytes(name: &str, bytes: &'static [u8]) -> Input {
        Input { name: name.to_owned(), size: bytes.len() as u64, taken: Arc::default(), bytes: Box::new(Cursor::new(bytes)) }
    }
    /// Its text, unpacked as it is read.
    pub(super) fn text(self) -> Result<Box<dyn Read>> {
        let mut stored = BufReader::with_capacity(1 << 16, Counted { inner: self.bytes, taken: self.taken });
        let begin = stored.fill_buf().map_err(|why| unreadable(&self.name, &why))?;
        let text: Box<dyn Read> = if begin.starts_with(&[0x1f, 0x8b]) {
            Box::new(MultiGzDecoder::new(stored))
        } else if begin.starts_with(b"\xfd7zXZ\0") {
            Box::new(XzReader::new(stored, true))
        } else {
            Box::new(stored)
        };
        Ok(Box::new(Limited { inner: text, left: MOST_BYTES }))
    }
}

/// Lets so much pass and then fails.
struct Limited {
    inner: Box<dyn Read>,
    left: u64,
}

impl Read for Limited {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(into)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => return Err(std::io::Error::other(format!("it is larger than {} GiB once unpacked", MOST_BYTES >> 30))),
        }
        Ok(count)
    }
}

/// Counts what passes.
struct Counted {
    inner: Box<dyn Read>,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(into)?;
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// What a person is told when a file cannot be read.
pub(super) fn unreadable(name: &str, why: &dyn std::fmt::Display) -> Error {
    Error::Conflict(format!("{name} cannot be read: {why}. Nothing was imported; mend the file and run the import again."))
}
