//! Pages as a browser gets them: with a session of the person.

use crate::world::{Answer, World};
use axum::body::Body;
use axum::http::{Request, header};
use kernel::who::account;
use kernel::who::session::{self, NewSession};
use serde_json::json;

impl World {
    /// A session of somebody, for their browser.
    pub fn session(&self, who: &str) -> String {
        let email = format!("{}@example.org", who.to_lowercase());
        let now = self.house.clock.now();
        let begun = self.db.write_wait(move |tx| {
            let row = tx.one("select id, organisation from person where email = ?1", &[email.as_str().into()])?;
            let (person, organisation) = (row.int(0)?, row.int(1)?);
            // Whoever signs in has an account.
            account::open(tx, person, &email, now)?;
            let expires_at = now + 90 * 86_400_000;
            session::start(tx, &NewSession { person, organisation, agent: "test", address: "127.0.0.1", now, expires_at })
        });
        begun.expect("a session")
    }
    /// A page as somebody sees it.
    pub fn page(&self, session: &str, path: &str) -> Answer {
        let request = Request::builder().uri(path).header(header::HOST, "reeve.test").header(header::COOKIE, cookie(session));
        self.send(request.body(Body::empty()).expect("a request"))
    }
    /// Sends a form of a page, with the token that the page carried.
    pub fn form(&self, session: &str, path: &str, fields: &str) -> Answer {
        let csrf = between(&self.page(session, "/me").text, "name=\"csrf\" content=\"", "\"").to_owned();
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header(header::HOST, "reeve.test")
            .header(header::COOKIE, cookie(session))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(format!("csrf={csrf}&{fields}"))).expect("a request"))
    }
}

fn cookie(session: &str) -> String {
    format!("reeve_session={session}")
}

/// What stands between two texts, the first time; empty if they do not occur.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(found, _)| found)
}

/// Every link of a page whose address begins so: the address as sent, and the words of the link.
pub fn links(text: &str, begins: &str) -> Vec<(String, String)> {
    let all = text.split("<a ").skip(1);
    let link = |part: &str| {
        let href = between(part, "href=\"", "\"").replace("&amp;", "&");
        let inside = between(part, ">", "</a>");
        let words = inside.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, rest)| rest)).collect::<String>();
        href.starts_with(begins).then_some((href, words))
    };
    all.filter_map(link).collect()
}

/// The whole number that some words begin with; "none", "no", "one" to "three" too.
pub fn number(words: &str) -> Option<i64> {
    let words = words.trim();
    let first = words.split([' ', '\u{a0}', '(']).next().unwrap_or_default().replace(',', "");
    let word = ["no", "one", "two", "three", "four", "five"].iter().position(|word| *word == first.to_lowercase());
    word.map(|at| at as i64).or(if first == "none" { Some(0) } else { first.parse().ok() })
}

/// Every link to a list that reads as a number has as many records, by the API.
pub fn figures_agree(world: &World, who: &str, page: &str) -> usize {
    let mut seen = 0;
    for kind in ["tickets", "incidents"] {
        for (href, words) in links(page, &format!("/{kind}?")) {
            let Some(figure) = number(&words).filter(|_| !measures(&words)) else { continue };
            let question = href.split_once('?').map_or("", |(_, rest)| rest);
            let answer = world.get(who, &format!("/api/v1/{kind}?{question}&count=exact&limit=1"));
            assert_eq!(answer.status, 200, "{href}: {}", answer.json);
            assert_eq!(answer.json["count"], json!(figure), "{words} leads to {href}");
            seen += 1;
        }
    }
    seen
}

/// Whether some words are a time or a share, or name a mark of a picture, and are not a count.
fn measures(words: &str) -> bool {
    let unit = words.split([' ', '\u{a0}']).nth(1).unwrap_or_default();
    ["s", "min", "h", "d", "%"].contains(&unit) || words.contains(": ")
}
