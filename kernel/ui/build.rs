//! Builds the front end (`web/`) into OUT_DIR and writes the table of assets that `assets.rs` includes.
//!
//! `REEVE_ASSETS=FOLDER` names a folder built elsewhere by `node web/build.mjs FOLDER`; then neither Node.js nor npm is needed.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Everything the front end is made of; a change in nothing else runs this script again.
const SOURCES: &[&str] =
    &["package.json", "package-lock.json", ".npmrc", "icons.txt", "build.mjs", "fonts.mjs", "sprite.mjs", "mark.svg", "styles", "scripts"];

const NEEDS_NODE: &str = "the pages need Node.js 20 or newer and npm to be built: install both, \
or set REEVE_ASSETS to a folder that `node web/build.mjs FOLDER` filled on another machine";

fn main() {
    if let Err(error) = run() {
        println!("cargo::error={error}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=REEVE_ASSETS");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let folder = match env::var_os("REEVE_ASSETS") {
        Some(folder) => prebuilt(PathBuf::from(folder))?,
        None => built(&out)?,
    };
    fs::write(out.join("assets_table.rs"), table(&folder)?)?;
    Ok(())
}

fn prebuilt(folder: PathBuf) -> Result<PathBuf, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let folder = fs::canonicalize(&folder).map_err(|e| format!("REEVE_ASSETS names {}: {e}", folder.display()))?;
    Ok(folder)
}

fn built(out: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let web = fs::canonicalize(Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../web"))?;
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", web.join(source).display());
    }
    let folder = out.join("assets");
    // Two builds at once (another target folder) must not install into the same node_modules.
    let guard = File::open(web.join("package.json"))?;
    guard.lock()?;
    if packages_are_old(&web) {
        call(&web, "npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    }
    let target = folder.to_str().ok_or("the build folder's path is not UTF-8")?;
    call(&web, "node", &["build.mjs", target])?;
    Ok(folder)
}

/// Whether the packages are missing or were installed from an older lock file.
fn packages_are_old(web: &Path) -> bool {
    let time = |path: &str| fs::metadata(web.join(path)).and_then(|m| m.modified());
    match (time("node_modules/.package-lock.json"), time("package-lock.json")) {
        (Ok(installed), Ok(locked)) => installed < locked,
        _ => true,
    }
}

fn call(folder: &Path, program: &str, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let output = Command::new(program).args(arguments).current_dir(folder).output().map_err(|_| NEEDS_NODE)?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).replace('\n', " ");
    Err(format!("`{program} {}` in web/ failed: {said}", arguments.join(" ")).into())
}

/// The Rust table of `manifest.txt`: name, served file, content type, bytes, brotli form.
fn table(folder: &Path) -> Result<String, Box<dyn Error>> {
    let manifest = fs::read_to_string(folder.join("manifest.txt"))
        .map_err(|e| format!("{} has no manifest.txt ({e}); fill it with `node web/build.mjs FOLDER`", folder.display()))?;
    let mut text = String::from("&[\n");
    for line in manifest.lines() {
        let [name, file, kind] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("manifest.txt: cannot read the line {line:?}").into());
        };
        let path = folder.join(file);
        let brotli = folder.join(format!("{file}.br"));
        let brotli = if brotli.exists() { format!("Some(include_bytes!({brotli:?}))") } else { "None".into() };
        writeln!(
            text,
            "Asset {{ name: {name:?}, url: {:?}, content_type: {kind:?}, bytes: include_bytes!({path:?}), brotli: {brotli} }},",
            format!("/assets/{file}"),
        )?;
    }
    text.push(']');
    Ok(text)
}
