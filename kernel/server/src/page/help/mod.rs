//! The guide for people, served inside the product. It names no record of anybody, so it is also for those who cannot sign in.

mod chapters;

use super::{Way, frame, html, not_allowed, portal, way};
use crate::answer::set;
use crate::call::Call;
use crate::gate::Seen;
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use chapters::{CHAPTERS, Chapter, PICTURES};
use kernel::web::Layout;
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use std::sync::Arc;
use ui::head::Head;
use ui::lone::Reading;
use ui::prose::{Names, Picture, prose, title};

/// What the pages need beyond the core.
fn layout() -> Layout {
    Layout { extra: &["lone.css"], ..Layout::default() }
}

/// `/help` and below.
pub(super) async fn page(call: &Call, rest: &[&str]) -> Result<Response<Body>> {
    let Some(Way::Get) = way(call) else { return not_allowed(call) };
    match rest {
        [] => Ok(show(call, "The guide", &index()).await),
        ["pictures", name] => picture(name),
        [key] => {
            let chapter = CHAPTERS.iter().find(|it| it.key == *key).ok_or(Error::NotFound)?;
            Ok(show(call, title(chapter.text), &text(chapter)).await)
        }
        _ => Err(Error::NotFound),
    }
}

/// A page in the frame that whoever reads it knows.
async fn show(call: &Call, title: &str, body: &Markup) -> Response<Body> {
    let seen = call.app.read(&call.session(), |_, seen| Ok(Arc::clone(seen))).await.ok();
    let main = html! { div.guide { (body) } };
    html(StatusCode::OK, framed(call, seen.as_deref(), title.to_owned(), main))
}

fn framed(call: &Call, seen: Option<&Seen>, title: String, main: Markup) -> Markup {
    let Some(seen) = seen else { return Reading { title, main }.render() };
    match portal::frames(call, seen) {
        Some(its) => portal::frame(call, seen, its, (title, main, &layout()), Vec::new()),
        None => frame::frame(call, seen, title, "/help", main, layout(), Vec::new()),
    }
}

fn index() -> Markup {
    let head = Head { title: "The guide".into(), lead: Some("Short, one page each.".into()), ..Head::default() };
    html! {
        (head)
        ul.things {
            @for chapter in CHAPTERS {
                li { a.strong href={ "/help/" (chapter.key) } { (title(chapter.text)) } p.ink2 { (chapter.for_whom) } }
            }
        }
        p.small.ink3 { "On any page " kbd { "?" } " shows its keys." }
    }
}

fn text(chapter: &Chapter) -> Markup {
    let head = Head { title: title(chapter.text).into(), crumbs: vec![("The guide".into(), "/help".into())], ..Head::default() };
    let others = CHAPTERS.iter().filter(|it| it.key != chapter.key);
    html! {
        (head)
        div.guide-text { (prose(chapter.text, &NAMES)) }
        nav.guide-others aria-label="Other pages of the guide" {
            @for other in others { a href={ "/help/" (other.key) } { (title(other.text)) } }
        }
    }
}

const NAMES: Names = Names { picture: &picture_of, link: &link_of };

fn picture_of(name: &str) -> Option<Picture> {
    let (_, href, bytes) = PICTURES.iter().find(|(known, ..)| name.strip_prefix("pictures/") == Some(known))?;
    Some(Picture { href, size: size(bytes)? })
}

/// `agent.md` beside the page is `/help/agent`; paths of the product are as they stand.
fn link_of(to: &str) -> String {
    to.strip_suffix(".md").map_or_else(|| to.to_owned(), |key| format!("/help/{key}"))
}

/// Width and height of a WebP picture (RFC 9649): the plain form says them in its frame's header, the extended form less one.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize, mask: u32| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) & mask);
    match bytes.get(12..16)? {
        b"VP8 " => Some((number(26, 0x3fff)?, number(28, 0x3fff)?)),
        b"VP8X" => Some((number(24, 0xff_ffff)? + 1, number(27, 0xff_ffff)? + 1)),
        _ => None,
    }
}

fn picture(name: &str) -> Result<Response<Body>> {
    let (.., bytes) = PICTURES.iter().find(|(known, ..)| *known == name).ok_or(Error::NotFound)?;
    let mut answer = Response::new(Body::from(*bytes));
    set(&mut answer, header::CONTENT_TYPE, "image/webp");
    set(&mut answer, header::CACHE_CONTROL, "public, max-age=3600");
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_is_small_shown_and_there() {
        let shown: Vec<&str> =
            CHAPTERS.iter().flat_map(|it| it.text.split("](pictures/").skip(1)).filter_map(|it| it.split(')').next()).collect();
        for (name, _, bytes) in PICTURES {
            assert!(bytes.len() < 60_000, "{name} has {} bytes", bytes.len());
            assert!(size(bytes).is_some_and(|(width, height)| width > 300 && height > 300), "{name} is a WebP picture");
            assert!(shown.contains(name), "no page shows {name}");
        }
        for name in shown {
            assert!(PICTURES.iter().any(|(known, ..)| *known == name), "{name} is not there");
        }
    }
}
