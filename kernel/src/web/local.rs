//! Paths that a form or an address names to be gone to.

/// Whether a text is a path of this site. Browsers read a backslash as a slash and leave tabs and line ends out, so either could make
/// `//elsewhere.example` of what looks like a path (WHATWG URL, "basic URL parser").
pub fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_local() {
        assert!(is_local("/incidents?state=new&q=a//b"));
        assert!(is_local(&format!("/tickets?reference={}", "INC-25165,".repeat(500))), "a list may be asked for much");
        for bad in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/a\nb",
            "/\t/evil.example",
            "/\u{85}x",
        ] {
            assert!(!is_local(bad), "{bad:?}");
        }
    }
}
