//! `reeve serve` and `reeve demo`.

use crate::args::{Listen, Place};
use crate::open::{Opened, open, remember_address};
use anyhow::{Context, Result};
use db::Database;
use kernel::House;
use kernel::jobs::Workers;
use server::{App, Settings};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Where it listens unless told otherwise.
pub const DEFAULT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 7333);

/// The server's router over an open house: what tests ask in process.
pub fn router(db: &Database, house: &Arc<House>, folder: &Path) -> axum::Router {
    server::router(App::new(Arc::clone(house), db.clone(), Settings { folder: folder.to_owned(), ..Settings::default() }))
}

/// Where to listen: flag and environment, then the file, then the default.
pub fn address(listen: &Listen) -> Result<SocketAddr> {
    Ok(listen.listen.or(crate::open::File::read()?.listen).unwrap_or(DEFAULT))
}

/// The command `serve`.
pub fn serve(place: &Place, listen: &Listen) -> Result<()> {
    let opened = open(place)?;
    run(opened, listen, |base| eprintln!("Reeve serves at {base}"))
}

/// Serves until told to stop; `ready` is called once it listens, with the address people use.
pub fn run(opened: Opened, listen: &Listen, ready: impl FnOnce(&str)) -> Result<()> {
    let address = address(listen)?;
    let base = super::init::base(listen)?;
    let Opened { db, house, folder } = opened;
    let url = listen.url.clone().or(crate::open::File::read()?.url);
    let data = folder.clone();
    let settings = Settings { folder, url, first_run: Some(super::init::found), ..Settings::default() };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads to serve with")?;
    let workers = Workers::start(&db, &house);
    runtime.block_on(async {
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("{address} cannot be listened on; is another Reeve running there?"))?;
        let app = App::new(Arc::clone(&house), db.clone(), settings);
        let background = server::background(&app);
        remember_address(&data, &base);
        ready(&base);
        server::serve(app, listener, stopped()).await.context("the server stopped")?;
        background.stop().await;
        Ok::<_, anyhow::Error>(())
    })?;
    workers.stop();
    drop(runtime);
    db.close();
    Ok(())
}

/// Told to stop: by Ctrl-C, by whoever runs services here, or because the terminal went away. The log says by what, so that
/// nobody wonders why it is gone.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let wait = async |kind: SignalKind| match signal(kind) {
        Ok(mut told) => drop(told.recv().await),
        Err(error) => {
            tracing::warn!(%error, "a signal cannot be heard here, so only others stop the server");
            std::future::pending::<()>().await;
        }
    };
    let by = tokio::select! {
        () = wait(SignalKind::interrupt()) => "SIGINT",
        () = wait(SignalKind::terminate()) => "SIGTERM",
        () = wait(SignalKind::hangup()) => "SIGHUP",
    };
    tracing::warn!(signal = by, "told to stop: running requests are finished first");
}
