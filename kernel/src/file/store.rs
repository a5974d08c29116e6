//! Where the bytes lie: `files/ab/cdef…` under the data folder, named by their SHA-256.

use crate::id::hex;
use crate::{Error, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Largest file, in bytes.
pub const LARGEST: usize = 25 * 1024 * 1024;

/// The folder that holds the bytes.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// A store in `files` under the data folder.
    pub fn new(data: &Path) -> Store {
        Store { folder: data.join("files") }
    }

    fn path(&self, digest: &str) -> PathBuf {
        let (head, tail) = digest.split_at(2.min(digest.len()));
        self.folder.join(head).join(tail)
    }

    /// Stores bytes durably (file and folder synced) and gives their digest. Bytes that are there already are not written again.
    pub fn put(&self, bytes: &[u8]) -> Result<String> {
        if bytes.len() > LARGEST {
            return Err(Error::TooLarge(format!("The file has {} bytes; at most {LARGEST} fit. Nothing was stored.", bytes.len())));
        }
        let digest = hex(&Sha256::digest(bytes));
        let path = self.path(&digest);
        if path.exists() {
            return Ok(digest);
        }
        write(&path, bytes)
            .map_err(|error| Error::Fault(format!("The file could not be stored ({error}). Nothing was changed; try again.")))?;
        Ok(digest)
    }

    /// The bytes of a digest, checked against it.
    pub fn get(&self, digest: &str) -> Result<Vec<u8>> {
        let bytes = fs::read(self.path(digest)).map_err(|_| Error::NotFound)?;
        if hex(&Sha256::digest(&bytes)) != digest {
            return Err(Error::Fault("The stored file is damaged; restore it from a backup.".into()));
        }
        Ok(bytes)
    }

    /// Every digest that is stored.
    pub fn all(&self) -> Vec<String> {
        let folders = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let within = |folder: fs::DirEntry| {
            let head = folder.file_name().to_string_lossy().into_owned();
            let files = fs::read_dir(folder.path()).into_iter().flatten().flatten();
            files.map(move |file| format!("{head}{}", file.file_name().to_string_lossy())).collect::<Vec<_>>()
        };
        folders.flat_map(within).filter(|digest| digest.len() == 64).collect()
    }

    /// Takes the bytes away; for collection once no row points at them.
    pub fn remove(&self, digest: &str) {
        let _ = fs::remove_file(self.path(digest));
    }
}

/// Writes beside, syncs, and moves into place, so that a crash leaves no half file under a digest's name.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let beside = folder.join(format!("{}.part", hex(&crate::id::random::<8>())));
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    fs::File::open(folder)?.sync_all()
}
