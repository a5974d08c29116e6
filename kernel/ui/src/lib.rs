//! The component set: every part of the face once.
//!
//! A component is a struct that renders itself; splice it into a page with `(part)` inside `html!`. Most have a `Default`, so that one
//! writes only what differs. Small ones are functions. Nothing here reads a request, a database or the present time: texts, addresses
//! and times are given, the latter made by [`format::when`]. Everything given as text is escaped; only `Markup` is spliced as it is.
//!
//! Everything works without script. A verb is a form with a plain POST ([`verb::Verb::post`]) that carries the session's token as
//! field `csrf`; filters, sort, paging and tabs are links; menus are `details`, the rail of small screens a fragment of the address.
//! Script attaches by `data-` attributes and adds speed: keys, as-you-type search, drafts, toasts, live updates.
//! All components in their states stand on one page, [`gallery::page`].
//!
//! | for | use |
//! |---|---|
//! | a whole page | [`frame::Frame`]; sign-in and first run [`lone::Lone`] with [`lone::Entry`]; errors [`lone::ErrorPage`]; to read [`lone::Reading`]; requesters [`portal::Portal`] |
//! | rail, search | [`rail::Rail`], [`seek::Seek`], which opens [`palette::options`] |
//! | head of a page, section | [`head::Head`], [`head::reference`], [`head::block`] |
//! | verbs, menus | [`verb::Verb`], [`menu::Menu`], [`menu::split`] |
//! | tabs, saved views | [`tabs::tabs`], [`split::Views`] |
//! | priority, status, attributes | [`marks::Priority`], [`marks::Status`], [`marks::pill`] |
//! | clock chip and its ledger | [`clock::Clock`], [`clock::ledger`] |
//! | people, teams, machines | [`people::Who`], [`people::owner`], [`people::faces`] |
//! | list with selection and bulk verbs | [`list::List`], [`list::subject`], [`list::edit`], [`bulk::form`], [`pager::Pager`] |
//! | filters and facets | [`filter::Bar`], [`filter::facets`] |
//! | register page, queue page | [`split::Register`], [`split::Split`] |
//! | ranked list | [`rank::Ranked`] |
//! | conversation, composer | [`journal::journal`], [`journal::paragraphs`], [`composer::Composer`], [`composer::dock`] |
//! | facts beside a record | [`facts::Facts`], [`facts::kv`], [`facts::chain`], [`facts::columns`], [`facts::note`] |
//! | why | [`why::Steps`], [`why::Sum`], [`facts::figure`], [`facts::why`] |
//! | history | [`history::history`] |
//! | forms | [`form::Form`], [`field::Field`], [`control::Kind`], [`form::in_place`], [`form::draft_notice`], [`merge::Merge`] |
//! | import | [`import::steps`], [`import::Mapping`] |
//! | toast, dialog, drawer, keys | [`overlay::Toast`], [`overlay::toast_swap`], [`overlay::Dialog`], [`overlay::Drawer`], [`overlay::keys`] |
//! | empty, failed, loading, stale | [`states`] |
//! | figures, meter, charts | [`figure`], [`chart`] |
//! | requesters' things, offers | [`portal::things`], [`portal::offers`] |
//! | text with a little Markdown | [`prose::prose`] |
//! | files to serve | [`assets::find`], [`assets::url`] |
//! | the reader, whose keys, dates and numbers are used | [`reader`], [`keys`], [`manner`] |
//! | words, numbers, times | [`text`], [`format`](mod@format), [`time::When`] |
//!
//! # What scripts expect of pages
//!
//! | attribute | what it does |
//! |---|---|
//! | `data-key="a"` | the key that presses the element; given by `Verb::key` |
//! | `data-go="t"` | the letter after `g`; given by `rail::Place::go` |
//! | `data-rows`, `data-row`, `data-preview` | j, k, o, x walk, open and tick rows; the preview follows into `#preview` |
//! | `data-bulk` | counts ticked rows in the bulk bar |
//! | `data-draft="URL"` | the form's fields are posted there (form-encoded, `csrf` and header `X-CSRF-Token`) 600 ms after the last key, with `draft_at` (the draft it goes on from) and `sending` (how it will call itself when it is sent); a 2xx answer acknowledges, 409 gives the draft of another window |
//! | `data-left`, `data-stops`, `data-rests`, `data-days` | seconds by which a clock chip counts on and those until it stands still; what it says then; whether it tells days |
//! | `data-zone="Europe/Berlin"` | on the document: the zone in which scripts tell the time of day, as that a draft was saved at |
//! | `a.edit` | [`list::edit`]: its form comes where it stands, with Enter to save and Escape to leave |
//! | `data-copy="URL"` | what the key `.` copies |
//! | `data-copy data-plain="…"` | what the button copies as it stands |
//! | `data-open="ID"` | opens the dialog |
//! | `data-live="URL"` | server-sent events: `patch` (elements with ids), `append` (entries of the conversation), `newer` (a count), `presence`, and more: see `web/scripts/live.js` |
//! | `data-presence="faces INC-7"` | who else has that record open: `faces`, `words` (who looks), `writes` (who writes); filled by the stream |
//!
//! An answer to a swap may be 2xx, 409, 412 or 422: all are put in place. Other refusals show their `h1` as a toast.

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
pub mod go;
pub mod graph;
pub mod head;
pub mod history;
pub mod icon;
pub mod import;
pub mod journal;
pub mod keys;
pub mod list;
pub mod lone;
pub mod manner;
pub mod marks;
pub mod menu;
pub mod merge;
pub mod overlay;
pub mod pager;
pub mod palette;
pub mod people;
pub mod portal;
pub mod prose;
pub mod rail;
pub mod rank;
pub mod reader;
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
