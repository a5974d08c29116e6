//! PostgreSQL: threads with connections of their own, which run closures side by side and again after a conflict.

mod cache;
mod convert;
mod fault;
mod session;
mod statement;
mod tls;
mod worker;

pub(crate) use fault::fault;
pub(crate) use session::{Role, Session};
pub(crate) use worker::Worker;
