//! Query strings and paths, taken apart once.

use kernel::{Error, Result};

/// Most parameters of one query.
const MOST: usize = 200;

/// The pairs of a query string, in order.
pub(crate) fn pairs(query: Option<&str>) -> Result<Vec<(String, String)>> {
    let Some(query) = query.filter(|query| !query.is_empty()) else { return Ok(Vec::new()) };
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).map(|(key, value)| (key.into(), value.into())).collect();
    if pairs.len() > MOST {
        return Err(Error::malformed("", format!("At most {MOST} parameters can be sent.")));
    }
    for (key, value) in &pairs {
        if key.contains('\0') || value.contains('\0') {
            return Err(Error::malformed(key.replace('\0', ""), "This holds a NUL character, which no text may."));
        }
    }
    Ok(pairs)
}

/// The segments of a path, decoded; none if one is not valid text.
pub(crate) fn segments(path: &str) -> Option<Vec<String>> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Some(Vec::new());
    }
    path.split('/').map(decode).collect()
}

fn decode(segment: &str) -> Option<String> {
    if !segment.contains('%') {
        return (!segment.is_empty()).then(|| segment.to_owned());
    }
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &rest[2..];
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.is_empty() && !text.contains('\0')).then_some(text)
}

/// Percent-encodes a text for a path or query.
pub(crate) fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart_or_refused() {
        let parts = |path| segments(path).map(|parts| parts.join("|"));
        assert_eq!(parts("/incidents/INC-1").as_deref(), Some("incidents|INC-1"));
        assert_eq!(parts("/a%20b/").as_deref(), Some("a b"));
        assert_eq!(parts("/").as_deref(), Some(""));
        for bad in ["/a//b", "/%", "/%2", "/%zz", "/%ff", "/%00", "/a%2"] {
            assert_eq!(parts(bad), None, "{bad}");
        }
    }

    #[test]
    fn nul_and_too_many_parameters_are_refused() {
        assert_eq!(pairs(Some("a=1&b=x+y%21")).unwrap(), [("a".into(), "1".into()), ("b".into(), "x y!".into())]);
        assert!(pairs(Some("a=%00")).is_err());
        assert!(pairs(Some(&"a=1&".repeat(300))).is_err());
    }
}
