//! `cargo x migration NAME`: drafts the step from the schema as it is to the descriptions as they are.

use crate::args::Args;
use crate::{Done, command, server};

/// Builds `reeve`, which knows both sides, and lets it write the draft.
pub fn run(args: Args) -> Done {
    let words = args.words()?;
    let [name] = words.as_slice() else {
        return Err("name the migration in a word or two: cargo x migration add-vendor-site".into());
    };
    draft(name)
}

/// Drafts it under `migrations/`; a person reads it before it is committed.
pub fn draft(name: &str) -> Done {
    let reeve = server::build(false)?.display().to_string();
    command::show(&mut command::program(&reeve, &["migration-draft", name]))
}
