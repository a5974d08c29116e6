//! One request as the handlers see it.

use crate::App;
use crate::cookie;
use crate::gate::Credential;
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use std::net::SocketAddr;
use std::sync::Arc;

/// The name of a request in logs and on error pages; put into the request by the log.
#[derive(Clone)]
pub(crate) struct CallId(pub Arc<str>);

/// The route a request took, with `{}` in place of what was named; read by log and meters.
#[derive(Clone, Copy)]
pub(crate) struct Pattern(pub &'static str);

/// A request without its body.
pub(crate) struct Call {
    pub app: Arc<App>,
    pub parts: Parts,
}

impl Call {
    pub(crate) fn method(&self) -> &Method {
        &self.parts.method
    }
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }
    /// A header as text; none if it is missing or not plain text.
    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.parts.headers.get(name).and_then(|value| value.to_str().ok())
    }
    pub(crate) fn path(&self) -> &str {
        self.parts.uri.path()
    }
    pub(crate) fn query(&self) -> Option<&str> {
        self.parts.uri.query()
    }
    /// The name of this request.
    pub(crate) fn id(&self) -> &str {
        self.parts.extensions.get::<CallId>().map_or("", |id| &id.0)
    }
    /// Whether it only reads.
    pub(crate) fn reads(&self) -> bool {
        matches!(*self.method(), Method::GET | Method::HEAD)
    }
    /// The session of the cookie.
    pub(crate) fn session(&self) -> Credential {
        cookie::read(self.headers(), cookie::SESSION).map_or(Credential::Nobody, Credential::session)
    }
    /// The token of the header.
    pub(crate) fn bearer(&self) -> Credential {
        let words = self.header(header::AUTHORIZATION).and_then(|value| value.split_once(' '));
        match words {
            Some((scheme, secret)) if scheme.eq_ignore_ascii_case("bearer") && !secret.trim().is_empty() => {
                Credential::token(secret.trim())
            }
            _ => Credential::Nobody,
        }
    }
    /// The network address it comes from; behind a proxy, the one the proxy names. That stands last, whether the proxy went on with a
    /// line that was there or put its own below it; what stands before may be the caller's invention.
    pub(crate) fn address(&self) -> String {
        let lines = self.parts.headers.get_all("x-forwarded-for");
        let forwarded = lines.iter().next_back().and_then(|line| line.to_str().ok()).filter(|_| self.app.settings.behind_proxy);
        match forwarded.and_then(|all| all.rsplit(',').next()) {
            Some(last) => last.trim().chars().take(64).collect(),
            None => self.peer().map_or(String::new(), |peer| peer.ip().to_string()),
        }
    }
    /// Whether it comes from this machine itself, and not through a proxy on it.
    pub(crate) fn local(&self) -> bool {
        let proxied = ["x-forwarded-for", "forwarded", "x-real-ip"].iter().any(|name| self.parts.headers.contains_key(*name));
        !proxied && self.peer().is_some_and(|peer| peer.ip().is_loopback())
    }
    fn peer(&self) -> Option<SocketAddr> {
        self.parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0)
    }
    /// The address people use, without a slash at its end: as the settings say it, else as this request came.
    pub(crate) fn site(&self) -> String {
        site(self.app.settings.url.as_deref(), self.header(header::HOST), self.header(header::ORIGIN))
    }
    /// Whether a script asks for a piece to swap in.
    pub(crate) fn fragment(&self) -> bool {
        let is = |name: &str| self.header(name) == Some("true");
        is("hx-request") && !is("hx-boosted") && !is("hx-history-restore-request")
    }
}

/// The address people use. Without a setting a form's origin says whether a proxy in front speaks TLS; it is believed for the host
/// that was asked only.
fn site(url: Option<&str>, host: Option<&str>, origin: Option<&str>) -> String {
    let Some(host) = host.filter(|_| url.is_none()) else { return url.unwrap_or_default().trim_end_matches('/').to_owned() };
    let secure = origin.and_then(|it| it.strip_prefix("https://")).is_some_and(|it| it.eq_ignore_ascii_case(host));
    format!("{}://{host}", if secure { "https" } else { "http" })
}

#[cfg(test)]
mod tests {
    use super::site;

    #[test]
    fn the_address_people_use_is_the_one_set_or_the_one_they_came_by() {
        let (set, host) = (Some("https://desk.example/"), Some("10.0.0.7:7333"));
        assert_eq!(site(set, host, Some("http://10.0.0.7:7333")), "https://desk.example");
        assert_eq!(site(None, host, None), "http://10.0.0.7:7333");
        assert_eq!(site(None, Some("desk.example"), Some("https://desk.example")), "https://desk.example");
        assert_eq!(site(None, host, Some("https://evil.example")), "http://10.0.0.7:7333");
        assert_eq!(site(None, None, None), "", "then paths stay paths");
    }
}
