//! Addresses: the state of a page is its URL, so every link is the present query with something put in or left out.

use kernel::web::{Request, is_local};

/// A path with the query it was asked with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Path.
    pub path: String,
    /// Parameters in order.
    pub pairs: Vec<(String, String)>,
}

impl Address {
    /// Pairs of a query string.
    pub fn read(query: &str) -> Vec<(String, String)> {
        read(query)
    }

    /// A text as a value in a query string.
    pub fn encode(text: &str) -> String {
        encode(text)
    }

    /// The address of a request, without empty parameters.
    pub fn of(request: &Request) -> Address {
        let pairs = request.query.iter().filter(|(key, value)| !key.is_empty() && !value.is_empty()).cloned();
        Address { path: request.path.clone(), pairs: pairs.collect() }
    }
    /// The same query under another path.
    pub fn at(&self, path: impl Into<String>) -> Address {
        Address { path: path.into(), pairs: self.pairs.clone() }
    }
    /// With a parameter in place of those of its name.
    pub fn with(&self, key: &str, value: &str) -> Address {
        let mut next = self.without(key);
        next.pairs.push((key.to_owned(), value.to_owned()));
        next
    }
    /// Without the parameters of a name.
    pub fn without(&self, key: &str) -> Address {
        let pairs = self.pairs.iter().filter(|(name, _)| name != key).cloned();
        Address { path: self.path.clone(), pairs: pairs.collect() }
    }
    /// Without one pair.
    pub fn without_pair(&self, key: &str, value: &str) -> Address {
        let pairs = self.pairs.iter().filter(|(name, it)| name != key || it != value).cloned();
        Address { path: self.path.clone(), pairs: pairs.collect() }
    }
    /// From the first page again, as it must be when what is asked for changes.
    pub fn first_page(&self) -> Address {
        self.without("cursor")
    }
    /// The query alone, without `?`.
    pub fn query(&self) -> String {
        write(&self.pairs)
    }
    /// As it stands in a link.
    pub fn href(&self) -> String {
        if self.pairs.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query()) }
    }
    /// As it stands in a link, up to the value of one more parameter: for a row of links that differ by it alone.
    pub fn up_to(&self, key: &str) -> String {
        format!("{}{}{}=", self.href(), if self.pairs.is_empty() { '?' } else { '&' }, encode(key))
    }
}

/// A query string of pairs.
pub fn write(pairs: &[(String, String)]) -> String {
    let mut out = String::with_capacity(pairs.iter().map(|(key, value)| key.len() + value.len() + 2).sum());
    for (key, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        push(&mut out, key);
        out.push('=');
        push(&mut out, value);
    }
    out
}

/// The pairs of a query string.
pub fn read(query: &str) -> Vec<(String, String)> {
    let parts = query.trim_start_matches('?').split('&').filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(key), decode(value))
    };
    parts.map(pair).filter(|(_, value)| !value.is_empty()).collect()
}

/// Percent-encodes what may not stand in a query or a path segment. Commas and colons stay readable.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(&mut out, text);
    out
}

fn push(out: &mut String, text: &str) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' | b':' => out.push(byte as char),
            _ => out.extend(['%', DIGITS[usize::from(byte >> 4)] as char, DIGITS[usize::from(byte & 15)] as char]),
        }
    }
}

/// Reads percent-encoding and `+`; what is not valid UTF-8 is replaced.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok()).and_then(|two| u8::from_str_radix(two, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (b'+', _) => {
                out.push(b' ');
                at += 1;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Where a form wants to go back to, if that is a path of this site.
pub fn back(request: &Request) -> Option<String> {
    let wanted = request.asked("back").unwrap_or_else(|| request.sent("back"));
    own_path(wanted)
}

/// The path, if it leads to a page of this site.
pub fn own_path(wanted: &str) -> Option<String> {
    is_local(wanted).then(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_the_way_out_and_in() {
        let pairs = vec![("q".to_owned(), "a&b=ü +%".to_owned()), ("state".to_owned(), "new,open".to_owned())];
        assert_eq!(read(&write(&pairs)), pairs);
        assert_eq!(write(&pairs), "q=a%26b%3D%C3%BC%20%2B%25&state=new,open");
        assert_eq!(decode("%zz%4"), "%zz%4");
    }

    #[test]
    fn parameters_are_put_in_and_left_out() {
        let address = Address { path: "/risks".into(), pairs: read("state=open&cursor=x&state=closed") };
        assert_eq!(address.first_page().with("state", "open").href(), "/risks?state=open");
        assert_eq!(address.without_pair("state", "open").href(), "/risks?cursor=x&state=closed");
        assert_eq!(address.without("state").without("cursor").href(), "/risks");
        assert_eq!(address.without("state").up_to("at"), "/risks?cursor=x&at=");
        assert_eq!(address.without("state").first_page().up_to("at"), "/risks?at=");
    }
}
