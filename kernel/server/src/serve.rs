//! Serving, until told to stop.

use crate::{App, router};
use axum::serve::ListenerExt;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Serves until `shutdown`: then takes no new connection, finishes the requests that run, and returns. Requests that take
/// longer than [`crate::Settings::stop_time`] are cut off; what they had committed stays, what not is undone.
pub async fn serve(app: Arc<App>, listener: TcpListener, shutdown: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let patience = app.settings.stop_time;
    let (told, stopping) = oneshot::channel();
    let listener = listener.tap_io(|stream| {
        // Answers are small and whole; waiting to fill a packet only delays them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no nodelay");
        }
    });
    let hub = Arc::clone(&app);
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        shutdown.await;
        // Streams would never end by themselves.
        hub.hub.stop();
        let _ = told.send(());
    });
    let late = async move {
        match stopping.await {
            Ok(()) => tokio::time::sleep(patience).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        ended = serving => ended,
        () = late => {
            tracing::warn!("requests that were still running were cut off");
            Ok(())
        }
    }
}
