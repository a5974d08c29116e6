//! The server: sign-in, pages of practices and of the engine, the API from the tables, and what runs beside them.
//!
//! | path | is |
//! |---|---|
//! | `/api/v1…`, `/api/openapi.json` | the API, generated from the registers |
//! | `/signin`, `/signout`, `/start`, `/reset`, `/invitation/…`, `/once/…` | who comes in |
//! | `/me` | what one may change oneself |
//! | `/assets/…` | the front end |
//! | `/files/{id}` | files, in a sandbox |
//! | `/help`, `/ui` | the guide; the components, for people who build |
//! | `/healthz`, `/readyz`, `/metrics` | for whoever runs it |
//! | `/live/…` | what happens on the page behind it, as server-sent events |
//! | everything else | a practice's own page, else the engine's |
//!
//! ```no_run
//! # async fn run(house: std::sync::Arc<kernel::House>, db: db::Database) -> std::io::Result<()> {
//! let app = server::App::new(house, db, server::Settings::default());
//! let background = server::background(&app);
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:7333").await?;
//! server::serve(app, listener, async { tokio::signal::ctrl_c().await.unwrap_or_default() }).await?;
//! background.stop().await;
//! # Ok(()) }
//! ```

mod answer;
mod api;
mod app;
mod assets;
mod background;
mod body;
mod call;
mod collect;
mod cookie;
mod gate;
mod guesses;
mod hashing;
mod health;
mod live;
mod log;
mod meters;
mod openapi;
mod page;
mod policy;
mod query;
mod router;
mod serve;
mod settings;

pub use app::App;
pub use background::{Background, background};
pub use openapi::document as openapi_document;
pub use page::{FirstRun, Found};
pub use router::router;
pub use serve::serve;
pub use settings::Settings;
