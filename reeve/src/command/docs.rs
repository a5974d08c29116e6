//! The reference, generated from the tables: registers, verbs, permissions, routes, reactions, lines of the morning, settings.

use anyhow::{Result, bail};
use kernel::House;
use kernel::describe::{Field, Kind, Register};
use kernel::who::grants::{role_grants, scope_words};
use std::fmt::Write;
use std::path::Path;

/// Roles that ship, in the order of the permission table.
pub const ROLES: &[&str] = &["administrator", "manager", "agent", "requester", "approver", "auditor", "vendor"];

/// Writes the reference to a folder, or compares it with what is there.
pub fn docs(house: &House, out: &Path, check: bool) -> Result<()> {
    let pages = [("registers.md", registers(house)), ("permissions.md", permissions(house)), ("practices.md", practices(house))];
    for (name, text) in pages {
        let file = out.join(name);
        if check {
            if std::fs::read_to_string(&file).unwrap_or_default() != text {
                bail!("{} is not what the tables say. Run `cargo x docs` and read the difference.", file.display());
            }
            continue;
        }
        std::fs::create_dir_all(out)?;
        std::fs::write(&file, text)?;
    }
    Ok(())
}

/// Every register with its fields, states and verbs.
pub fn registers(house: &House) -> String {
    let mut text = String::from("# Registers\n\nGenerated from the descriptions; `cargo x docs` writes it.\n");
    for register in &house.registers {
        let _ = write!(text, "\n## {} (`{}`)\n\n{}\n", register.many, register.key, register.about);
        if !register.prefix.is_empty() {
            let _ = writeln!(text, "\nReferences: `{}-1`.", register.prefix);
        }
        let _ = write!(text, "\n| field | type | | what |\n|---|---|---|---|\n");
        for field in register.fields {
            let _ = writeln!(text, "| `{}` | {} | {} | {} |", field.key, kind(field), marks(field), said(field));
        }
        states(register, &mut text);
        verbs(register, &mut text);
    }
    text
}

fn kind(field: &Field) -> String {
    match field.kind {
        Kind::Line { limit } => format!("line, {limit}"),
        Kind::Text { limit } => format!("text, {limit}"),
        Kind::Int { min, max } => format!("whole number, {min} to {max}"),
        Kind::Real => "number".into(),
        Kind::Bool => "yes or no".into(),
        Kind::Date => "day".into(),
        Kind::Time => "time".into(),
        Kind::Duration => "duration".into(),
        Kind::Money => "money".into(),
        Kind::Choice(of) | Kind::Level(of) => of.iter().map(|it| it.key).collect::<Vec<_>>().join(", "),
        Kind::Link(to) => format!("one of [{to}](#{to})"),
        Kind::LinkAny => "any record".into(),
        Kind::Many(to) => format!("several of [{to}](#{to})"),
    }
}

fn marks(field: &Field) -> String {
    let all = [
        (field.required, "required"),
        (field.computed, "computed"),
        (field.filtered, "filter"),
        (field.searched, "searched"),
        (field.confidential, "confidential"),
        (field.internal, "internal"),
    ];
    all.iter().filter(|(on, _)| *on).map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
}

fn said(field: &Field) -> String {
    if field.help.is_empty() { field.label.to_owned() } else { format!("{}. {}", field.label, field.help) }
}

fn states(register: &Register, text: &mut String) {
    if register.states.is_empty() {
        return;
    }
    let names: Vec<String> = register.states.iter().map(|state| format!("`{}`", state.key)).collect();
    let _ = writeln!(text, "\nStates: {}.", names.join(" → "));
}

fn verbs(register: &Register, text: &mut String) {
    if register.verbs.is_empty() {
        return;
    }
    let _ = write!(text, "\n| verb | from | to | asks | what |\n|---|---|---|---|---|\n");
    for verb in register.verbs {
        let asks: Vec<&str> = verb.asks.iter().map(|field| field.key).collect();
        let from = if verb.from.is_empty() { "any".into() } else { verb.from.join(", ") };
        let _ = writeln!(text, "| `{}` | {from} | {} | {} | {} |", verb.key, verb.to, asks.join(", "), verb.help);
    }
}

/// role x register x verb, with the rows each reaches. Also a test's snapshot: a change of permissions is a readable diff.
pub fn permissions(house: &House) -> String {
    let mut text =
        String::from("# Permissions\n\nWhat the roles that ship may do, and to which rows. Generated; `cargo x docs` writes it.\n");
    for role in ROLES {
        let _ = write!(text, "\n## {role}\n\n| register | verbs |\n|---|---|\n");
        let granted = role_grants(house, role, &[]);
        for register in &house.registers {
            let mine: Vec<String> = granted
                .iter()
                .filter(|(of, _, _)| *of == register.key)
                .map(|(_, verb, scopes)| match scope_words(*scopes).as_str() {
                    "all" => (*verb).to_owned(),
                    words => format!("{verb} ({words})"),
                })
                .collect();
            if !mine.is_empty() {
                let _ = writeln!(text, "| {} | {} |", register.key, mine.join(", "));
            }
        }
    }
    text
}

/// Practices with their pages, reactions, panels and settings.
pub fn practices(house: &House) -> String {
    let mut text = String::from("# Practices\n\nGenerated from the descriptions; `cargo x docs` writes it.\n");
    for practice in &house.practices {
        let _ = write!(text, "\n## {}\n\n{}\n\n", practice.key, practice.about);
        for route in practice.routes {
            let may = if route.may.is_empty() { "signed in".into() } else { format!("needs `{}`", route.may) };
            let _ = writeln!(text, "- `{:?} {}` ({may}): {}", route.method, route.path, route.about);
        }
        for reaction in practice.reactions {
            let _ = writeln!(text, "- reacts to changes of `{}`", reaction.on);
        }
        for panel in practice.panels {
            let _ = writeln!(text, "- shows \"{}\" on `{}`", panel.title, panel.on);
        }
        for overview in practice.overviews {
            let _ = writeln!(text, "- shows above the list of `{}`: {}", overview.on, overview.about);
        }
        for line in practice.today {
            let _ = writeln!(text, "- puts \"{}\" (`{}`, needs `{}`) on the morning page: {}", line.title, line.key, line.may, line.about);
        }
        for kind in practice.notices {
            let _ = writeln!(text, "- tells people: {} (`{}`)", kind.title, kind.key);
        }
        for setting in practice.settings {
            let _ = writeln!(text, "- setting `{}`: {}", setting.key, said(&setting.field));
        }
    }
    text
}
