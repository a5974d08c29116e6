//! Inviting a person: the page that shows the link, once.

pub(super) mod roleless;

use super::invitation::{Invited, invite};
use kernel::web::{Reply, Request};
use kernel::{Act, Error, Result};
use maud::{Markup, Render, html};
use ui::head::Head;
use ui::verb::Verb;

/// `POST /people/{reference}/invite`
pub(super) fn save(act: &mut Act, request: &Request) -> Result<Reply> {
    let reference = request.part("reference");
    match invite(act, reference) {
        Ok(invited) => Ok(Reply::page("Invitation", "people", shown(request, &invited))),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => Ok(refused(reference, &error).status(409)),
        Err(other) => Err(other),
    }
}

fn shown(request: &Request, invited: &Invited) -> Markup {
    let (name, here) = (invited.person.title(), format!("/people/{}", invited.person.reference));
    let (title, lead) = if invited.again {
        (
            format!("{name} can choose a new password"),
            "Hand the link on now; it is not shown again. It works once, for an hour, and ends their other sessions.",
        )
    } else {
        (
            format!("{name} is invited"),
            "Hand the link on now; it is not shown again. It works once, for a week, and lets them choose a password.",
        )
    };
    let head = Head {
        crumbs: vec![("People".into(), "/people".into()), (name.into(), here.clone())],
        title,
        lead: Some(lead.into()),
        ..Head::default()
    };
    let link = &request.address(&invited.link);
    html! {
        (head)
        div.line {
            a.mono.clip href=(link) { (link) }
            button.verb.small type="button" data-copy=(link) { "Copy the link" }
        }
        p.small.ink3 { "An older link of theirs no longer works." }
        @if let Some(warning) = roleless::warning(&request.view, &invited.person) { (warning) }
        p { (Verb::link(format!("Back to {name}"), here)) }
    }
}

/// Nothing was done, and why.
fn refused(reference: &str, error: &Error) -> Reply {
    let said = match error {
        Error::Invalid(fields) => fields.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    let here = format!("/people/{reference}");
    let head =
        Head { title: "Not invited".into(), lead: Some(said), verbs: vec![Verb::link("Back", here).first().render()], ..Head::default() };
    Reply::page("Not invited", "people", html! { (head) p.ink2 { "No link was made, and nothing was changed." } })
}
