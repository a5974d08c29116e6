//! What a role is.

use super::{SHIPPED, id_of, store, verbs};
use kernel::describe::{Choice, Field, Register, Scope, Undo, choice, grant, line, opt, text, verb};
use kernel::register::{Cell, Draft};
use kernel::who::grants::role_grants;
use kernel::who::roles;
use kernel::{Act, Result};

const GRANT: &[Field] = &[
    line("register", "Register").required().limit(60).help("The kind of record, like incidents."),
    line("permission", "Permission").required().limit(60).help("What may be done to it: read, create, resolve and so on."),
    line("rows", "To which records").required().limit(60).help(
        "all, or one or more of team, own and requester parted by commas; none takes it away; shipped puts back what ships. \
            confidential and internal take all or none.",
    ),
];

const LIKE: &[Choice] = &[
    opt("requester", "Requester"),
    opt("agent", "Agent"),
    opt("manager", "Service manager"),
    opt("approver", "Approver"),
    opt("auditor", "Auditor"),
    opt("vendor", "Vendor"),
    opt("nothing", "Nothing"),
];

/// The register. Grants name a role by its key.
pub const REGISTER: Register = Register {
    key: "roles",
    table: "role",
    prefix: "ROL",
    one: "Role",
    many: "Roles",
    about: "A named set of permissions that people hold.",
    icon: "key-round",
    room: "People",
    fields: &[
        line("key", "Key")
            .required()
            .listed()
            .searched()
            .limit(60)
            .help("Small letters, figures and hyphens; grants and scripts name the role by it."),
        line("name", "Name").title(),
        text("about", "About").searched().listed(),
        choice("begins_like", "Begins like", LIKE)
            .preset("requester")
            .help("A new role may do what this one may, as far as you may it yourself; what it may do is changed afterwards on its page."),
    ],
    verbs: &[verb("grant", "Grant…")
        .asks(GRANT)
        .runs(verbs::grant)
        .undo(Undo::By(verbs::ungrant))
        .single()
        .help("Says to which records of a register the role may do something. Nobody grants more than they hold.")],
    grants: &[
        grant("manager", "read export", Scope::All),
        grant("agent", "read", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
    ],
    rules,
    completes,
    directory: true,
    sort: "name",
    ..Register::PLAIN
};

fn rules(draft: &mut Draft) {
    let key = draft.text("key");
    let valid = key.starts_with(|c: char| c.is_ascii_lowercase())
        && !key.ends_with('-')
        && !key.contains("--")
        && key.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
    if !valid && !key.is_empty() {
        draft.refuse("key", "A key is made of small letters, figures and single hyphens, like change-manager.");
    }
    let Some(before) = &draft.before else { return };
    if before.text("begins_like") != draft.text("begins_like") {
        draft.refuse("begins_like", "This counted when the role was made. Change what it may do on its page.");
        return;
    }
    if !SHIPPED.iter().any(|(key, _, _)| *key == before.text("key")) {
        return;
    }
    if before.text("key") != draft.text("key") {
        draft.refuse("key", "This role ships with Reeve and its key stays. Change its name instead.");
    }
    if draft.record.retired_at.is_some() {
        draft.refuse("", "This role ships with Reeve and stays. Take it from the people who hold it instead.");
    }
}

/// A key leads to one role, and what was granted under it follows it; a new role gets what the one it begins like may do.
fn completes(act: &mut Act, draft: &mut Draft) -> Result<()> {
    if !draft.changed("key") {
        return Ok(());
    }
    if id_of(act.tx, draft.text("key"))?.is_some_and(|id| id != draft.record.id) {
        draft.refuse("key", "There is a role with this key already, perhaps a retired one. Choose another.");
    } else if !draft.errors.is_empty() {
        return Ok(());
    } else if let Some(before) = &draft.before {
        store::rename_grants(act.tx, before.text("key"), draft.text("key"))?;
    } else if SHIPPED.iter().any(|(key, _, _)| *key == draft.text("key")) {
        draft.set("begins_like", Cell::Null);
    } else {
        let (key, like) = (draft.text("key").to_owned(), draft.text("begins_like").to_owned());
        begin(act, &key, &like)?;
    }
    Ok(())
}

/// Grants a new role what another may do, within what whoever makes it may do.
fn begin(act: &mut Act, key: &str, like: &str) -> Result<()> {
    let changed = roles::overrides(act.tx)?;
    for (register, verb, scopes) in role_grants(act.house, like, &changed) {
        let Some(of) = act.house.register(register) else { continue };
        if act.view.scopes(of, verb).covers(scopes) {
            roles::grant(act.tx, key, register, verb, scopes)?;
        }
    }
    Ok(())
}
