//! What a template is.

use super::fill::PLACEHOLDERS;
use super::fill::unknown;
use kernel::describe::{Choice, Register, Rows, Scope, bool, choice, grant, line, link, opt, text};
use kernel::register::{Cell, Draft};
use kernel::{Act, Result};

const AUDIENCE: &[Choice] = &[opt("personal", "Offered to me"), opt("team", "Offered to a team"), opt("everyone", "Offered to everyone")];

const NEXT: &[Choice] = &[opt("pend", "Wait for the requester"), opt("resolve", "Resolve")];

const DOES: &str = "What is done along with it";

/// Longest text, in characters.
const LONGEST: usize = 10_000;

/// The register.
pub const TEMPLATES: Register = Register {
    key: "templates",
    table: "template",
    prefix: "TPL",
    one: "Template",
    many: "Templates",
    about: "Texts kept ready for what is said often, with placeholders that are filled on the ticket, and what is done along with them.",
    icon: "message-square",
    room: "Engine room",
    fields: &[
        line("name", "Name").title(),
        text("body", "Text").required().limit(LONGEST).searched().help(
            "Placeholders: {requester.first_name} {requester.name} {reference} {summary} {service} {team} {me.first_name} {me.name}.",
        ),
        choice("audience", "For whom", AUDIENCE)
            .required()
            .preset("personal")
            .listed()
            .filtered()
            .help("To whom the composer offers it. Whoever may see templates can read it in their list."),
        link("person", "Owner", "people").listed().filtered().help("Empty: whoever makes it."),
        link("team", "Team", "teams").listed().filtered().help("Needed if it is for a team."),
        bool("internal", "As an internal note").listed().filtered(),
        choice("next", "Afterwards", NEXT).section(DOES).help("What becomes of the ticket once the reply is sent."),
        link("to_team", "Give to team", "teams").section(DOES),
        link("to_person", "Give to", "people").section(DOES),
    ],
    grants: &[
        grant("agent", "read create export", Scope::All),
        grant("agent", "edit retire", Scope::Own),
        grant("agent", "edit retire", Scope::Team),
        grant("manager", "read create edit retire import export", Scope::All),
        grant("auditor", "read export", Scope::All),
    ],
    rows: Rows { owner: "person", team: "team", requester: "" },
    rules,
    completes,
    sort: "name",
    ..Register::PLAIN
};

fn rules(draft: &mut Draft) {
    if draft.text("audience") == "team" && draft.get("team").is_null() {
        draft.refuse("team", "Say for which team it is.");
    }
    if let Some(word) = unknown(draft.text("body")) {
        draft.refuse("body", format!("There is no placeholder {{{word}}}. Those that exist: {}.", PLACEHOLDERS.join(", ")));
    }
    if draft.get("internal").int() == Some(1) && !draft.get("next").is_null() {
        draft.refuse("next", "Only a reply to the requester can be followed by this.");
    }
}

/// Whoever makes it owns it.
fn completes(act: &mut Act, draft: &mut Draft) -> Result<()> {
    if draft.get("person").is_null() && act.view.person != 0 {
        draft.set("person", Cell::Int(act.view.person));
    }
    Ok(())
}
