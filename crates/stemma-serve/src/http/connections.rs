//! Connections: so many at a time, none that only waits, and a stop that lets answers under way be given.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Connections at a time; who comes beyond waits in the system's queue.
const MOST: usize = 1024;
/// How long a client may take to say what it asks, and be quiet between two questions.
const QUIET: Duration = Duration::from_secs(20);
/// How long a stop waits for answers under way; streams of progress would stay open as long as someone looks.
const PARTING: Duration = Duration::from_secs(5);
/// How long to wait when the system gives no more connections.
const BREATH: Duration = Duration::from_millis(50);

/// Answers connections until `stop` comes.
pub(crate) async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let turns = Arc::new(Semaphore::new(MOST));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let turn = Arc::clone(&turns).acquire_owned().await;
            (turn, listener.accept().await)
        };
        let (turn, stream) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = stream else {
            tokio::time::sleep(BREATH).await;
            continue;
        };
        // Answers are small and come at once.
        let _ = stream.set_nodelay(true);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(QUIET)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // What a client breaks off is no trouble of the server's.
            let _ = watched.await;
            drop(turn);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(PARTING, graceful.shutdown()).await;
}
