//! Cookies: read from the header, written as header values.

use axum::http::{HeaderMap, HeaderValue, header};

/// The cookie of a session.
pub(crate) const SESSION: &str = "reeve_session";
/// The cookie that ties a form for strangers to the browser that got it.
pub(crate) const STRANGER: &str = "reeve_stranger";
/// The cookie of a message to be shown once.
pub(crate) const FLASH: &str = "reeve_flash";

/// The value of a cookie.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value)
}

/// A cookie that scripts cannot read and that other sites cannot send along. `seconds` 0 takes it away.
pub(crate) fn write(name: &str, value: &str, seconds: u64, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::try_from(format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")).ok()
}
