//! The front end, served from the binary.

use crate::answer::set;
use crate::call::Pattern;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Response, StatusCode, header};

/// Names change with the content, so a year is not too long.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `GET /assets/{file}`
pub(crate) async fn serve(request: Request) -> Response<Body> {
    let mut answer = match ui::assets::find(request.uri().path()) {
        Some(asset) => of(&request, asset),
        None => {
            let mut answer = Response::new(Body::from("There is no such file. Load the page again; it names the present files."));
            *answer.status_mut() = StatusCode::NOT_FOUND;
            set(&mut answer, header::CONTENT_TYPE, "text/plain; charset=utf-8");
            answer
        }
    };
    answer.extensions_mut().insert(Pattern("/assets/{file}"));
    answer
}

fn of(request: &Request, asset: &'static ui::assets::Asset) -> Response<Body> {
    let header = |name: header::HeaderName| request.headers().get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let tag = format!("\"{}\"", asset.hash());
    let brotli = asset.brotli.filter(|_| header(header::ACCEPT_ENCODING).split(',').any(|one| one.trim().starts_with("br")));
    let known = header(header::IF_NONE_MATCH).contains(&tag);
    let mut answer = match (known, brotli) {
        (true, _) => Response::new(Body::empty()),
        (_, Some(bytes)) => Response::new(Body::from(bytes)),
        (_, None) => Response::new(Body::from(asset.bytes)),
    };
    if known {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
    } else if brotli.is_some() {
        set(&mut answer, header::CONTENT_ENCODING, "br");
    }
    set(&mut answer, header::CONTENT_TYPE, asset.content_type);
    set(&mut answer, header::CACHE_CONTROL, FOR_EVER);
    set(&mut answer, header::ETAG, &tag);
    set(&mut answer, header::VARY, "accept-encoding");
    answer
}
