//! The list as a file: the same question, order and columns as the page.

use db::Tx;
use exchange::{Format, export};
use kernel::describe::Register;
use kernel::register::Query;
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use std::io::{self, Write};

use crate::address::Address;
use crate::list::asked::OWN;

/// Greatest file that is given out, in bytes: it is held in memory until it is sent.
const GREATEST: usize = 64 << 20;

/// The parameter that says whom the file is for.
const FOR: &str = "for";
/// Its value for people; without it the file is for programs and comes back in.
const READING: &str = "reading";

/// The address of an export for people, from that of one for programs.
pub fn for_reading(export: &Address) -> Address {
    export.with(FOR, READING)
}

/// `GET /{kind}/export.{ending}`, with `for=reading` in words for people.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, ending: &str) -> Result<Reply> {
    let format = Format::parse(ending).map_err(|_| Error::NotFound)?;
    let format = match request.asked(FOR) {
        None => format,
        Some(READING) => format.readable()?,
        Some(_) => return Err(Error::malformed(FOR, "An export is for reading, or for programs if this is left out.")),
    };
    let address = Address::of(request).without(FOR);
    let pairs: Vec<(String, String)> = address.pairs.iter().filter(|(key, _)| !OWN.contains(&key.as_str())).cloned().collect();
    let query = Query::parse(tx, &request.house, &request.view, register, &pairs)?;
    let mut file = Bounded(Vec::new());
    match export(tx, &request.house, &request.view, register, &query, &columns(register, &address), format, &mut file) {
        Err(_) if file.full() => {
            let message = "This export is larger than 64 MB. Narrow the list, show fewer columns, or export from the command line.";
            Err(Error::TooLarge(message.into()))
        }
        done => done.map(|_| Reply::File { name: format!("{}.{}", register.key, format.ending()), media: format.media(), bytes: file.0 }),
    }
}

/// The chosen columns behind reference and name; none chosen: everything.
fn columns(register: &Register, address: &Address) -> Vec<String> {
    let chosen = address.pairs.iter().find(|(key, _)| key == "columns").map(|(_, value)| value.as_str());
    let Some(chosen) = chosen else { return Vec::new() };
    ["reference", register.title().key].into_iter().chain(chosen.split(',')).map(str::to_owned).collect()
}

/// Takes bytes up to the limit.
struct Bounded(Vec<u8>);

impl Bounded {
    fn full(&self) -> bool {
        self.0.len() >= GREATEST
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = GREATEST - self.0.len();
        if room == 0 {
            return Err(io::Error::other("the export is too large"));
        }
        let taken = &bytes[..bytes.len().min(room)];
        self.0.extend_from_slice(taken);
        Ok(taken.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_grows_too_large_is_refused() {
        let mut file = Bounded(vec![0; GREATEST - 2]);
        assert!(file.write_all(b"ab").is_ok() && file.full());
        assert!(file.write_all(b"c").is_err());
    }
}
