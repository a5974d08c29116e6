//! A message that is shown once, on the page after a redirect: in a cookie, under the seal of the session.

use crate::call::Call;
use crate::cookie;
use axum::http::HeaderValue;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::id;
use ui::overlay::Toast;
use ui::verb::Verb;

/// How long the page after may take to be loaded, in seconds.
const LIFE: u64 = 60;
/// How long a toast stays, in seconds.
const SHOWN: u32 = 8;
/// Longest message, in characters.
const LONGEST: usize = 400;

fn seal(csrf: &str, payload: &str) -> String {
    id::digest(&format!("{csrf} {payload}"))
}

/// The cookie that carries a message; none if there is nothing to say.
pub(super) fn write(toast: &str, undo: &str, csrf: &str, secure: bool) -> Option<HeaderValue> {
    if toast.is_empty() {
        return None;
    }
    let toast: String = toast.chars().take(LONGEST).collect();
    let payload = URL_SAFE_NO_PAD.encode(serde_json::json!([toast, undo]).to_string());
    cookie::write(cookie::FLASH, &format!("{payload}.{}", seal(csrf, &payload)), LIFE, secure)
}

/// The message of a request, if it carries one of its own session.
pub(super) fn read(call: &Call, csrf: &str) -> Option<Toast> {
    let (payload, sealed) = cookie::read(call.headers(), cookie::FLASH)?.split_once('.')?;
    if seal(csrf, payload) != sealed {
        return None;
    }
    let (text, undo): (String, String) = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let undo = (!undo.is_empty()).then(|| Verb::post("Undo", undo, csrf));
    Some(Toast { text, undo, seconds: SHOWN, bad: false })
}

/// The cookie that takes the message away.
pub(super) fn clear(secure: bool) -> Option<HeaderValue> {
    cookie::write(cookie::FLASH, "", 0, secure)
}
