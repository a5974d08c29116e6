//! The engine: what every register can do, written once over its description.
//!
//! | to | call |
//! |---|---|
//! | read a record under guard | [`load`], [`load_for_update`] |
//! | read a list | [`list`] with a [`Query`] |
//! | know what a list amounts to | [`count`], [`facets`], [`pairs`], [`sums`] |
//! | make, change, retire | [`create`], [`edit`], [`retire`] |
//! | do a verb, undo one | [`perform`], [`undo`] |
//! | say a record as JSON | [`to_json`] |

mod cell;
pub mod custom;
mod edges;
mod facet;
mod filter;
mod json;
mod link;
mod list;
mod load;
mod merge;
mod names;
mod parse;
mod past;
mod query;
mod record;
mod save;
mod shape;
mod store;
mod totals;
mod validate;
mod verbs;

pub use cell::Cell;
pub use edges::{edge_ids, fill_many};
pub use facet::{Facet, FacetValue, count, facets};
pub use filter::{Filter, OPS, Op};
pub use json::{Names, amount, cell_json, to_json};
pub use link::resolve;
pub use list::{Page, list, place, plan, walk};
pub use load::{by_id, by_id_unguarded, by_ids, load, load_for_update};
pub use merge::{Merge, MergeField, merge};
pub use names::{Name, names_of};
pub use parse::{Source, fill, parse};
pub use query::{Count, Cursor, Query, Sort};
pub use record::{Draft, Record};
pub use save::{Sent, blank, create, edit, retire, save};
pub use shape::Shape;
pub use store::{insert_row, read_row, row_values, update_row};
pub use totals::{pairs, sums};
pub use validate::wrong;
pub use verbs::{Done, may_undo, perform, undo, verbs_for};
