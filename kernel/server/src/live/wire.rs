//! Events as text (WHATWG HTML, server-sent events).

use axum::body::Bytes;
use kernel::live::Event;

/// How soon a browser that lost its stream opens it again, in milliseconds.
const RETRY: u32 = 1_000;

/// The beginning of a stream.
pub(super) fn hello() -> Bytes {
    Bytes::from(format!("retry: {RETRY}\n\n"))
}

/// One event. Its id is the position that the page stands at once it has it.
pub(super) fn event(kind: &str, position: i64, data: &str) -> Bytes {
    let mut out = String::with_capacity(data.len() + 64);
    out.push_str(&format!("event: {kind}\nid: {position}\n"));
    for line in data.split(['\n', '\r']) {
        out.push_str("data: ");
        out.push_str(line);
        out.push('\n');
    }
    out.push('\n');
    Bytes::from(out)
}

/// Why a page cannot be followed. It has no id: the page stands where it stood.
pub(super) fn refusal(kind: &str) -> Bytes {
    Bytes::from(format!("event: {kind}\ndata: \n\n"))
}

/// What a page learns as one event.
pub(super) fn told(position: i64, told: &Event) -> Bytes {
    match told {
        Event::Patch(html) => event("patch", position, &html.0),
        Event::Append(html) => event("append", position, &html.0),
        Event::Newer(count) => event("newer", position, &count.to_string()),
        Event::Changed(words) => event("changed", position, words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_cannot_end_an_event() {
        let text = event("patch", 7, "<p>a\n\nevent: evil\r\rb</p>");
        assert_eq!(&text[..], b"event: patch\nid: 7\ndata: <p>a\ndata: \ndata: event: evil\ndata: \ndata: b</p>\n\n");
    }
}
