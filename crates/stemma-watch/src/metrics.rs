//! How a watch goes, for monitors: Prometheus text over HTTP, whatever is asked.
//!
//! One short answer at a time; nobody's name or address is in it, and nothing can be changed.

use crate::WatchError;
use crate::context::Context;
use crate::run::Progress;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::sleep;
use std::time::Duration;
use stemma_show::metrics::{Kind, MEDIA, Metric, text};

/// How long one who asks may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it is looked whether somebody asks.
const NAP: Duration = Duration::from_millis(50);
/// Bytes of a request.
const MOST: u64 = 8 << 10;

/// Takes the address.
pub(crate) fn listen(address: SocketAddr) -> Result<TcpListener, WatchError> {
    let listener = TcpListener::bind(address);
    let ready = listener.and_then(|listener| listener.set_nonblocking(true).map(|()| listener));
    let ready = ready.map_err(|source| WatchError::Listen { address, source })?;
    if let Ok(at) = ready.local_addr() {
        tracing::info!(%at, "monitors are answered");
    }
    Ok(ready)
}

/// Answers until the watch ends.
pub(crate) fn serve(
    listener: &TcpListener,
    ended: &dyn Fn() -> bool,
    progress: &dyn Fn() -> Progress,
    context: &Context,
) {
    while !ended() {
        match listener.accept() {
            Ok((stream, _)) => {
                // Who breaks off is no trouble of ours.
                let _ = answer(stream, || text(&metrics(&progress(), context)));
            }
            Err(_) => sleep(NAP),
        }
    }
}

fn answer(mut stream: TcpStream, text: impl FnOnce() -> String) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut first = String::new();
    let mut input = BufReader::new((&stream).take(MOST));
    input.read_line(&mut first)?;
    let mut line = String::new();
    while input.read_line(&mut line)? > 2 {
        line.clear();
    }
    let is_asked = first.starts_with("GET /metrics ") || first.starts_with("GET /metrics?");
    let (status, body) = if is_asked { ("200 OK", text()) } else { ("404 Not Found", String::new()) };
    let n = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {MEDIA}\r\nContent-Length: {n}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}

fn metrics(progress: &Progress, context: &Context) -> Vec<Metric> {
    let gauge =
        |name: &str, help: &str, n: f64| Metric::one(format!("stemma_watch_{name}"), help, Kind::Gauge, n);
    let mut all = vec![
        gauge("feeds", "Feeds that are watched", progress.feeds as f64),
        gauge("hosts_asked", "Hosts that are being asked", progress.busy as f64),
        gauge("waiting", "Polls and pages that wait for their time", progress.waiting as f64),
    ];
    let held =
        context.state.n_held().map(|n| gauge("held", "Reports and notes that wait for the ledger", n as f64));
    let unposted =
        context.state.n_unposted().map(|n| gauge("unposted", "Changes that wait to be posted", n as f64));
    all.extend(held.into_iter().chain(unposted));
    for (name, help, n) in context.tally.all() {
        // Monitors want seconds.
        let (name, n) = match name.strip_suffix("_ms") {
            Some(name) => (format!("{name}_seconds"), n as f64 / 1e3),
            None => (name.to_owned(), n as f64),
        };
        all.push(Metric::one(format!("stemma_watch_{name}_total"), help, Kind::Counter, n));
    }
    all
}
