//! A ledger over HTTP: pages for people, JSON for programs, MCP for agents.
//!
//! Requests come in through the [`guard`], are asked of an open ledger on a thread of their own, and leave as
//! a page or as a view in JSON with its tag. Listens on loopback unless a token is asked for. Never: fetches
//! an address, or runs a script that is not its own.

mod app;
mod connections;
mod guard;
mod reply;
mod problem;
mod asked;
mod api;
mod assets;
mod pages;
mod stories;
mod uploads;
mod metrics;
#[cfg(test)]
mod tests;

pub use app::Settings;
pub use problem::said;

use app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use stemma_store::DeskError;
use tokio::net::TcpListener;

/// Bytes of a request that gives no report: forms, claims to check.
const SMALL: usize = 1 << 20;

/// Why a server cannot be.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] DeskError),
    /// An address that others can reach, without a token.
    #[error("{0} can be reached from other machines, and no token is asked for")]
    Open(SocketAddr),
    /// The address.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// The system.
    #[error("the server failed: {0}")]
    System(#[from] io::Error),
}

impl ServeError {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Ledger(e) => e.hint(),
            Self::Open(_) => "set STEMMA_TOKEN to a long random word, or listen on 127.0.0.1".into(),
            Self::Listen(..) => {
                "another program may listen there; `--listen 127.0.0.1:0` takes any free port".into()
            }
            Self::System(_) => "the message above says what the system refused".into(),
        }
    }
}

/// Serves until the process is asked to stop; `ready` gets the address once it answers.
///
/// # Errors
/// See [`ServeError`].
pub fn run(settings: Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(async {
        let (listener, router) = open(settings).await?;
        let at = listener.local_addr()?;
        ready(at);
        tracing::info!(%at, "serving");
        connections::serve(listener, router, asked_to_stop()).await;
        tracing::info!("stopped");
        Ok(())
    });
    runtime.shutdown_background();
    done
}

/// Checks the settings, makes the ledger ready and listens.
async fn open(settings: Settings) -> Result<(TcpListener, Router), ServeError> {
    let at = settings.listen;
    if !at.ip().is_loopback() && settings.token.is_none() {
        return Err(ServeError::Open(at));
    }
    let app = tokio::task::spawn_blocking(move || App::open(settings));
    let app = app.await.map_err(io::Error::other)??;
    let listener = TcpListener::bind(at).await.map_err(|e| ServeError::Listen(at, e))?;
    Ok((listener, router(Arc::new(app))))
}

async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupted => {}, _ = ended.recv() => {} }
            return;
        }
    }
    let _ = interrupted.await;
}

/// All ways in, behind the guard.
fn router(app: Arc<App>) -> Router {
    let uploads = uploads::router().layer(DefaultBodyLimit::max(app.settings.most_bytes));
    let (api, described) = api::router();
    let api = api.merge(api::described(described)).fallback(problem::no_such_path);
    let rest =
        pages::router().merge(assets::router()).merge(metrics::router()).layer(DefaultBodyLimit::max(SMALL));
    Router::new()
        .nest("/api/v1", api.layer(DefaultBodyLimit::max(app.settings.most_bytes)))
        .merge(uploads)
        .merge(rest)
        .fallback(pages::no_such_page)
        .with_state(Arc::clone(&app))
        .nest_service("/mcp", agents(&app))
        .layer(from_fn_with_state(Arc::clone(&app), guard::guard))
        .layer(from_fn(guard::sealed))
        .layer(from_fn_with_state(app, metrics::counted))
}

/// The tools for agents; hosts and origins are the guard's work.
fn agents(app: &Arc<App>) -> StreamableHttpService<crate::mcp::Server, LocalSessionManager> {
    let (desks, read_only) = (Arc::clone(&app.desks), app.jobs.is_none());
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .disable_allowed_hosts()
        .with_max_request_body_bytes(app.settings.most_bytes);
    StreamableHttpService::new(
        move || Ok(crate::mcp::Server::over(Arc::clone(&desks), read_only)),
        Arc::default(),
        config,
    )
}
