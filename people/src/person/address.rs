//! E-mail addresses: their syntax, and that two people do not share one.

use super::store;
use kernel::register::Draft;
use kernel::{Act, Result};

/// Whether a text is an e-mail address of the plain sort: `dot-atom@host.name`, at most 254 characters (RFC 5321). Quoted
/// local parts, comments and address literals are legal and refused: nobody has them, and they carry attacks.
pub fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let atom = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&it));
    let label = |part: &str| {
        let ends = |it: Option<u8>| it.is_some_and(|it| it.is_ascii_alphanumeric());
        part.len() <= 63
            && ends(part.bytes().next())
            && ends(part.bytes().next_back())
            && part.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    text.len() <= 254 && local.len() <= 64 && local.split('.').all(atom) && host.split('.').all(label)
}

/// Puts the address of a field into small letters and refuses what is no address.
pub(crate) fn check_one(draft: &mut Draft, key: &str) {
    if !draft.changed(key) || draft.get(key).is_null() {
        return;
    }
    let address = draft.text(key).trim().to_lowercase();
    if is_address(&address) {
        draft.set(key, address);
    } else {
        draft.refuse(key, "This is no e-mail address. Write one like dana@example.org, without a name or angle brackets.");
    }
}

/// Both address fields of a person.
pub(super) fn check(draft: &mut Draft) {
    check_one(draft, "email");
    if !draft.changed("further_addresses") {
        return;
    }
    let own = draft.text("email").to_owned();
    let mut all: Vec<String> = Vec::new();
    for line in draft.text("further_addresses").to_lowercase().lines().map(str::trim).filter(|it| !it.is_empty()) {
        if !is_address(line) {
            let shown: String = line.chars().take(60).collect();
            draft.refuse("further_addresses", format!("{shown}: this is no e-mail address. Write one a line, like dana@example.org."));
            return;
        }
        if line != own && !all.iter().any(|it| it == line) {
            all.push(line.to_owned());
        }
    }
    draft.set("further_addresses", all.join("\n"));
}

/// Refuses an address that is the e-mail address of somebody else. Says no more, as that person may be out of sight.
pub(super) fn alone(act: &mut Act, draft: &mut Draft) -> Result<()> {
    for key in ["email", "further_addresses"] {
        if !draft.changed(key) {
            continue;
        }
        let addresses: Vec<String> = draft.text(key).lines().map(str::to_owned).collect();
        for address in addresses {
            if store::taken(act.tx, &address, draft.record.id)? {
                let message =
                    format!("{address} belongs to somebody else already, perhaps to somebody retired. An address leads to one person.");
                draft.refuse(key, message);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn plain_addresses_are_taken_and_everything_else_is_not() {
        for good in ["dana@example.org", "o'neil+desk@mail.example.co.uk", "a.b-c@localhost", "x@1a.example"] {
            assert!(is_address(good), "{good}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        for bad in [
            "\"<script>alert(1)</script>\"@x",
            "<script>@x",
            "a@b@c",
            "@x",
            "a@",
            "a..b@x",
            ".a@x",
            "a b@x",
            "a@x..y",
            "a@-x",
            "a@x-",
            "Dana <dana@example.org>",
            "a@[127.0.0.1]",
            "a\n@x",
            "ä@example.org",
            "",
            &long,
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
