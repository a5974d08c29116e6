//! A folder for what a task throws away: in memory where the machine has room, so that neither a slow nor a full disk breaks a test.

use crate::{Done, command};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Where Linux keeps files in memory.
const MEMORY: &str = "/dev/shm";

/// What the fullest task keeps at a time (1,100), in MB, and nearly as much again. The 64 MB that a container is given by default are passed over.
const ROOM: u64 = 2_000;

/// How each folder's name begins; the number of the process that made it ends it.
const NAME: &str = "reeve-x-";

/// The folder; it goes with this value.
pub struct Passing(PathBuf);

impl Passing {
    /// Makes an empty one. What a killed task has left is cleared first.
    pub fn make(name: &str) -> Done<Passing> {
        let memory = free(Path::new(MEMORY)).is_some_and(|megabytes| megabytes >= ROOM);
        let base = if memory { MEMORY.into() } else { std::env::temp_dir() };
        clear_abandoned(&base);
        let folder = base.join(format!("{NAME}{name}-{}", std::process::id()));
        let open = fs::Permissions::from_mode(0o1777);
        // Open to all, as any temporary folder: a PostgreSQL started by root runs as another user.
        let made = fs::create_dir_all(&folder).and_then(|()| fs::set_permissions(&folder, open));
        made.map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        Ok(Passing(folder))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Megabytes that can still be written where a folder is; nothing when nobody can say.
pub fn free(folder: &Path) -> Option<u64> {
    let table = command::answer("df", &["--block-size=1000000", "--output=avail", &folder.display().to_string()])?;
    table.lines().nth(1)?.trim().parse().ok()
}

/// Removes the folders of processes that are gone.
fn clear_abandoned(base: &Path) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let maker = name.strip_prefix(NAME).and_then(|rest| rest.rsplit('-').next()?.parse::<u32>().ok());
        if maker.is_some_and(|number| !Path::new(&format!("/proc/{number}")).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_when_it_is_no_longer_needed_and_what_a_killed_task_left_goes_too() {
        let kept = Passing::make("t-kept").unwrap();
        let base = kept.path().parent().unwrap().to_owned();
        // No process has the highest number there can be.
        let left = base.join(format!("{NAME}t-left-{}", u32::MAX));
        fs::create_dir_all(left.join("inside")).unwrap();
        let next = Passing::make("t-next").unwrap().path().to_owned();
        assert!(kept.path().is_dir());
        assert!(!left.exists());
        assert!(!next.exists());
    }

    #[test]
    fn room_is_told_where_there_is_a_folder() {
        assert!(free(Path::new("/")).is_some());
        assert_eq!(free(Path::new("/no/such/folder")), None);
    }
}
