//! A route: a line in a practice's table.

use super::{Reply, Request};
use crate::Result;
use crate::act::Act;
use db::Tx;

/// HTTP method of a page: pages are read with GET and act with POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Acts.
    Post,
}

/// A page that reads: runs on a reader connection.
pub type Page = fn(&mut Tx, &Request) -> Result<Reply>;

/// What serves a route.
#[derive(Clone, Copy)]
pub enum Serves {
    /// Reads only.
    Page(Page),
    /// Acts: runs in a write transaction, with CSRF checked before.
    Act(fn(&mut Act, &Request) -> Result<Reply>),
}

/// How much work waits at a page, as the rail writes it beside the name: "34", "10,000+"; none where nothing waits. It is asked with
/// every page somebody loads, so it must be quick.
pub type Waits = fn(&mut Tx, &Request) -> Result<Option<String>>;

/// What a page that shows a register's records in its own way asks of the engine's list for the same: the pairs of the query string.
pub type Asks = fn(&mut Tx, &Request) -> Result<Vec<(String, String)>>;

/// A page of a practice. A path of a practice wins over the engine's.
#[derive(Clone, Copy)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path with `{name}` parts: `/desk/dashboard`.
    pub path: &'static str,
    /// The permission `register.verb` it needs; empty: signed in is enough.
    pub may: &'static str,
    /// One line for the reference.
    pub about: &'static str,
    /// What serves it.
    pub serves: Serves,
    /// How the rail calls it; empty: it does not stand in the rail.
    pub label: &'static str,
    /// How the palette calls it where it does not stand in the rail; empty: one only gets there from other pages.
    pub called: &'static str,
    /// Its icon in the rail.
    pub icon: &'static str,
    /// Stands first in the rail, and is where one begins.
    pub first: bool,
    /// The register whose records it shows, and what it asks for; none: it is no list.
    pub lists: Option<(&'static str, Asks)>,
    /// How much work waits there; none: the rail says nothing of it.
    pub waits: Option<Waits>,
}

impl Route {
    const fn new(method: Method, path: &'static str, may: &'static str, serves: Serves, about: &'static str) -> Route {
        Route { method, path, may, about, serves, label: "", called: "", icon: "", first: false, lists: None, waits: None }
    }
    /// A page that reads.
    pub const fn get(path: &'static str, may: &'static str, page: Page, about: &'static str) -> Route {
        Route::new(Method::Get, path, may, Serves::Page(page), about)
    }
    /// Stands in the rail, above the registers.
    pub const fn in_rail(mut self, label: &'static str, icon: &'static str) -> Route {
        self.label = label;
        self.icon = icon;
        self
    }
    /// Shows the records of a register, so that what can be done to its lists can be done there.
    pub const fn lists(mut self, register: &'static str, asks: Asks) -> Route {
        self.lists = Some((register, asks));
        self
    }
    /// Says in the rail how much work waits there.
    pub const fn waits(mut self, waits: Waits) -> Route {
        self.waits = Some(waits);
        self
    }
    /// Can be gone to from the palette, under this name.
    pub const fn called(mut self, name: &'static str) -> Route {
        self.called = name;
        self
    }
    /// Stands first in the rail, and is the first page of those who may open it.
    pub const fn first(mut self) -> Route {
        self.first = true;
        self
    }
    /// A page that acts.
    pub const fn post(path: &'static str, may: &'static str, act: fn(&mut Act, &Request) -> Result<Reply>, about: &'static str) -> Route {
        Route::new(Method::Post, path, may, Serves::Act(act), about)
    }
}
