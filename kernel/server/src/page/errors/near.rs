//! What somebody may have meant by a number that leads nowhere.

use db::Tx;
use kernel::{Error, House, Result, register, who::View};

/// Most places that are offered.
const MOST: usize = 3;

/// A place one may have meant: words, address, grey remark.
pub(super) type Place = (String, String, String);

/// Records that somebody may see and whose number is the one they asked for but for two digits that changed places, or one too many.
pub(super) fn near(tx: &mut Tx, house: &House, view: &View, path: &str) -> Result<Vec<Place>> {
    let mut found: Vec<Place> = Vec::new();
    let Some((reference, register)) = path.split('/').find_map(|part| Some((part, house.register_of(part)?))) else { return Ok(found) };
    if !view.may(register, "read") {
        return Ok(found);
    }
    for other in alike(&reference.to_ascii_uppercase()) {
        match register::load(tx, house, view, register, &other) {
            Ok(record) => {
                let href = format!("/{}/{}", register.key, record.reference);
                found.push((format!("{} {}", record.reference, record.title()), href, "a number much like it".into()));
            }
            Err(Error::NotFound) => {}
            Err(fault) => return Err(fault),
        }
        if found.len() == MOST {
            break;
        }
    }
    Ok(found)
}

/// The references one slip of the hand away.
fn alike(reference: &str) -> Vec<String> {
    let Some((prefix, digits)) = reference.rsplit_once('-').filter(|(_, digits)| (2..=9).contains(&digits.len())) else {
        return Vec::new();
    };
    let digits: Vec<char> = digits.chars().filter(char::is_ascii_digit).collect();
    let swapped = (1..digits.len()).map(|at| {
        let mut other = digits.clone();
        other.swap(at - 1, at);
        other
    });
    let shorter = (0..digits.len()).map(|at| [&digits[..at], &digits[at + 1..]].concat());
    let mut all: Vec<String> = Vec::new();
    for other in swapped.chain(shorter).filter(|other| *other != digits && !other.is_empty() && other[0] != '0') {
        let reference = format!("{prefix}-{}", other.iter().collect::<String>());
        if !all.contains(&reference) {
            all.push(reference);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn a_slip_of_the_hand_is_two_digits_changed_or_one_too_many() {
        assert_eq!(alike("INC-4172"), ["INC-1472", "INC-4712", "INC-4127", "INC-172", "INC-472", "INC-412", "INC-417"]);
        assert_eq!(alike("INC-10"), ["INC-1"], "no number begins with a nought");
        assert!(alike("INC-7").is_empty() && alike("INC-").is_empty() && alike("INC").is_empty());
    }
}
