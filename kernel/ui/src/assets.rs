//! The front end inside the binary: styles, scripts, typefaces and icons, hashed, with their brotli forms.

/// One file of the front end.
#[derive(Debug)]
pub struct Asset {
    /// Its name without the hash, such as `core.css`.
    pub name: &'static str,
    /// Where it is served, such as `/assets/core-1A2B3C4D.css`. Names change with the content: cache for a year, immutable.
    pub url: &'static str,
    /// Value of the `content-type` header.
    pub content_type: &'static str,
    /// The bytes as they are.
    pub bytes: &'static [u8],
    /// The same compressed with brotli at its best; none for typefaces, which are compressed already.
    pub brotli: Option<&'static [u8]>,
}

impl Asset {
    /// A strong entity tag: the hash that stands in the name.
    pub fn hash(&self) -> &'static str {
        let stem = self.url.rsplit_once('.').map_or(self.url, |(stem, _)| stem);
        stem.rsplit_once('-').map_or(stem, |(_, hash)| hash)
    }
}

/// Every file of the front end.
pub static ALL: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets_table.rs"));

/// The file served at a path, with or without the leading `/assets/`; none when no such file (or an older one) is asked for.
pub fn find(path: &str) -> Option<&'static Asset> {
    let file = path.strip_prefix("/assets/").unwrap_or(path);
    ALL.iter().find(|asset| asset.url["/assets/".len()..] == *file)
}

/// The address of a file by its name without hash: `url("core.js")`. An unknown name gives an address that is not served.
pub fn url(name: &str) -> &'static str {
    ALL.iter().find(|asset| asset.name == name).map_or("/assets/unknown", |asset| asset.url)
}
