//! What can go wrong, in the words a person gets to read.

/// A result of the kernel.
pub type Result<T> = std::result::Result<T, Error>;

/// One field that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Key of the field; empty for the record as a whole.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl FieldError {
    /// A refusal of a field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> FieldError {
        FieldError { field: field.into(), message: message.into() }
    }
}

/// Why something did not happen. Nothing was changed in any of these cases.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or the viewer may not see it: the same to them.
    #[error("There is no such record, or you may not see it.")]
    NotFound,
    /// The viewer may see it, but not do this.
    #[error("{0}")]
    Forbidden(String),
    /// Nobody is signed in, or the token is not valid.
    #[error("Sign in first: the session or token is missing, has ended or is not valid.")]
    Nobody,
    /// Fields were refused.
    #[error("{}", sentence(.0))]
    Invalid(Vec<FieldError>),
    /// The request itself is malformed: unknown field, operator, page, format.
    #[error("{}", sentence(.0))]
    Malformed(Vec<FieldError>),
    /// Someone else changed the record since it was read.
    #[error("The record was changed by someone else since you read it. Nothing was saved; read version {version} and try again.")]
    Stale {
        /// The version it has now.
        version: i64,
    },
    /// The record's state does not allow it, or it clashes with what exists.
    #[error("{0}")]
    Conflict(String),
    /// Too many requests.
    #[error("Too many requests. Wait {retry_after} s and try again.")]
    TooMany {
        /// Seconds.
        retry_after: u64,
    },
    /// The request is larger than a limit.
    #[error("{0}")]
    TooLarge(String),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// A fault of the program.
    #[error("{0}")]
    Fault(String),
}

impl Error {
    /// One field was refused.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Error {
        Error::Invalid(vec![FieldError::new(field, message)])
    }
    /// One part of the request is malformed.
    pub fn malformed(field: impl Into<String>, message: impl Into<String>) -> Error {
        Error::Malformed(vec![FieldError::new(field, message)])
    }
    /// The viewer may not do `verb` on `register`.
    pub fn forbidden(register: &str, verb: &str) -> Error {
        Error::Forbidden(format!("You may not do this: it needs the permission {register}.{verb}. Whoever manages roles can grant it."))
    }
    /// The fields it names.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Error::Invalid(fields) | Error::Malformed(fields) => fields,
            _ => &[],
        }
    }
}

fn sentence(fields: &[FieldError]) -> String {
    let parts = fields.iter().map(|it| match it.field.as_str() {
        "" => it.message.clone(),
        field => format!("{field}: {}", it.message),
    });
    parts.collect::<Vec<_>>().join("; ")
}
