//! The component set: every part of the face once. A component is a struct that renders itself; splice it into a page with `(part)`.
//! Nothing here reads a request, a database or the present time: texts, times and addresses are given.
//! All components in their states stand on one page, [`gallery::page`].
pub mod assets;
pub mod bulk;
pub mod chart;
pub mod clock;
pub mod composer;
pub mod control;
pub mod facts;
pub mod field;
pub mod figure;
pub mod filter;
pub mod form;
pub mod format;
pub mod frame;
pub mod gallery;
pub mod head;
pub mod history;
pub mod icon;
pub mod import;
pub mod journal;
pub mod list;
pub mod lone;
pub mod marks;
pub mod menu;
pub mod merge;
pub mod overlay;
pub mod pager;
pub mod people;
pub mod portal;
pub mod rail;
pub mod rank;
pub mod seek;
pub mod split;
pub mod states;
pub mod tabs;
pub mod text;
pub mod time;
pub mod verb;
pub mod why;

pub use maud::{Markup, PreEscaped, Render, html};
pub use time::When;
