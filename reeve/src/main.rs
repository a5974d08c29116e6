//! The binary: arguments, then one function per command.

use anyhow::Result;
use clap::Parser;
use kernel::House;
use kernel::time::Clock;
use reeve::args::{Command, Reeve, Token, User};
use reeve::command::{backup, docs, doctor, draft, exchange, init, serve, verify};
use reeve::{demo, practices};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Reeve::parse();
    log();
    match run(arguments.command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("reeve: {error:#}");
            ExitCode::from(1)
        }
    }
}

/// Structured logs on stderr; `REEVE_LOG` says how much (`info`, `warn`, `server=debug`).
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("REEVE_LOG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Demo { place, listen } => demo::command(&place, &listen)?,
        Command::Serve { place, listen } => serve::serve(&place, &listen)?,
        Command::Init { org, admin, place, listen } => init::init(&place, &listen, &org, &admin)?,
        Command::User { what: User::Add { email, name, role, team, place, listen } } => {
            init::add_user(&place, &listen, &email, &name, &role, team.as_deref())?;
        }
        Command::User { what: User::Link { email, place, listen } } => init::sign_in_link(&place, &listen, &email)?,
        Command::Token { what: Token::Create { user, name, scope, expires, place } } => {
            init::create_token(&place, &user, &name, &scope, expires.as_deref())?;
        }
        Command::Import(import) => return exchange::import(&import),
        Command::Export(export) => exchange::export(&export)?,
        Command::Backup { file, place } => backup::backup(&place, &file)?,
        Command::Restore { file, place } => backup::restore(&place, &file)?,
        Command::Verify { pack, place } => return verify::verify(&place, pack.as_deref()),
        Command::Doctor { place } => return doctor::doctor(&place),
        Command::Docs { out, check } => docs::docs(&House::new(&practices::all(), Clock::System, 1), &out, check)?,
        Command::MigrationDraft { name } => draft::command(&name)?,
    }
    Ok(ExitCode::SUCCESS)
}
