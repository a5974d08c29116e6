//! Bytes to text: which encoding a file has, and reading it as UTF-8.

use kernel::{Error, Result};
use std::io::{self, Read};

/// How the letters of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// With or without a byte order mark.
    Utf8,
    /// With a byte order mark, least byte first.
    Utf16Little,
    /// With a byte order mark, greatest byte first.
    Utf16Big,
    /// Western European, of which latin-1 is a part: what is no UTF-8 is taken for it.
    Windows1252,
}

impl Encoding {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Little | Encoding::Utf16Big => "UTF-16",
            Encoding::Windows1252 => "Windows-1252 (Western European)",
        }
    }
}

/// What looking through all bytes of a file has found.
pub(super) struct Found {
    pub encoding: Encoding,
    /// Bytes of the byte order mark.
    pub mark: u64,
    /// What a person should know about it.
    pub note: Option<String>,
}

/// Bytes of letters beyond ASCII that a file must have for each wrong byte to count as damaged UTF-8, not as another encoding.
const DAMAGED: u64 = 20;

/// Looks through a file from where it stands.
///
/// # Errors
/// It cannot be read, is larger than `most` bytes, or is no text but a workbook or a compressed file.
pub(super) fn find(source: &mut dyn Read, most: u64) -> Result<Found> {
    let mut scan = Scan::default();
    let mut buffer = vec![0; 64 * 1024];
    let mut length = 0;
    let mut head = Vec::new();
    loop {
        let got = source.read(&mut buffer).map_err(|fault| super::unreadable(&fault))?;
        if got == 0 {
            break;
        }
        length += got as u64;
        if length > most {
            return Err(Error::TooLarge(format!(
                "The file is larger than {} MB, the most one import takes. Nothing was imported; divide it and import the parts.",
                most >> 20
            )));
        }
        if head.len() < 4 {
            head.extend_from_slice(&buffer[..got.min(8)]);
        }
        scan.take(&buffer[..got]);
    }
    foreign(&head)?;
    Ok(judge(&head, &scan))
}

/// Refuses files that are no text.
fn foreign(head: &[u8]) -> Result<()> {
    let what = match head {
        [b'P', b'K', 3, 4, ..] => "an Excel workbook or a ZIP file. Save the sheet as CSV (UTF-8)",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Excel workbook. Save the sheet as CSV (UTF-8)",
        [0x1F, 0x8B, ..] | [0xFD, b'7', b'z', b'X', ..] | [0x28, 0xB5, 0x2F, 0xFD, ..] => "a compressed file. Unpack it first",
        [b'P', b'A', b'R', b'1', ..] => "a Parquet file. Write it as CSV or JSON lines",
        [b'%', b'P', b'D', b'F', ..] => "a PDF document. Ask its source for CSV",
        _ => return Ok(()),
    };
    Err(Error::Conflict(format!("This is {what} and import that. Nothing was imported.")))
}

fn judge(head: &[u8], scan: &Scan) -> Found {
    let plain = |encoding, mark| Found { encoding, mark, note: None };
    match head {
        [0xEF, 0xBB, 0xBF, ..] if scan.wrong == 0 => return plain(Encoding::Utf8, 3),
        [0xFF, 0xFE, ..] => return plain(Encoding::Utf16Little, 2),
        [0xFE, 0xFF, ..] => return plain(Encoding::Utf16Big, 2),
        _ => {}
    }
    let mark = if head.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    if scan.wrong == 0 {
        return plain(Encoding::Utf8, mark);
    }
    if mark == 3 || scan.letters >= scan.wrong.saturating_mul(DAMAGED) {
        let note = format!(
            "The file is UTF-8, but {} of its bytes are damaged, the first at byte {}. Rows that have any are rejected.",
            scan.wrong,
            scan.first + 1
        );
        return Found { encoding: Encoding::Utf8, mark, note: Some(note) };
    }
    let note = format!(
        "The file is no valid UTF-8 (byte {}), so it was read as Windows-1252. If letters look wrong in the preview, save it as UTF-8.",
        scan.first + 1
    );
    Found { encoding: Encoding::Windows1252, mark: 0, note: Some(note) }
}

/// Counts what is UTF-8 beyond ASCII and what is not.
#[derive(Default)]
struct Scan {
    at: u64,
    letters: u64,
    wrong: u64,
    first: u64,
    open: Vec<u8>,
}

impl Scan {
    fn take(&mut self, bytes: &[u8]) {
        let mut all = std::mem::take(&mut self.open);
        let begin = self.at - all.len() as u64;
        all.extend_from_slice(bytes);
        self.at += bytes.len() as u64;
        let mut done = 0;
        for part in all.utf8_chunks() {
            self.letters += part.valid().bytes().filter(|it| *it >= 0xC2).count() as u64;
            done += part.valid().len();
            let wrong = part.invalid();
            if !wrong.is_empty() && done + wrong.len() == all.len() && unfinished(wrong) {
                self.open = wrong.to_vec();
            } else if !wrong.is_empty() {
                if self.wrong == 0 {
                    self.first = begin + done as u64;
                }
                self.wrong += 1;
            }
            done += wrong.len();
        }
    }
}

/// Whether bytes may be the beginning of a letter whose rest has not come yet.
fn unfinished(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|fault| fault.error_len().is_none())
}

/// Reads text of some encoding as UTF-8. Damaged parts become U+FFFD.
pub(super) struct Decoder<R> {
    source: R,
    encoding: Encoding,
    raw: Vec<u8>,
    text: Vec<u8>,
    given: usize,
}

impl<R: Read> Decoder<R> {
    /// Reads from where the source stands, after the byte order mark.
    pub fn new(source: R, encoding: Encoding) -> Decoder<R> {
        Decoder { source, encoding, raw: Vec::new(), text: Vec::new(), given: 0 }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.given = 0;
        while self.text.is_empty() {
            let kept = self.raw.len();
            self.raw.resize(kept + 64 * 1024, 0);
            let got = self.source.read(&mut self.raw[kept..])?;
            self.raw.truncate(kept + got);
            self.decode(got == 0);
            if got == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Moves what is whole of `raw` to `text`; all of it when there is no more to come.
    fn decode(&mut self, last: bool) {
        let used = match self.encoding {
            Encoding::Utf8 => utf8(&self.raw, last, &mut self.text),
            Encoding::Utf16Little => utf16(&self.raw, last, u16::from_le_bytes, &mut self.text),
            Encoding::Utf16Big => utf16(&self.raw, last, u16::from_be_bytes, &mut self.text),
            Encoding::Windows1252 => windows(&self.raw, &mut self.text),
        };
        self.raw.drain(..used);
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.given == self.text.len() {
            self.refill()?;
        }
        let rest = &self.text[self.given..];
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

fn utf8(raw: &[u8], last: bool, text: &mut Vec<u8>) -> usize {
    let mut used = 0;
    for part in raw.utf8_chunks() {
        text.extend_from_slice(part.valid().as_bytes());
        used += part.valid().len();
        let wrong = part.invalid();
        if !last && used + wrong.len() == raw.len() && unfinished(wrong) {
            break;
        }
        if !wrong.is_empty() {
            text.extend_from_slice("\u{FFFD}".as_bytes());
        }
        used += wrong.len();
    }
    used
}

fn utf16(raw: &[u8], last: bool, unit: fn([u8; 2]) -> u16, text: &mut Vec<u8>) -> usize {
    let mut units: Vec<u16> = raw.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    if !last && units.last().is_some_and(|it| (0xD800..0xDC00).contains(it)) {
        units.pop();
    }
    for letter in char::decode_utf16(units.iter().copied()) {
        let letter = letter.unwrap_or('\u{FFFD}');
        text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }
    if last && raw.len() % 2 == 1 {
        text.extend_from_slice("\u{FFFD}".as_bytes());
        return raw.len();
    }
    units.len() * 2
}

/// The letters of bytes 0x80 to 0x9F; five of them have none and stay control characters.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn windows(raw: &[u8], text: &mut Vec<u8>) -> usize {
    for byte in raw {
        match byte {
            0..0x80 => text.push(*byte),
            0x80..0xA0 => text.extend_from_slice(WINDOWS[usize::from(byte - 0x80)].encode_utf8(&mut [0; 4]).as_bytes()),
            _ => text.extend_from_slice(char::from(*byte).encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    raw.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, so that every letter is divided.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.0.read(&mut into[..1])
        }
    }

    fn read(bytes: &[u8]) -> (Encoding, String) {
        let found = find(&mut Slow(bytes), 1 << 20).unwrap();
        let mut text = String::new();
        Decoder::new(Slow(&bytes[found.mark as usize..]), found.encoding).read_to_string(&mut text).unwrap();
        (found.encoding, text)
    }

    #[test]
    fn each_encoding_is_told_and_read() {
        let said = "Grüße, 5 €, 🚢";
        let utf16 = |big: bool| -> Vec<u8> {
            let units = std::iter::once(0xFEFF).chain(said.encode_utf16());
            units.flat_map(|it: u16| if big { it.to_be_bytes() } else { it.to_le_bytes() }).collect()
        };
        assert_eq!(read(said.as_bytes()), (Encoding::Utf8, said.into()));
        assert_eq!(read(format!("\u{FEFF}{said}").as_bytes()), (Encoding::Utf8, said.into()));
        assert_eq!(read(&utf16(false)), (Encoding::Utf16Little, said.into()));
        assert_eq!(read(&utf16(true)), (Encoding::Utf16Big, said.into()));
        assert_eq!(read(b"Gr\xFC\xDFe, 5 \x80"), (Encoding::Windows1252, "Grüße, 5 €".into()));
        assert_eq!(read(b""), (Encoding::Utf8, String::new()));
    }

    #[test]
    fn one_damaged_byte_does_not_make_another_encoding() {
        let mut bytes = "ä".repeat(100).into_bytes();
        bytes.push(0xFF);
        let (encoding, text) = read(&bytes);
        assert_eq!(encoding, Encoding::Utf8);
        assert_eq!(text, format!("{}\u{FFFD}", "ä".repeat(100)));
    }

    #[test]
    fn what_is_no_text_or_too_much_is_refused() {
        assert!(find(&mut &b"PK\x03\x04rest"[..], 100).is_err_and(|it| it.to_string().contains("workbook")));
        assert!(find(&mut &[b'x'; 200][..], 100).is_err_and(|it| matches!(it, Error::TooLarge(_))));
    }
}
