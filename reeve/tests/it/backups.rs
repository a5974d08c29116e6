//! A backup holds everything: the database and the attachments its records name. As the binary does it.

use kernel::file::{Store, digest};
use reeve::args::Place;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A house in a folder of its own, with a place beside it for backups.
struct House(PathBuf);

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl House {
    fn new() -> House {
        let folder = std::env::temp_dir().join(format!("reeve-backups-{}", kernel::id::hex(&kernel::id::random::<8>())));
        std::fs::create_dir_all(&folder).expect("a folder");
        House(folder)
    }
    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
    fn files(&self, data: &str) -> Store {
        Store::new(&self.path(data))
    }
    /// Runs the binary on a data folder; whether it did it, and what it said.
    fn reeve(&self, data: &str, command: &str, file: Option<&Path>) -> (bool, String) {
        let mut call = Command::new(env!("CARGO_BIN_EXE_reeve"));
        call.current_dir(&self.0).args([command, "--data"]).arg(self.path(data)).args(file);
        let done = call.output().expect("the binary runs");
        (done.status.success(), format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)))
    }
    /// Begins a house that has a history.
    fn begin(&self, data: &str) {
        let mut call = Command::new(env!("CARGO_BIN_EXE_reeve"));
        call.args(["init", "--org", "Harbour", "--admin", "ada@example.org", "--data"]).arg(self.path(data));
        assert!(call.output().expect("the binary runs").status.success());
    }
    /// Notes in the database that records name these contents, and stores the bytes.
    fn attach(&self, data: &str, contents: &'static [&'static str]) {
        let place = Place { data: Some(self.path(data)), database: None };
        let db = reeve::open::open(&place).expect("it opens").db;
        for content in contents {
            self.files(data).put(content.as_bytes()).expect("stored");
        }
        let rows = move |tx: &mut db::Tx| {
            for (id, content) in contents.iter().enumerate() {
                let sql = "insert into file (id, digest, name, media, size, register, record, internal, person, created_at) \
                           values (?1, ?2, 'a.txt', 'text/plain', 1, 'incidents', 1, 0, 1, 1)";
                tx.run(sql, &[(id as i64 + 1).into(), digest(content.as_bytes()).into()])?;
            }
            Ok::<_, kernel::Error>(())
        };
        db.write_wait(rows).expect("rows");
        db.close();
    }
}

/// Where the bytes of a content lie in a folder of files.
fn lies(files: &Path, content: &str) -> PathBuf {
    let digest = digest(content.as_bytes());
    files.join(&digest[..2]).join(&digest[2..])
}

#[test]
fn a_backup_brings_the_attachments_along_and_a_restore_puts_them_in_place() {
    let house = House::new();
    house.attach("old", &["plan", "picture"]);
    house.files("old").put(b"of nobody").expect("stored");
    let backup = house.path("monday");
    let (done, said) = house.reeve("old", "backup", Some(&backup));
    assert!(done && said.contains("the database") && said.contains("monday.files   2 attachments"), "{said}");
    assert!(!lies(&house.path("monday.files"), "of nobody").exists(), "only what records name");
    let (again, said) = house.reeve("old", "backup", Some(&backup));
    assert!(!again && said.contains("exists already"), "{said}");

    let (done, said) = house.reeve("new", "restore", Some(&backup));
    assert!(done && said.contains("2 attachments were put in place"), "{said}");
    for content in ["plan", "picture"] {
        assert_eq!(house.files("new").get(&digest(content.as_bytes())).expect("it is there"), content.as_bytes());
    }
    assert!(house.reeve("new", "doctor", None).1.contains("ok    attachments: all 2 are there"));
}

#[test]
fn a_backup_whose_attachments_are_missing_or_damaged_is_refused_and_touches_nothing() {
    let house = House::new();
    house.attach("old", &["plan", "picture"]);
    let (backup, files) = (house.path("monday"), house.path("monday.files"));
    assert!(house.reeve("old", "backup", Some(&backup)).0);
    std::fs::remove_file(lies(&files, "plan")).expect("it was there");
    std::fs::write(lies(&files, "picture"), "scratched").expect("it was there");
    let (done, said) = house.reeve("new", "restore", Some(&backup));
    assert!(!done && said.contains("Nothing was changed"), "{said}");
    assert!(said.contains(&format!("{} is missing", digest(b"plan"))), "{said}");
    assert!(said.contains(&format!("{} is damaged", digest(b"picture"))), "{said}");
    assert!(!house.path("new").exists());

    // What lies in place already, as it should be, need not come from the backup; what is damaged there is mended.
    let (done, said) = house.reeve("old", "restore", Some(&backup));
    assert!(done && said.contains("0 attachments were put in place"), "{said}");
    std::fs::write(lies(&files, "picture"), "picture").expect("mended");
    std::fs::write(lies(&house.path("old/files"), "picture"), "scratched").expect("damaged");
    assert!(house.reeve("old", "restore", Some(&backup)).0);
    assert_eq!(house.files("old").get(&digest(b"picture")).expect("mended"), b"picture");
}

#[test]
fn what_is_lost_is_named_by_doctor_and_backup_and_keeps_no_backup_from_being_restored() {
    let house = House::new();
    house.attach("old", &["plan", "picture"]);
    std::fs::remove_file(lies(&house.path("old/files"), "plan")).expect("it was there");
    let lost = digest(b"plan");
    let (_, said) = house.reeve("old", "doctor", None);
    assert!(said.contains("mend  attachments: 1 of 2 that records name") && said.contains(&lost), "{said}");
    let backup = house.path("monday");
    let (whole, said) = house.reeve("old", "backup", Some(&backup));
    assert!(!whole && said.contains(&lost) && said.contains("All else is in it"), "{said}");
    let (done, said) = house.reeve("new", "restore", Some(&backup));
    assert!(done && said.contains("1 attachment had been lost before"), "{said}");
    assert!(house.files("new").has(&digest(b"picture")));
}

#[test]
fn a_backup_whose_history_was_altered_is_refused_and_names_the_entry() {
    let house = House::new();
    house.begin("old");
    assert!(house.reeve("old", "verify", None).0, "everything is sealed");
    let backup = house.path("monday");
    assert!(house.reeve("old", "backup", Some(&backup)).0);
    let (done, said) = house.reeve("new", "restore", Some(&backup));
    assert!(done, "{said}");

    let entry: i64 = altered(&backup);
    let (done, said) = house.reeve("newer", "restore", Some(&backup));
    assert!(!done && said.contains("Nothing was restored and nothing was changed"), "{said}");
    assert!(said.contains(&format!("journal entry {entry} at position {entry}: its content was altered")), "{said}");
    assert!(!house.path("newer").exists());

    // As it says itself: it can still be looked into.
    std::fs::create_dir(house.path("look")).expect("a folder");
    std::fs::copy(&backup, house.path("look/reeve.sqlite")).expect("a copy");
    let (sound, said) = house.reeve("look", "verify", None);
    assert!(!sound && said.contains(&format!("journal entry {entry}")), "{said}");
}

/// Changes one letter of a sealed entry behind the back of the program; gives its number.
fn altered(file: &Path) -> i64 {
    let db = db::Database::open(&db::Source::Sqlite(file.to_owned()), db::Options::default()).expect("it opens");
    let alter = |tx: &mut db::Tx| {
        let entry = tx.one("select min(entry) from seal where position > 1", &[])?.int(0)?;
        tx.run("update journal set content = replace(content, 'a', 'b') where seq = ?1", &[entry.into()])?;
        Ok::<_, db::Error>(entry)
    };
    let entry = db.write_wait(alter).expect("it is altered");
    db.close();
    entry
}
