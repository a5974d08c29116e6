//! What a page gets to know of a request: plain data, no web framework.

use crate::house::House;
use crate::id;
use crate::who::View;
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// Values of a form, by field name. A field sent several times is a list.
pub type Form = Map<String, Json>;

/// A request by someone who is signed in.
#[derive(Clone)]
pub struct Request {
    /// Who.
    pub view: View,
    /// The house.
    pub house: Arc<House>,
    /// Now, milliseconds since the epoch.
    pub now: i64,
    /// The address people use, without a slash at its end, such as `https://desk.example.org`.
    pub site: String,
    /// Path, as sent.
    pub path: String,
    /// Values of the `{name}` parts.
    pub parts: Vec<(String, String)>,
    /// Query string, in order.
    pub query: Vec<(String, String)>,
    /// What a form sent.
    pub form: Form,
    /// Files a form sent: field, file name, bytes.
    pub files: Vec<(String, String, Arc<[u8]>)>,
    /// The session's token against forged posts, to be put into every form.
    pub csrf: String,
    /// Whether a script asks for a fragment to swap, not a whole page.
    pub fragment: bool,
    /// Theme the person chose: `light`, `dark` or empty for the system's.
    pub theme: String,
    /// Density the person chose.
    pub density: String,
}

impl Request {
    /// The value of a `{name}` part; empty if the route has none.
    pub fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
    /// The last value of a query parameter.
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
    /// The full address of a path, as one sends it to somebody.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }
    /// A text of the form, empty if not sent.
    pub fn sent(&self, name: &str) -> &str {
        self.form.get(name).and_then(Json::as_str).unwrap_or_default()
    }
}

/// The name under which it is kept that a person's form was done, made of the name that its script gave to one sending of it.
pub fn sending(person: i64, name: &str) -> String {
    id::digest(&format!("form {person} {name}"))
}
