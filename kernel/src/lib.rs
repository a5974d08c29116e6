//! The kernel: what every practice stands on, knowing none of them.
//!
//! | noun | where |
//! |---|---|
//! | register, field, verb, state, practice: descriptions as data | [`describe`] |
//! | who is looking and what they may see | [`who`] |
//! | all descriptions together, and what every act needs of them | [`house`] |
//! | a change: who, when, through what, in which transaction, why | [`act`] |
//! | the engine over registers: list, get, save, verbs | [`register`] |
//! | full text under guard | [`search`] |
//! | what happened, sealed | [`journal`] |
//! | who is told of what | [`notice`] |
//! | steps behind a figure | [`explain`] |
//! | a page asked for and its answer, without a web framework | [`web`] |
//! | answers kept for a while | [`kept`] |
//! | clock and days; identifiers and chance | [`time`], [`id`] |
//! | settings of the installation | [`settings`] |
//! | what one process remembers of the database | [`memory`] |
//! | work that is done later | [`jobs`] |
//! | attachments | [`file`] |
//! | pages that follow what happens, and who is looking | [`live`] |

pub mod act;
pub mod describe;
pub mod error;
pub mod explain;
pub mod file;
pub mod house;
pub mod id;
pub mod jobs;
pub mod journal;
pub mod kept;
pub mod live;
pub mod memory;
pub mod notice;
pub mod register;
pub mod search;
pub mod settings;
pub mod time;
pub mod web;
pub mod who;

pub use act::Act;
pub use error::{Error, FieldError, Result};
pub use house::House;
