//! What a file is, by its first bytes and never by what its sender says.

/// The media type that the content shows; `application/octet-stream` when nothing is sure. Text that could be markup is
/// plain text: it is never served as a page.
pub fn sniff(bytes: &[u8]) -> &'static str {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"%PDF-", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"\x1f\x8b", "application/gzip"),
        (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    ];
    if let Some((_, media)) = KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return media;
    }
    if bytes.len() > 12 && bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP" {
        return "image/webp";
    }
    let head = &bytes[..bytes.len().min(4096)];
    let text = std::str::from_utf8(head).is_ok_and(|text| !text.contains('\0')) || cut_utf8(head);
    if !bytes.is_empty() && text { "text/plain; charset=utf-8" } else { "application/octet-stream" }
}

/// Whether the bytes are UTF-8 but for a character cut at the end.
fn cut_utf8(head: &[u8]) -> bool {
    matches!(std::str::from_utf8(head), Err(error) if error.error_len().is_none() && !head.contains(&0))
}

/// Whether a browser may show it in place: pictures that cannot hold script. Everything else is a download.
pub fn inline(media: &str) -> bool {
    matches!(media, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_markup_is_never_a_page() {
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n...."), "image/png");
        assert_eq!(sniff(b"<svg onload=alert(1)>"), "text/plain; charset=utf-8");
        assert_eq!(sniff(b"<html><script>"), "text/plain; charset=utf-8");
        assert_eq!(sniff(b"%PDF-1.4 <script>"), "application/pdf");
        assert_eq!(sniff(&[0, 1, 2, 3]), "application/octet-stream");
        assert_eq!(sniff(b""), "application/octet-stream");
        assert!(!inline("application/pdf") && !inline("text/plain; charset=utf-8") && inline("image/png"));
    }
}
