//! Texts that a spreadsheet would take for formulas: made harmless on the way out, taken back on the way in.

use std::borrow::Cow;

/// A text that a spreadsheet reads as text: one that would begin a formula gets an apostrophe before it. A plain negative
/// number stays as it is. [`unprotect`] undoes exactly this.
pub(crate) fn protect(text: &str) -> Cow<'_, str> {
    if dangerous(text.trim_start_matches('\'')) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes away the apostrophe that [`protect`] (or another careful program) has put before a formula.
pub(crate) fn unprotect(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if dangerous(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// Beginnings that spreadsheets act on, with the wide forms that some of them turn into the narrow ones.
fn dangerous(text: &str) -> bool {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    begins && !negative_number(text)
}

fn negative_number(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-') else { return false };
    let (whole, part) = rest.split_once('.').unwrap_or((rest, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    digits(whole) && digits(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_come_back_as_they_were() {
        for text in ["=cmd|' /C calc'!A0", "+1", "@x", "-x", "-", "-1+cmd()", "\tx", "\r=x", "'=x", "''=x", "＝1", "-1.", "\n=1"] {
            let safe = protect(text);
            assert_eq!(safe, format!("'{text}"));
            assert_eq!(unprotect(&safe), text);
        }
        for text in ["-1", "-1.50", "1", "", "'", "'tis", "'-1", "x=1", "a'=b"] {
            assert_eq!(protect(text), text);
            assert_eq!(unprotect(text), text);
        }
    }
}
