//! The commands, where a person has to have a say.

use crate::world::world;
use exchange::command::{ImportFiles, import_files};
use std::fs;

#[test]
fn the_command_asks_where_only_a_person_knows() {
    let world = world();
    let try_file = |name: &str, csv: &str| {
        let file = world.folder.join(name);
        fs::write(&file, csv).unwrap();
        let wanted = ImportFiles { files: vec![file], kind: "things".into(), ..ImportFiles::default() };
        import_files(&world.db, &world.house, &world.everyone(), &wanted).map(|it| it[0].1.clone())
    };
    assert!(try_file("a.csv", "reference,name\nTHG-1,a\n").unwrap_err().to_string().contains("--match reference"));
    assert!(try_file("b.csv", "name,bought_on\na,03/04/2026\n").unwrap_err().to_string().contains("day-first"));
    assert!(try_file("c.csv", "x,y\n1,2\n").unwrap_err().to_string().contains("--mapping"));
    assert_eq!(world.count("select count(*) from thing"), 0);
    assert_eq!(try_file("d.csv", "name,pieces\na,1\nb,x\n").unwrap().rejected, 1);
    let rejects = fs::read_to_string(world.folder.join("d.csv.rejects.csv")).unwrap();
    assert!(rejects.starts_with("_line,_reason,name,pieces\r\n3,"), "{rejects}");
    assert!(try_file("e.csv", "name\nc\n").is_ok());
    assert!(!world.folder.join("e.csv.rejects.csv").exists());
}
