//! What a page answers.

use maud::Markup;
use serde_json::Value as Json;

/// How the frame holds a page. The default is a page that scrolls as a whole and stands still.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The rail shows only icons, and the parts of the page scroll by themselves (a list with its preview).
    pub split: bool,
    /// The page brings its own edges (a list with its drawer).
    pub flush: bool,
    /// The rail shows only icons.
    pub folded: bool,
    /// Styles and scripts it needs beyond the core, by the names of their bundles (`wide.css`).
    pub extra: &'static [&'static str],
    /// Address of the stream of changes that the page follows; none: it stands still.
    pub live: Option<String>,
}

/// An answer.
pub enum Reply {
    /// A whole page: title, name of the current entry of the rail, body. The frame is put round it.
    Page {
        /// Title of the document.
        title: String,
        /// Register key or path that is current in the rail.
        here: String,
        /// The main part.
        body: Markup,
        /// How the frame holds it.
        layout: Layout,
    },
    /// A piece of HTML to swap in.
    Fragment(Markup),
    /// Go there (303), with a message to show once and, if it can be undone, where to post that.
    Redirect {
        /// Path.
        to: String,
        /// What was done, for the toast; empty: none.
        toast: String,
        /// Path to post to in order to undo; empty: it cannot be.
        undo: String,
    },
    /// JSON.
    Json(Json),
    /// A file to download or show.
    File {
        /// Name for the download.
        name: String,
        /// Media type.
        media: &'static str,
        /// Content.
        bytes: Vec<u8>,
    },
    /// The reply with another status than its own. Of an act that answers 400 or more nothing is kept: the server rolls
    /// its transaction back and shows the page, which says what was refused.
    Status(u16, Box<Reply>),
    /// What an act would do: the server rolls its transaction back and shows the reply. Previews are made so.
    Tried(Box<Reply>),
}

impl Reply {
    /// A whole page.
    pub fn page(title: impl Into<String>, here: impl Into<String>, body: Markup) -> Reply {
        Reply::Page { title: title.into(), here: here.into(), body, layout: Layout::default() }
    }
    /// The same page held otherwise; other replies have no frame and stay as they are.
    pub fn held(self, layout: Layout) -> Reply {
        match self {
            Reply::Page { title, here, body, .. } => Reply::Page { title, here, body, layout },
            other => other,
        }
    }
    /// Go there, with a message.
    pub fn redirect(to: impl Into<String>, toast: impl Into<String>) -> Reply {
        Reply::Redirect { to: to.into(), toast: toast.into(), undo: String::new() }
    }
    /// The same reply with another status.
    pub fn status(self, status: u16) -> Reply {
        Reply::Status(status, Box::new(self))
    }
    /// Whether the transaction of the act that answered so may be committed.
    pub fn keeps(&self) -> bool {
        !matches!(self, Reply::Tried(_) | Reply::Status(400.., _))
    }
}
