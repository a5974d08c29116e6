//! Step two: teams, and people with links that let them in.

use super::step::{Page, after, checked, layout, others, steps, typed};
use crate::first_hour::rules::{Invited, MOST_PEOPLE, pasted};
use crate::first_hour::{made, store};
use db::Tx;
use kernel::web::{Reply, Request};
use kernel::{Act, Error, FieldError, Result};
use maud::{Markup, Render, html};
use people::person::REGISTER as PEOPLE;
use serde_json::json;
use ui::control::Kind;
use ui::field::Field;
use ui::form::Part;
use ui::head::Head;
use ui::people::Who;
use ui::verb::Verb;

const SHOWN: &[&str] = &["teams", "agents", "requesters", "me"];
/// Most teams shown of those there are.
const MOST_TEAMS: usize = 50;

/// `GET /first-hour/people`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    show(tx, request, None)
}

/// `POST /first-hour/people`: makes teams and people, and shows their links, which stand nowhere else.
pub fn save(act: &mut Act, request: &Request) -> Result<Reply> {
    match keep(act, request) {
        Ok(done) if done.links.is_empty() && done.known.is_empty() => Ok(Reply::redirect(after(1), "Teams are there")),
        Ok(done) => shown(act.tx, request, &done),
        Err(Error::Invalid(wrong)) => Ok(show(act.tx, request, Some(&wrong))?.status(422)),
        Err(other) => Err(other),
    }
}

#[derive(Default)]
struct Done {
    /// Who was taken in, what they may do, and their link.
    links: Vec<(Invited, &'static str, String)>,
    /// Addresses that somebody has already.
    known: Vec<String>,
}

fn keep(act: &mut Act, request: &Request) -> Result<Done> {
    let teams = teams(act, request)?;
    let mut done = Done::default();
    for (field, role, said) in [("agents", "agent", "works at the desk"), ("requesters", "requester", "asks for help")] {
        let team = teams.first().filter(|_| role == "agent").map(String::as_str);
        for who in read(request, field)? {
            if store::known(act.tx, &who.email)? {
                done.known.push(who.email);
            } else {
                let link = made::invite(act, &who, role, team).map_err(|error| of_field(error, field, &who))?;
                done.links.push((who, said, request.address(&link)));
            }
        }
    }
    if let (Some(team), "true") = (teams.first(), request.sent("me")) {
        let me = act.view.reference.clone();
        made::make_or_change(act, PEOPLE.key, Some(&me), &[("teams", json!([team]))])?;
    }
    Ok(done)
}

/// References of the teams named, made where they are missing.
fn teams(act: &mut Act, request: &Request) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for name in request.sent("teams").split(['\n', ',']).map(str::trim).filter(|name| !name.is_empty()) {
        all.push(match store::named(act.tx, act.view.organisation, "team", name)? {
            Some(reference) => reference,
            None => made::make(act, "teams", &[("name", json!(name))])?.reference,
        });
    }
    if all.is_empty() {
        return Err(Error::invalid("teams", "Name at least one team; work goes to teams."));
    }
    Ok(all)
}

fn read(request: &Request, field: &str) -> Result<Vec<Invited>> {
    let all = pasted(request.sent(field)).map_err(|part| {
        Error::invalid(field, format!("“{part}” is no e-mail address. Write dana@example.org or Dana Okafor <dana@example.org>."))
    })?;
    if all.len() > MOST_PEOPLE {
        return Err(Error::invalid(
            field,
            format!("At most {MOST_PEOPLE} people fit here at once. Import the rest as a file under People."),
        ));
    }
    Ok(all)
}

/// What was refused of a person stands at the field they were pasted into.
fn of_field(error: Error, field: &str, who: &Invited) -> Error {
    match error {
        Error::Invalid(wrong) => {
            Error::Invalid(wrong.into_iter().map(|it| FieldError::new(field, format!("{}: {}", who.email, it.message))).collect())
        }
        other => other,
    }
}

fn show(tx: &mut Tx, request: &Request, wrong: Option<&[FieldError]>) -> Result<Reply> {
    let known = store::names(tx, request.view.organisation, "team", MOST_TEAMS)?;
    let sent = wrong.is_some();
    let wrong = wrong.unwrap_or_default();
    let teams = if known.is_empty() { "Service desk".to_owned() } else { known.join("\n") };
    let me = if sent { request.sent("me").to_owned() } else { "true".into() };
    let fields = vec![
        Field::new("teams", "Teams", Kind::Area(3))
            .value(typed(request, sent, "teams", &teams))
            .help("One a line. The first one takes what comes in; one team is enough to begin."),
        Field::new("me", "I work in the first team myself", Kind::Tick).value(me),
        Field::new("agents", "Who works at the desk?", Kind::Area(5))
            .value(typed(request, sent, "agents", ""))
            .optional()
            .help("Paste e-mail addresses, with or without names: Dana Okafor <dana@example.org>, ravi@example.org."),
        Field::new("requesters", "Who asks for help?", Kind::Area(5))
            .value(typed(request, sent, "requesters", ""))
            .optional()
            .help("The same. They get the portal: they report, ask and follow what is theirs. Add the rest later, also as a file."),
    ];
    let page = Page {
        place: 1,
        title: "Who works here?",
        lead: "Each of them gets a link that works once and lets them choose a password. Mail is not set up yet, so you hand the links on yourself.",
        parts: vec![Part { fields: fields.into_iter().map(|field| checked(field, wrong)).collect(), ..Part::default() }],
        verb: "Take them in",
        error: others(wrong, SHOWN),
        two_columns: false,
        over: html! {},
    };
    page.reply(tx, request)
}

/// The links, once.
fn shown(tx: &mut Tx, request: &Request, done: &Done) -> Result<Reply> {
    let many = done.links.len();
    let title = match many {
        0 => "Everybody was here already".to_owned(),
        1 => "One person is in, and has a link".to_owned(),
        _ => format!("{many} people are in, and each has a link"),
    };
    let head = Head {
        title,
        lead: (many > 0).then(|| {
            "Hand the links on now; they are not shown again. Each works once, for a week. A new one can be made when one is lost."
                .to_owned()
        }),
        ..Head::default()
    };
    let body = html! {
        (steps(tx, request, 1)?)
        (head.render())
        @if many > 0 { ul.invited { @for (who, said, link) in &done.links { (invitation(who, said, link)) } } }
        @if !done.known.is_empty() { p.ink2 { "Here already, and left as they are: " (done.known.join(", ")) "." } }
        div.line.hour-verbs { (Verb::link("Go on", after(1)).first()) }
    };
    Ok(Reply::page("First hour: invitations", "/first-hour", body).held(layout()))
}

fn invitation(who: &Invited, said: &str, link: &str) -> Markup {
    html! {
        li {
            div { (Who::person(who.name.clone())) " " span.small.ink3 { (who.email) ", " (said) } }
            div.line {
                a.mono.clip href=(link) { (link) }
                button.verb.small type="button" data-copy=(link) { "Copy the link" span.vh { " of " (who.name) } }
            }
        }
    }
}
