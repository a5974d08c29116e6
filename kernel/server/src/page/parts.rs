//! Patterns of paths: `/incidents/{reference}`.

/// One segment.
pub(crate) enum Part {
    /// As it stands.
    Word(&'static str),
    /// Anything, under this name.
    Name(&'static str),
}

/// A pattern taken apart.
pub(crate) type Parts = Vec<Part>;

/// Takes a pattern apart.
pub(crate) fn parts(path: &'static str) -> Parts {
    let part = |part: &'static str| match part.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        Some(name) => Part::Name(name),
        None => Part::Word(part),
    };
    path.split('/').filter(|part| !part.is_empty()).map(part).collect()
}

/// What a path says in place of the names, if it fits.
pub(crate) fn fits(parts: &[Part], segments: &[&str]) -> Option<Vec<(String, String)>> {
    if parts.len() != segments.len() {
        return None;
    }
    let mut names = Vec::new();
    for (part, segment) in parts.iter().zip(segments) {
        match part {
            Part::Word(word) if word != segment => return None,
            Part::Word(_) => {}
            Part::Name(name) => names.push(((*name).to_owned(), (*segment).to_owned())),
        }
    }
    Some(names)
}
