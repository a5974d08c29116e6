//! The engine's pages over a small house, on both engines.

mod bulk;
mod crawl;
mod drawer;
mod form;
mod import;
mod list;
mod record;
mod settings;
mod whole;
mod world;
