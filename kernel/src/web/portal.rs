//! Pages for those who only ask: a frame of their own, and no other frame for them.

use crate::house::House;
use crate::who::View;

/// What a practice says of the pages for those who only ask.
#[derive(Clone, Copy)]
pub struct Portal {
    /// Path of the first one; all of them lie below it.
    pub home: &'static str,
    /// Places in its bar: name and path.
    pub places: &'static [(&'static str, &'static str)],
    /// Whether somebody only asks, and so gets these pages wherever a link leads.
    pub asks_only: fn(&House, &View) -> bool,
    /// The page of the portal that shows what an address of the desk means, by the address's parts and query string; none: it has none.
    pub leads: fn(&House, &[&str], &str) -> Option<String>,
}

impl Portal {
    /// Whether a path is one of its pages.
    pub fn holds(&self, path: &str) -> bool {
        path.strip_prefix(self.home).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}
