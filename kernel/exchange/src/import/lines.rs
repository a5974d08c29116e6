//! Which line of a file a place in it is on, however its lines end.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::rc::Rc;

/// Passes bytes on and notes where lines begin. The reader of CSV counts line feeds and lets a record begin right behind the last one: after
/// CR LF that is before the line feed, and after empty lines before them, so its numbers would name the wrong line.
pub(super) struct Counted<R> {
    source: R,
    lines: Lines,
}

/// Where lines began that were read and not yet asked for.
#[derive(Clone, Default)]
pub(super) struct Lines(Rc<RefCell<Begun>>);

#[derive(Default)]
struct Begun {
    /// Offset of the first byte of each line that is not empty, and how many lines ended before it.
    starts: VecDeque<(u64, u64)>,
    offset: u64,
    ended: u64,
    inside: bool,
    carriage: bool,
}

impl<R> Counted<R> {
    /// A source, and the handle that is asked for lines.
    pub fn new(source: R) -> (Counted<R>, Lines) {
        let lines = Lines::default();
        (Counted { source, lines: lines.clone() }, lines)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let got = self.source.read(into)?;
        self.lines.0.borrow_mut().pass(&into[..got]);
        Ok(got)
    }
}

impl Lines {
    /// How many lines ended before the first text at or behind a byte. Forgets all that is before it.
    pub fn before(&self, byte: u64) -> u64 {
        let mut begun = self.0.borrow_mut();
        while begun.starts.front().is_some_and(|(offset, _)| *offset < byte) {
            begun.starts.pop_front();
        }
        begun.starts.front().map_or(begun.ended, |(_, ended)| *ended)
    }
}

impl Begun {
    fn pass(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.byte(*byte);
            self.offset += 1;
        }
    }

    fn byte(&mut self, byte: u8) {
        let ends_before = byte == b'\n' && self.carriage;
        self.carriage = byte == b'\r';
        if matches!(byte, b'\r' | b'\n') {
            self.ended += u64::from(!ends_before);
            self.inside = false;
        } else if !self.inside {
            self.starts.push_back((self.offset, self.ended));
            self.inside = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_however_they_end() {
        for (text, byte, before) in
            [("a\nb", 2, 1), ("a\r\nb", 2, 1), ("a\rb", 2, 1), ("a\n\nb", 2, 2), ("a\r\n\r\nb", 2, 2), ("a\n", 2, 1), ("a", 0, 0)]
        {
            let (mut source, lines) = Counted::new(text.as_bytes());
            io::copy(&mut source, &mut io::sink()).unwrap();
            assert_eq!(lines.before(byte), before, "{text:?}");
        }
    }
}
