//! What error pages say.

use crate::answer::words;
use axum::http::StatusCode;
use kernel::{Error, FieldError};

/// The title: what did not happen. `named` is the reference that was asked for.
pub(super) fn title(status: StatusCode, named: Option<&str>) -> String {
    let said = match (status, named) {
        (StatusCode::NOT_FOUND, Some(reference)) => return format!("There is no {reference} that you can see"),
        (StatusCode::NOT_FOUND, None) => "There is nothing here that you can see",
        (StatusCode::FORBIDDEN, _) => "You may not do this",
        (StatusCode::METHOD_NOT_ALLOWED, _) => "That cannot be done here",
        (StatusCode::CONFLICT, _) => "That is not possible now",
        (StatusCode::PRECONDITION_FAILED, _) => "Somebody else changed it meanwhile",
        (StatusCode::PAYLOAD_TOO_LARGE, _) => "That is too large",
        (StatusCode::TOO_MANY_REQUESTS, _) => "That was too much at once",
        (StatusCode::SERVICE_UNAVAILABLE, _) => "Too busy for the moment",
        (StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST, _) => "That could not be understood",
        _ => "A fault in the program",
    };
    said.into()
}

/// The sentences under it: why, what is kept, what to do next. `kept` says whether the page shows what was typed, or, for a form
/// that it cannot show, where that is; none for a page that was not sent. `reads` is whether one only wanted to look, so that nothing
/// could have been done.
pub(super) fn text(error: &Error, id: &str, named: bool, kept: Option<bool>, reads: bool) -> String {
    let kept = match kept {
        Some(true) => " What you typed stands below.",
        Some(false) => " Go back in the browser: it has kept what you typed.",
        None => "",
    };
    match error {
        Error::NotFound if named => {
            "The number may be mistyped, or it may belong to a part of the organisation that is not shared with you. Either way this page says the same.".into()
        }
        Error::NotFound => {
            "The address may be mistyped, or what it names may be kept from you. Either way this page says the same.".into()
        }
        Error::Invalid(fields) => format!("{} Nothing was saved.{kept}", sentences(fields)),
        Error::Malformed(fields) => format!("{} Nothing was changed.{kept}", sentences(fields)),
        Error::Stale { .. } => format!("Nothing of yours was saved, and nothing of theirs was lost.{kept}"),
        Error::Forbidden(_) if reads => words(error, id),
        Error::Forbidden(_) | Error::TooLarge(_) => format!("{}{kept}", with_nothing(&words(error, id), "saved")),
        Error::Conflict(_) => format!("{}{kept}", with_nothing(&words(error, id), "changed")),
        Error::TooMany { retry_after } => {
            format!("Nothing was changed.{kept} Wait {} and try again.", ui::format::duration((*retry_after).max(1) as i64))
        }
        other => format!("{}{kept}", words(other, id)),
    }
}

/// The words, with the sentence that nothing was done unless they say so themselves.
fn with_nothing(words: &str, done: &str) -> String {
    if words.to_lowercase().contains("nothing was") { words.to_owned() } else { format!("{words} Nothing was {done}.") }
}

fn sentences(fields: &[FieldError]) -> String {
    let one = |it: &FieldError| if it.field.is_empty() { it.message.clone() } else { format!("{}: {}", it.field, it.message) };
    fields.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_only_looked_is_not_told_that_nothing_was_saved() {
        let error = Error::Forbidden("Settings are for administrators.".into());
        assert_eq!(text(&error, "", false, None, true), "Settings are for administrators.");
        assert!(text(&error, "", false, Some(false), false).contains("Nothing was saved."));
    }
}
