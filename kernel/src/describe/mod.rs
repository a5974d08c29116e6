//! What things are, as plain data: no SQL, no HTML, no behaviour beyond function pointers.

mod field;
mod grant;
mod practice;
mod register;
mod today;
mod verb;

pub use field::{
    Choice, Field, Kind, bool, choice, date, duration, int, level, line, link, link_any, many, money, opt, real, rung, text, time,
};
pub use grant::{Grant, Scope, Scopes, grant};
pub use practice::{Change, Erasure, Floor, Overview, OverviewRequest, Panel, PanelRequest, Practice, Reaction, Setting};
pub use register::{Register, Rows, State, state};
pub use today::{Amount, By, Contribution, Morning, Need, Press, Stake};
pub use verb::{Input, Run, Undo, Verb, verb};
