//! The command line: arguments as data.

use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

/// IT service management in one program.
#[derive(Parser)]
#[command(name = "reeve", version, about, propagate_version = true)]
pub struct Reeve {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where the data is.
#[derive(Args, Clone, Debug, Default)]
pub struct Place {
    /// Folder of the embedded database and of files.
    #[arg(long, env = "REEVE_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// PostgreSQL instead: postgres://user:password@host/name.
    #[arg(long, env = "REEVE_DATABASE", global = true, hide_env_values = true)]
    pub database: Option<String>,
}

/// Where to listen.
#[derive(Args, Clone, Debug)]
pub struct Listen {
    /// Address and port.
    #[arg(long, env = "REEVE_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// The address people use, if it is another (behind a proxy): https://desk.example.org.
    #[arg(long, env = "REEVE_URL")]
    pub url: Option<String>,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// A furnished organisation with a year of real incidents, ready to click; prints a sign-in link.
    Demo {
        /// Where the data is.
        #[command(flatten)]
        place: Place,
        /// Where to listen.
        #[command(flatten)]
        listen: Listen,
    },
    /// The server; applies migrations.
    Serve {
        /// Where the data is.
        #[command(flatten)]
        place: Place,
        /// Where to listen.
        #[command(flatten)]
        listen: Listen,
    },
    /// An empty organisation and its first administrator; prints a one-time sign-in link.
    Init {
        /// Name of the organisation.
        #[arg(long)]
        org: String,
        /// E-mail address of the administrator.
        #[arg(long)]
        admin: String,
        /// Where the data is.
        #[command(flatten)]
        place: Place,
        /// Where it will listen, for the link.
        #[command(flatten)]
        listen: Listen,
    },
    /// People.
    User {
        /// What to do with them.
        #[command(subcommand)]
        what: User,
    },
    /// API tokens.
    Token {
        /// What to do with them.
        #[command(subcommand)]
        what: Token,
    },
    /// Brings records in from a file; safe to run again.
    Import(Import),
    /// Writes records out.
    Export(Export),
    /// A copy of everything, while serving.
    Backup {
        /// The file to write; attachments go to the folder FILE.files beside it.
        file: PathBuf,
        /// Where the data is.
        #[command(flatten)]
        place: Place,
    },
    /// Puts a backup in place; it is checked before it replaces anything.
    Restore {
        /// The file to read; its attachments are looked for in the folder FILE.files beside it.
        file: PathBuf,
        /// Where the data is.
        #[command(flatten)]
        place: Place,
    },
    /// Checks the journal's seals and every practice's own data; exit 1 names the first broken entry.
    Verify {
        /// An evidence pack to check offline instead.
        pack: Option<PathBuf>,
        /// Where the data is.
        #[command(flatten)]
        place: Place,
    },
    /// Says what is misconfigured and how to mend it.
    Doctor {
        /// Where the data is.
        #[command(flatten)]
        place: Place,
    },
    /// Writes the reference from the tables.
    #[command(hide = true)]
    Docs {
        /// Folder to write to.
        #[arg(long)]
        out: PathBuf,
        /// Compare instead of writing.
        #[arg(long)]
        check: bool,
    },
    /// Prints the statements that bring the schema to the descriptions.
    #[command(hide = true)]
    MigrationDraft {
        /// Name of the migration.
        name: String,
    },
}

/// What can be done with people.
#[derive(Subcommand)]
pub enum User {
    /// Adds a person who may sign in.
    Add {
        /// E-mail address.
        email: String,
        /// Name.
        #[arg(long)]
        name: String,
        /// Role: administrator, manager, agent, requester, approver, auditor, vendor, or one of your own.
        #[arg(long)]
        role: String,
        /// Team, by reference or name.
        #[arg(long)]
        team: Option<String>,
        /// Where the data is.
        #[command(flatten)]
        place: Place,
        /// Where it listens, for the link, if not where it was served last.
        #[command(flatten)]
        listen: Listen,
    },
    /// Prints a link that signs somebody in once, for whoever is locked out.
    Link {
        /// E-mail address.
        email: String,
        /// Where the data is.
        #[command(flatten)]
        place: Place,
        /// Where it listens, for the link, if not where it was served last.
        #[command(flatten)]
        listen: Listen,
    },
}

/// What can be done with tokens.
#[derive(Subcommand)]
pub enum Token {
    /// Prints a new token on stdout and nothing else.
    Create {
        /// E-mail address of the person it acts for.
        #[arg(long)]
        user: String,
        /// What it is for.
        #[arg(long)]
        name: String,
        /// What it may do: register.verb, register.*, *.verb or *; several times. Default: all the person may.
        #[arg(long)]
        scope: Vec<String>,
        /// When it ends: a day, a time, or a duration like P90D. Default: in one year.
        #[arg(long)]
        expires: Option<String>,
        /// Where the data is.
        #[command(flatten)]
        place: Place,
    },
}

/// Arguments of `import`.
#[derive(Args)]
pub struct Import {
    /// What the files are: incident-log, csv, jsonl.
    pub source: String,
    /// The files.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Kind of record, for csv and jsonl.
    #[arg(long)]
    pub kind: Option<String>,
    /// A file that says which column is which field (TOML); without one it is guessed.
    #[arg(long)]
    pub mapping: Option<PathBuf>,
    /// Where rejected rows go.
    #[arg(long)]
    pub rejects: Option<PathBuf>,
    /// The column that identifies a row in its source, for csv and jsonl.
    #[arg(long)]
    pub key: Option<String>,
    /// The field by which records that are here already are found, for csv and jsonl.
    #[arg(long)]
    pub matching: Option<String>,
    /// Say what would happen; write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
}

/// Arguments of `export`.
#[derive(Args)]
pub struct Export {
    /// Kind of record, e.g. incidents.
    pub kind: String,
    /// csv, jsonl, xlsx or parquet.
    #[arg(long, default_value = "csv")]
    pub format: String,
    /// For people instead of programs (csv and xlsx): labels as headings, names of what is linked. It cannot be imported again.
    #[arg(long)]
    pub for_reading: bool,
    /// Columns in their order, comma separated. Default: all.
    #[arg(long, value_delimiter = ',')]
    pub columns: Vec<String>,
    /// A condition or order as in a list's address: state=new,assigned or sort=-opened_at; several times.
    #[arg(long = "where")]
    pub wheres: Vec<String>,
    /// As it was at this time.
    #[arg(long)]
    pub as_of: Option<String>,
    /// File to write instead of stdout.
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
}
