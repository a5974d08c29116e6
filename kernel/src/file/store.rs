//! Where the bytes lie: `files/ab/cdef…` under the data folder, named by their SHA-256.

use crate::id::hex;
use crate::{Error, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::SystemTime;

/// Largest file, in bytes.
pub const LARGEST: usize = 25 * 1024 * 1024;

/// The folder that holds the bytes.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    /// Held while bytes are found to be there or are taken away, so that a collection never takes what was just found.
    lock: Arc<Mutex<()>>,
}

/// The digest that bytes are named by.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

impl Store {
    /// A store in `files` under the data folder.
    pub fn new(data: &Path) -> Store {
        Store::at(data.join("files"))
    }

    /// A store in a folder of its own, such as that of a backup.
    pub fn at(folder: PathBuf) -> Store {
        Store { folder, lock: Arc::default() }
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
        let digest = digest(bytes);
        let path = self.path(&digest);
        if self.renewed(&path) {
            return Ok(digest);
        }
        write(&path, bytes)
            .map_err(|error| Error::Fault(format!("The file could not be stored ({error}). Nothing was changed; try again.")))?;
        Ok(digest)
    }

    /// Stores bytes durably in the place of what may lie there under their digest, damaged as it may be.
    pub fn replace(&self, bytes: &[u8]) -> Result<()> {
        let _held = self.locked();
        write(&self.path(&digest(bytes)), bytes).map_err(|error| Error::Fault(format!("A file could not be stored ({error}).")))
    }

    /// Whether bytes lie there under a digest; they are not read.
    pub fn has(&self, digest: &str) -> bool {
        self.path(digest).is_file()
    }

    fn locked(&self) -> MutexGuard<'_, ()> {
        self.lock.lock().unwrap_or_else(|broken| broken.into_inner())
    }

    /// Whether the bytes are there; if so they count as stored just now, because a row will point at them soon.
    fn renewed(&self, path: &Path) -> bool {
        let _held = self.locked();
        fs::File::options().append(true).open(path).is_ok_and(|file| file.set_modified(SystemTime::now()).is_ok())
    }

    /// The bytes of a digest, checked against it.
    pub fn get(&self, digest: &str) -> Result<Vec<u8>> {
        let bytes = fs::read(self.path(digest)).map_err(|_| Error::NotFound)?;
        if self::digest(&bytes) != digest {
            return Err(Error::Fault("The stored file is damaged; restore it from a backup.".into()));
        }
        Ok(bytes)
    }

    /// Every digest whose bytes were stored before a moment.
    pub fn stored_before(&self, moment: SystemTime) -> Vec<String> {
        let folders = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let within = |folder: fs::DirEntry| {
            let head = folder.file_name().to_string_lossy().into_owned();
            let files = fs::read_dir(folder.path()).into_iter().flatten().flatten();
            let old = files.filter(move |file| older(&file.path(), moment));
            old.map(move |file| format!("{head}{}", file.file_name().to_string_lossy())).collect::<Vec<_>>()
        };
        folders.flat_map(within).filter(|digest| digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit())).collect()
    }

    /// Takes the bytes away unless they were stored again since `moment`; for collection once no row points at them.
    pub fn remove_stored_before(&self, digest: &str, moment: SystemTime) {
        let _held = self.locked();
        let path = self.path(digest);
        if older(&path, moment) {
            // What cannot be removed now is found by the next collection.
            let _ = fs::remove_file(path);
        }
    }
}

fn older(path: &Path, moment: SystemTime) -> bool {
    fs::metadata(path).and_then(|it| it.modified()).is_ok_and(|at| at < moment)
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
    fs::File::open(folder)?.sync_all()?;
    // The folder may be new itself.
    folder.parent().map_or(Ok(()), |above| fs::File::open(above)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn bytes_that_are_stored_again_are_not_collected() {
        let data = std::env::temp_dir().join(format!("reeve-store-{}", std::process::id()));
        let store = Store::new(&data);
        let digest = store.put(b"twice").unwrap();
        let day = Duration::from_secs(24 * 3600);
        let old = || fs::File::options().append(true).open(store.path(&digest)).unwrap().set_modified(SystemTime::now() - 2 * day).unwrap();
        let yesterday = SystemTime::now() - day;
        assert!(store.stored_before(yesterday).is_empty());
        old();
        assert_eq!(store.stored_before(yesterday), [digest.as_str()]);
        store.put(b"twice").unwrap();
        store.remove_stored_before(&digest, yesterday);
        assert_eq!(store.get(&digest).unwrap(), b"twice");
        old();
        store.remove_stored_before(&digest, yesterday);
        assert!(matches!(store.get(&digest), Err(Error::NotFound)));
        fs::remove_dir_all(&data).unwrap();
    }
}
