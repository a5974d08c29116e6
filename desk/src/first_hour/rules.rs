//! What is suggested in the first hour, and how what was pasted is read. Pure.

use people::person::address::is_address;

/// Services that most houses have: name, and what it is in the words of whoever uses it.
pub const SERVICES: &[(&str, &str)] = &[
    ("E-mail and calendar", "Sending, receiving and meeting"),
    ("Network and Wi-Fi", "Being connected, here and from outside"),
    ("Computers and printers", "What stands on the desk and in the corridor"),
    ("Telephones", "Calling and being called"),
    ("Sign-in and access", "Accounts, passwords, rights and badges"),
    ("Files and backups", "Shared folders, and getting back what was lost"),
    ("Business applications", "What the work itself is done with"),
];

/// A promise that is suggested for a priority.
pub struct Suggested {
    /// 1 to 4.
    pub priority: i64,
    /// What such a ticket is.
    pub what: &'static str,
    /// Within which working time somebody answers.
    pub answer: &'static str,
    /// Within which working time it is done.
    pub done: &'static str,
}

/// What is suggested: strict where much stands still, and kept by most desks of a handful of people.
pub const PROMISES: [Suggested; 4] = [
    Suggested { priority: 1, what: "Critical: much of the house stands still", answer: "15m", done: "4h" },
    Suggested { priority: 2, what: "High: several people cannot work", answer: "1h", done: "8h" },
    Suggested { priority: 3, what: "Moderate: one person cannot work", answer: "4h", done: "24h" },
    Suggested { priority: 4, what: "Low: it can be worked around", answer: "8h", done: "40h" },
];

/// Most people taken from one field.
pub const MOST_PEOPLE: usize = 200;

/// Somebody to invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// Their name, written or made of the address.
    pub name: String,
    /// Their address, in small letters.
    pub email: String,
}

/// Reads addresses as people paste them: one a line or parted by commas or semicolons, with or without a name
/// (`Dana Okafor <dana@example.org>`). What is no address is given back as it was written.
pub fn pasted(text: &str) -> Result<Vec<Invited>, String> {
    let mut all: Vec<Invited> = Vec::new();
    for part in text.split(['\n', ',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let (name, email) = match part.split_once('<') {
            Some((name, rest)) => (name.trim().trim_matches('"').trim(), rest.trim_end_matches('>').trim()),
            None => ("", part),
        };
        let email = email.to_lowercase();
        if !is_address(&email) {
            return Err(part.chars().take(80).collect());
        }
        if all.iter().any(|it| it.email == email) {
            continue;
        }
        let name = if name.is_empty() { name_of(&email) } else { name.to_owned() };
        all.push(Invited { name, email });
    }
    Ok(all)
}

/// `dana.okafor@example.org` is probably Dana Okafor.
fn name_of(email: &str) -> String {
    let local = email.split(['@', '+']).next().unwrap_or_default();
    let words = local.split(['.', '_', '-']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    let name = words.map(capital).collect::<Vec<_>>().join(" ");
    if name.is_empty() { email.to_owned() } else { name }
}

/// Reads services, one a line: the name, and after a colon what it is.
pub fn listed(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let one = |line: &str| match line.split_once(':') {
        Some((name, about)) => (name.trim().to_owned(), about.trim().to_owned()),
        None => (line.to_owned(), String::new()),
    };
    lines.map(one).filter(|(name, _)| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_paste_them() {
        let text = "dana.okafor@example.org, \"Ravi Rao\" <RAVI@example.org>;\n\nmei-ling_zhou+x@example.org\ndana.okafor@example.org";
        let all: Vec<(String, String)> = pasted(text).unwrap().into_iter().map(|it| (it.name, it.email)).collect();
        let wanted = [
            ("Dana Okafor", "dana.okafor@example.org"),
            ("Ravi Rao", "ravi@example.org"),
            ("Mei Ling Zhou", "mei-ling_zhou+x@example.org"),
        ];
        assert_eq!(all, wanted.map(|(name, email)| (name.to_owned(), email.to_owned())));
        assert_eq!(pasted("dana@example.org\nDana, the lead"), Err("Dana".into()));
        assert_eq!(pasted("  \n"), Ok(Vec::new()));
    }

    #[test]
    fn services_are_a_line_each() {
        let all = listed("E-mail: sending\n\n  Cranes  \n: nothing");
        assert_eq!(all, [("E-mail".to_owned(), "sending".to_owned()), ("Cranes".to_owned(), String::new())]);
    }
}
