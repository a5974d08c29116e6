//! Entity tags: the version of a record, and the epoch in which the reader's rights were read.

use crate::call::Call;
use axum::http::header;

/// The tag of a record for a reader.
pub(super) fn tag(version: i64, epoch: i64) -> String {
    format!("\"{version}.{epoch}\"")
}

/// The version that `If-Match` asks for; none: any. What Reeve never gave out matches no version.
pub(super) fn if_match(call: &Call) -> Option<i64> {
    let wanted = call.headers().get(header::IF_MATCH)?;
    let wanted = wanted.to_str().unwrap_or_default().trim();
    (wanted != "*").then(|| version(wanted).unwrap_or(-1))
}

fn version(tag: &str) -> Option<i64> {
    let inner = tag.strip_prefix('"')?.strip_suffix('"')?;
    inner.split('.').next()?.parse().ok()
}

/// Whether `If-None-Match` names the tag, so that the reader has it already.
pub(super) fn has(call: &Call, tag: &str) -> bool {
    let wanted = call.header(header::IF_NONE_MATCH).unwrap_or_default();
    wanted.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_tags() {
        assert_eq!(version(&tag(7, 12)), Some(7));
        assert_eq!(version("\"7\""), Some(7));
        for bad in ["7", "", "\"", "\"x\"", "W/\"7.1\""] {
            assert_eq!(version(bad), None, "{bad}");
        }
    }
}
