//! The front end inside the binary: what is there, how it is named, what it weighs.

use ui::assets::{ALL, Asset, find, url};

const SCRIPT: usize = 20_700;
const STYLE: usize = 11_400;
const FACES: usize = 40_400;

fn named(name: &str) -> &'static Asset {
    ALL.iter().find(|asset| asset.name == name).unwrap_or_else(|| panic!("{name} is missing"))
}

fn wire(name: &str) -> usize {
    let asset = named(name);
    asset.brotli.unwrap_or(asset.bytes).len()
}

#[test]
fn weights_are_within_the_budget() {
    for asset in ALL {
        println!("{:28} {:>7} B, on the wire {:>6} B", asset.name, asset.bytes.len(), wire(asset.name));
    }
    assert!(wire("core.js") <= SCRIPT, "core.js weighs {}", wire("core.js"));
    assert!(wire("core.css") <= STYLE, "core.css weighs {}", wire("core.css"));
    let faces = wire("reeve-sans-latin.woff2") + wire("reeve-serif-latin.woff2");
    assert!(faces <= FACES, "the faces weigh {faces}");
}

#[test]
fn a_file_is_found_by_its_address_and_by_no_other() {
    for asset in ALL {
        assert_eq!(find(asset.url).map(|found| found.name), Some(asset.name));
        assert_eq!(find(&asset.url["/assets/".len()..]).map(|found| found.name), Some(asset.name));
        assert!(asset.hash().len() >= 8, "{} has no hash in its name", asset.url);
    }
    for wrong in ["", "/assets/", "/assets/core.js", "core-00000000.js", "../core.css", "/assets/../manifest.txt"] {
        assert!(find(wrong).is_none(), "{wrong:?} found something");
    }
    assert!(find(url("no such name")).is_none());
}

#[test]
fn styles_name_their_typefaces_by_the_addresses_they_have() {
    let css = std::str::from_utf8(named("core.css").bytes).expect("UTF-8");
    for face in ALL.iter().filter(|asset| asset.name.ends_with(".woff2")) {
        let file = &face.url["/assets/".len()..];
        assert!(css.contains(file), "{file} is not asked for by core.css");
    }
    assert!(!css.contains("http:") && !css.contains("https:"), "styles ask for nothing elsewhere");
}

#[test]
fn the_sprite_holds_exactly_the_listed_icons() {
    let sprite = std::str::from_utf8(named("sprite.svg").bytes).expect("UTF-8");
    let symbols: Vec<_> = sprite.split("<symbol id=\"i-").skip(1).map(|rest| rest.split('"').next().expect("id")).collect();
    assert_eq!(symbols, ui::icon::names().collect::<Vec<_>>());
}

#[test]
fn the_lock_file_names_no_host() {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/package-lock.json")).expect("lock file");
    assert!(!lock.contains("\"resolved\""), "the lock file says where packages come from");
    assert!(lock.contains("\"integrity\""), "the lock file must pin what packages are");
}
