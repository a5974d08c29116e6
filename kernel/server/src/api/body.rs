//! JSON bodies of the API.

use crate::body::{media, object, whole};
use crate::call::Call;
use axum::body::{Body, Bytes};
use kernel::Error;
use serde_json::{Map, Value as Json};

/// A body that could not be taken: its media type is not one of those that are.
pub(super) enum Refused {
    Media,
    Error(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        Refused::Error(error)
    }
}

/// The body with its bytes, which an idempotency key is held to. `empty`: nothing at all counts as `{}`.
pub(super) async fn json(call: &Call, body: Body, also: &str, empty: bool) -> std::result::Result<(Bytes, Map<String, Json>), Refused> {
    let bytes = whole(body, call.app.settings.json_limit).await?;
    if bytes.is_empty() && empty {
        return Ok((bytes, Map::new()));
    }
    let media = media(call.headers());
    if media != "application/json" && media != also {
        return Err(Refused::Media);
    }
    let map = object(&bytes)?;
    Ok((bytes, map))
}
