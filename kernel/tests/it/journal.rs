//! The journal tells what happened, and that nobody touched it.

use crate::house::{World, worlds};
use kernel::journal::{self, Finding, Reader};
use kernel::register;
use std::sync::Arc;

fn verified(world: &World) -> (i64, Option<Finding>) {
    world.db.read_wait(journal::verify).expect("the journal can be read")
}

fn ten_entries(world: &World) {
    let reference = world.note("one").reference.clone();
    for number in 0..9 {
        world.rename(&reference, &format!("name {number}"));
    }
    assert_eq!(world.seal(), 10);
}

#[test]
fn an_untouched_journal_verifies() {
    for world in worlds() {
        ten_entries(&world);
        assert_eq!(verified(&world), (10, None));
    }
}

#[test]
fn every_sort_of_tampering_is_found_and_named() {
    let cases = [
        ("update journal set content = replace(content, 'name 3', 'name X') where seq = 5", "journal entry 5"),
        ("update journal set verb = 'retire' where seq = 6", "journal entry 6"),
        ("update journal set at = at + 1 where seq = 2", "journal entry 2"),
        ("update journal set actor = 77 where seq = 3", "journal entry 3"),
        ("delete from journal where seq = 4", "journal entry 4"),
        ("delete from journal where seq = 10", "journal entry 10"),
        ("delete from seal where position = 7", "journal entry 8"),
        ("update journal set content = null where seq = 9", "journal entry 9"),
        (
            "update seal set entry = 1000 where position = 3; update seal set entry = 3 where position = 4; update seal set entry = 4 where position = 3",
            "journal entry 4",
        ),
    ];
    for (tampering, named) in cases {
        for world in worlds() {
            ten_entries(&world);
            world.tamper(tampering);
            let (_, finding) = verified(&world);
            let finding = finding.unwrap_or_else(|| panic!("found: {tampering}"));
            assert!(finding.what.starts_with(named), "{tampering}: {} {}", finding.what, finding.wrong);
        }
    }
}

#[test]
fn two_rows_that_changed_places_are_found() {
    for world in worlds() {
        ten_entries(&world);
        world.tamper(
            "update journal set content = (select content from journal where seq = 8), digest = (select digest from journal where seq = 8), \
             salt = (select salt from journal where seq = 8) where seq = 7",
        );
        let (_, finding) = verified(&world);
        assert!(finding.is_some_and(|it| it.what.starts_with("journal entry 7")));
    }
}

/// What is left of a content when nothing but words had changed.
const LEFT: &str = r#"{"redacted":true,"version":5}"#;

#[test]
fn a_redaction_erases_the_content_and_the_seals_still_hold() {
    for world in worlds() {
        ten_entries(&world);
        let of = |world: &crate::house::World| {
            let read = |tx: &mut db::Tx| Ok::<_, kernel::Error>(tx.one("select act from journal where seq = 5", &[])?.int(0)?);
            world.db.read_wait(read).expect("the act of an entry")
        };
        let (fifth, notes) = (of(&world), world.house.register("notes").expect("notes"));
        let redact = move |act: &mut kernel::Act, reason: Option<&str>| {
            act.reason = reason.map(str::to_owned);
            journal::redact(act, notes, "NOT-1", fifth)
        };
        assert!(matches!(world.act(move |act| redact(act, None)), Err(kernel::Error::Invalid(_))), "not without a reason");
        world.act(move |act| redact(act, Some("A password was pasted"))).expect("a redaction");
        assert!(world.act(move |act| redact(act, Some("Again"))).is_err(), "there is nothing left to erase");
        let undone = world.act(move |act| kernel::register::undo(act, notes, "NOT-1", fifth));
        assert!(matches!(undone, Err(kernel::Error::Conflict(_))), "nor to take back");
        world.seal();
        assert_eq!(verified(&world), (11, None));
        let left =
            world.db.read_wait(|tx| Ok::<_, kernel::Error>(tx.one("select content from journal where seq = 5", &[])?.text(0)?.to_owned()));
        assert_eq!(left.expect("what is left"), LEFT, "names are words");
        let told = world.db.read_wait(|tx| journal::redactions(tx, 10)).expect("redactions");
        assert_eq!(told.iter().map(|it| it.entry).collect::<Vec<_>>(), [5]);
        for (forged, named) in [
            (r#"update journal set content = '{"changes":{"state":["open","closed"]},"redacted":true}' where seq = 5"#, "journal entry 5"),
            ("update journal set content = null where seq = 5", "journal entry 5"),
            (
                "update journal set content = null where seq = 4; insert into redaction (entry, person, at, act) values (4, 1, 1, (select act from redaction where entry = 5))",
                "journal entry 4",
            ),
        ] {
            world.tamper(forged);
            let (_, finding) = verified(&world);
            assert!(finding.as_ref().is_some_and(|it| it.what.starts_with(named)), "{forged}: {finding:?}");
            world.tamper(r#"update journal set content = '{"redacted":true,"version":5}' where seq = 5"#);
        }
    }
}

#[test]
fn a_record_is_shown_as_it_was_at_any_time() {
    for world in worlds() {
        let before = world.house.clock.now() - 1;
        let note = world.note("first");
        let mut times = vec![(world.house.clock.now(), "first".to_owned())];
        for number in 2..6 {
            world.house.clock.advance(60_000);
            world.rename(&note.reference, &format!("name {number}"));
            times.push((world.house.clock.now(), format!("name {number}")));
        }
        let house = Arc::clone(&world.house);
        let register = house.register("notes").expect("notes");
        let read = move |at: i64| {
            let house = Arc::clone(&house);
            world.db.read_wait(move |tx| {
                let record = register::by_id_unguarded(tx, &house, register, note.id)?.ok_or(kernel::Error::NotFound)?;
                journal::rewind(tx, record, at)
            })
        };
        for (at, name) in &times {
            let then = read(*at).expect("it can be read").expect("it existed");
            assert_eq!(then.title(), name);
            let later = read(*at + 59_999).expect("it can be read").expect("it existed");
            assert_eq!(later.title(), name);
        }
        assert!(read(before).expect("it can be read").is_none(), "it did not exist yet");
    }
}

#[test]
fn a_version_is_found_again_among_others_of_the_same_millisecond() {
    for world in worlds() {
        let note = world.note("first");
        for name in ["second", "third"] {
            let renamed = world.rename(&note.reference, name);
            world.act(move |act| told_only(act, renamed.id)).expect("an entry");
        }
        let (id, at) = (note.id, note.updated_at);
        for (version, name) in [(1, "first"), (2, "second"), (3, "third")] {
            let house = Arc::clone(&world.house);
            let then = world.db.read_wait(move |tx| {
                let register = house.register("notes").expect("notes");
                let record = register::by_id_unguarded(tx, &house, register, id)?.ok_or(kernel::Error::NotFound)?;
                journal::rewind_to(tx, record, version, at)
            });
            let then = then.expect("it can be read");
            assert_eq!((then.title(), then.version), (name, version));
        }
    }
}

/// Writes an entry that tells of a record and leaves it as it is.
fn told_only(act: &mut kernel::Act, record: i64) -> kernel::Result<()> {
    let (content, at) = (journal::Content::default(), act.at);
    let entry = journal::NewEntry { register: "notes", record, organisation: 1, verb: "attach", at, actor: None, content: &content };
    journal::write(act, &entry)
}

#[test]
fn a_reader_handles_every_entry_once() {
    const READER: Reader = Reader { name: "test" };
    for world in worlds() {
        ten_entries(&world);
        let mut seen = Vec::new();
        loop {
            let part = world
                .db
                .write_wait(|tx| {
                    let part = READER.next(tx, 3)?;
                    if let Some((position, _)) = part.last() {
                        READER.handled(tx, *position)?;
                    }
                    Ok::<_, kernel::Error>(part)
                })
                .expect("a part");
            if part.is_empty() {
                break;
            }
            seen.extend(part.into_iter().map(|(position, _)| position));
        }
        assert_eq!(seen, (1..=10).collect::<Vec<_>>());
    }
}

#[test]
fn an_entry_that_commits_late_is_sealed_after_and_never_skipped() {
    for world in worlds() {
        let slow = {
            let (db, house) = (world.db.clone(), Arc::clone(&world.house));
            std::thread::spawn(move || {
                db.write_wait(move |tx| {
                    let view = kernel::who::View::unguarded_house_itself(&house, 1, kernel::who::Means::Cli);
                    let mut act = kernel::Act::new(tx, &view, &house);
                    let content = journal::Content::default();
                    let entry = journal::NewEntry {
                        register: "notes",
                        record: 1,
                        organisation: 1,
                        verb: "late",
                        at: 1,
                        actor: None,
                        content: &content,
                    };
                    journal::write(&mut act, &entry)?;
                    std::thread::sleep(std::time::Duration::from_millis(400));
                    Ok::<_, kernel::Error>(())
                })
            })
        };
        std::thread::sleep(std::time::Duration::from_millis(100));
        world.note("quick");
        world.seal();
        slow.join().expect("the slow one").expect("its entry");
        world.note("after");
        world.seal();
        let verbs = world.db.read_wait(|tx| {
            Ok::<_, kernel::Error>(tx.all("select j.verb from seal s join journal j on j.seq = s.entry order by s.position", &[])?)
        });
        let verbs: Vec<String> = verbs.expect("seals").iter().filter_map(|row| row.text(0).ok().map(str::to_owned)).collect();
        assert_eq!(verbs.len(), 3, "{verbs:?}");
        assert!(verbs.iter().any(|verb| verb == "late"));
        assert_eq!(verified(&world), (3, None));
    }
}

#[test]
fn a_database_that_came_from_a_server_far_ahead_goes_on_being_sealed() {
    for mut world in worlds().into_iter().filter(|world| world.db.engine() == db::Engine::Postgres) {
        // The server it comes from has done five million transactions; the last of them was not sealed yet.
        world.tamper("insert into epoch (name, value) values ('journal', 5000000)");
        world.house = world.start(20_000);
        ten_entries(&world);
        world.note("unsealed");
        world.tamper("delete from epoch where name = 'journal'");

        // A program that does not know of the change seals nothing, and says why.
        world.house = kernel::House::new(&[], world.house.clock.clone(), 30_000);
        let its = Arc::clone(&world.house);
        let sealed = world.db.write_wait(move |tx| journal::seal_next(tx, &its));
        assert!(sealed.is_err_and(|why| why.to_string().contains("Start it again")));

        // Two programs start there at once, and both write.
        std::thread::scope(|scope| {
            for seed in [40_000, 50_000] {
                let world = &world;
                scope.spawn(move || {
                    let house = world.start(seed);
                    for number in 0..20 {
                        let fields = [("summary".to_owned(), serde_json::Value::from(format!("{seed} {number}")))];
                        let fields: serde_json::Map<_, _> = fields.into_iter().collect();
                        let made = world.act_in(&house, move |act| {
                            register::create(
                                act,
                                act.house.register("notes").expect("notes"),
                                register::Sent { fields: &fields, source: register::Source::Api },
                            )
                        });
                        made.expect("a note");
                    }
                });
            }
        });
        world.house = world.start(60_000);
        assert_eq!(world.seal(), 51);
        assert_eq!(verified(&world), (51, None));
        let ahead = |tx: &mut db::Tx| Ok::<_, kernel::Error>(tx.one("select value from epoch where name = 'journal'", &[])?.int(0)?);
        let before = world.db.read_wait(ahead).expect("a number");
        world.start(70_000);
        assert_eq!(world.db.read_wait(ahead).expect("a number"), before, "raised once");
    }
}
