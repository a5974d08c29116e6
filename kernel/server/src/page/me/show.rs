//! The page itself.

use super::parts::{self, Refused};
use crate::call::Call;
use crate::gate::Seen;
use crate::page::{frame, portal, render};
use axum::body::Body;
use axum::http::{Response, StatusCode};
use kernel::Result;
use kernel::web::Reply;
use kernel::who::account;
use kernel::who::session::{self, Session};
use kernel::who::token::{self, Token};
use maud::html;
use ui::head::Head;

/// What the page shows.
pub(super) struct Mine {
    pub email: String,
    pub has_password: bool,
    /// Preferences of sorts of notice that are off.
    pub turned_off: Vec<String>,
    pub sessions: Vec<Session>,
    pub tokens: Vec<Token>,
    /// Digest of the session that looks.
    pub here: String,
}

/// One's own page; `secret` is a token that was just made.
pub(super) async fn page(
    call: &Call,
    seen: &Seen,
    status: StatusCode,
    refused: Refused<'_>,
    secret: Option<String>,
) -> Result<Response<Body>> {
    let mine = read(call, seen).await?;
    let head = Head { title: seen.view.name.clone(), lead: Some(roles(seen)), ..Head::default() };
    // Whoever only asks has neither keys nor a bell.
    let desk = portal::frames(call, seen).is_none();
    let body = html! {
        (head)
        div.stack-l {
            (parts::screen(seen, &frame::screen(seen), refused))
            @if desk { (parts::keys()) (parts::notifications(call, seen, &mine)) }
            (parts::password(seen, &mine, refused))
            (parts::sessions(seen, &mine, call.app.now()))
            (parts::tokens(seen, &mine, refused, secret.as_deref(), call.app.now()))
        }
    };
    let reply = Reply::page("Profile", "/me", body);
    let reply = if status == StatusCode::OK { reply } else { reply.status(status.as_u16()) };
    Ok(render::render(call, seen, reply))
}

async fn read(call: &Call, seen: &Seen) -> Result<Mine> {
    let (person, now, here) = (seen.view.person, call.app.now(), call.session().digest().to_owned());
    call.app
        .db
        .read(move |tx| {
            let account = account::by_person(tx, person)?;
            Ok(Mine {
                turned_off: account
                    .iter()
                    .flat_map(|it| &it.preferences)
                    .filter(|(_, value)| *value == "off")
                    .map(|(key, _)| key.clone())
                    .collect(),
                has_password: account.as_ref().is_some_and(|account| account.password.is_some()),
                email: account.map_or(String::new(), |account| account.email),
                sessions: session::of_person(tx, person, now)?,
                tokens: token::of_person(tx, person)?,
                here: here.clone(),
            })
        })
        .await
}

fn roles(seen: &Seen) -> String {
    match seen.view.roles.as_ref() {
        [] => "No roles".into(),
        roles => roles.join(", "),
    }
}
