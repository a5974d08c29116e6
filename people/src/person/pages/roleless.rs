//! Who holds no role sees nothing: said to them, and to whoever could mend it.

use crate::person::{REGISTER, store};
use db::Tx;
use kernel::Result;
use kernel::describe::PanelRequest;
use kernel::house::House;
use kernel::register::Record;
use kernel::web::{Reply, Request};
use kernel::who::View;
use maud::{Markup, html};
use ui::head::Head;
use ui::verb::Verb;

/// The page they get.
const HOME: &str = "/without-role";
/// Most administrators named.
const NAMED: usize = 5;

/// They begin where it is said to them.
pub(in crate::person) fn begins(_: &mut Tx, _: &House, view: &View) -> Result<Option<&'static str>> {
    Ok((view.person != 0 && view.roles.is_empty()).then_some(HOME))
}

/// `GET /without-role`
pub(in crate::person) fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    if !request.view.roles.is_empty() {
        return Ok(Reply::Redirect { to: "/".into(), toast: String::new(), undo: String::new() });
    }
    let whom = asked(&store::administrators(tx, &request.view, NAMED)?);
    let lead = format!("Until you hold one there is nothing here that you may see. Ask {whom}, then look again.");
    let head = Head { title: "Nobody has given you a role yet".into(), lead: Some(lead), ..Head::default() };
    let verbs = [Verb::link("Look again", "/").first(), Verb::link("Your profile", "/me")];
    Ok(Reply::page("No role yet", HOME, html! { (head) div.line { (ui::verb::verbs(&verbs)) } }))
}

/// "Ada or Max"; whoever invited them where nobody is known.
fn asked(names: &[String]) -> String {
    match names {
        [] => "whoever invited you".into(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} or {last}", some.join(", ")),
    }
}

/// On the page of somebody who is here and holds no role.
pub(in crate::person) fn panel(_: &mut Tx, asked: &PanelRequest) -> Result<Option<Markup>> {
    let invites = ["invite", "grant-roles"].iter().any(|verb| asked.view.may(&REGISTER, verb));
    Ok(warning(asked.view, asked.record).filter(|_| invites))
}

/// That somebody would see nothing, with the way to mend it for whoever may; none where they hold a role or are not here.
pub(in crate::person) fn warning(view: &View, person: &Record) -> Option<Markup> {
    let here = person.state == "active" && person.retired_at.is_none();
    if !here || !person.get("roles").ids().is_empty() {
        return None;
    }
    Some(html! {
        p.note.warn {
            (person.title()) " holds no role yet and would see nothing. "
            @if view.may(&REGISTER, "grant-roles") { (Verb::link("Set roles…", format!("/people/{}/grant-roles", person.reference)).small()) }
            @else { "Somebody who grants roles, such as an administrator, can give one." }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::asked;

    #[test]
    fn somebody_is_named_to_ask() {
        let named = |names: &[&str]| asked(&names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        assert_eq!(named(&[]), "whoever invited you");
        assert_eq!(named(&["Ada"]), "Ada");
        assert_eq!(named(&["Ada", "Max", "Zoe"]), "Ada, Max or Zoe");
    }
}
