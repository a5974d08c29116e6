//! What separates the values of a CSV file.

use csv::{ReaderBuilder, StringRecord};

/// Separators that are tried, likeliest first.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The separator of a file, and how many bytes of its beginning say so and are no row (`sep=;`, as spreadsheets write it).
pub(super) fn guess(head: &str) -> (u8, usize) {
    if let Some(said) = head.strip_prefix("sep=")
        && let [delimiter, end @ (b'\r' | b'\n'), rest @ ..] = said.as_bytes()
    {
        let two = *end == b'\r' && rest.starts_with(b"\n");
        return (*delimiter, "sep=;\n".len() + usize::from(two));
    }
    let best = CANDIDATES.iter().enumerate().max_by_key(|(at, delimiter)| (score(head, **delimiter), CANDIDATES.len() - at));
    (best.map_or(b',', |(_, delimiter)| *delimiter), 0)
}

/// How well a separator explains the beginning of a file: rows with as many values as the heading, and how many those are.
fn score(head: &str, delimiter: u8) -> (usize, usize) {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(head.as_bytes());
    let rows: Vec<StringRecord> = reader.records().map_while(Result::ok).take(50).collect();
    // The last row may be cut off in the middle.
    let rows = if rows.len() > 2 { &rows[..rows.len() - 1] } else { &rows[..] };
    let width = rows.first().map_or(0, StringRecord::len);
    if width < 2 {
        return (0, 0);
    }
    let alike = rows.iter().filter(|row| row.len() == width).count();
    (alike * 100 / rows.len(), width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_makes_even_rows() {
        assert_eq!(guess("a,b\n1,2\n"), (b',', 0));
        assert_eq!(guess("name;amount\nx;1,5\ny;2,5\n"), (b';', 0));
        assert_eq!(guess("a\tb, c\n1\t2\n"), (b'\t', 0));
        assert_eq!(guess("a|b\n1|2\n"), (b'|', 0));
        assert_eq!(guess("only\none\n"), (b',', 0));
        assert_eq!(guess("a;b\n\"x,y\nz,w\";1\n"), (b';', 0));
        assert_eq!(guess("sep=;\r\na;b\r\n"), (b';', 7));
        assert_eq!(guess("sep=;\ra;b\r"), (b';', 6));
        assert_eq!(guess(""), (b',', 0));
    }
}
