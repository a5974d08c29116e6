//! Through what a change came.

/// Through what someone acts; stands in every journal entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Means {
    /// A page in a browser.
    Page,
    /// The API, with the name of the token.
    Api(String),
    /// An import, with its source.
    Import(String),
    /// A job that runs later or by the clock.
    Job(String),
    /// The command line.
    Cli,
}

impl Means {
    /// The word the journal keeps.
    pub fn word(&self) -> &'static str {
        match self {
            Means::Page => "page",
            Means::Api(_) => "api",
            Means::Import(_) => "import",
            Means::Job(_) => "job",
            Means::Cli => "cli",
        }
    }
    /// Which token, source or job.
    pub fn detail(&self) -> &str {
        match self {
            Means::Api(name) | Means::Import(name) | Means::Job(name) => name,
            Means::Page | Means::Cli => "",
        }
    }
}
