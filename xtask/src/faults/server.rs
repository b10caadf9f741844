//! The world over HTTP on loopback: feeds, pages, robots.txt, a webhook; as wrong as the world wants it.

use super::bodies::{Body, feed, packed_blanks, page};
use super::world::{Bad, Fault, Telling, World};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{sleep, spawn};
use std::time::Duration;

/// How long a host takes before it begins to answer.
const THINKING: Duration = Duration::from_millis(5);
/// Connections at a time; more are turned away, which is one more fault.
const MOST: usize = 512;
/// Bytes that a bomb unpacks to, and that a body without an end has.
const BOMB: usize = 64 << 20;

/// What a server has seen.
#[derive(Debug, Default)]
pub struct Log {
    /// Requests, by what was asked for.
    pub requests: BTreeMap<&'static str, u64>,
    /// Requests that went wrong, by how.
    pub faults: BTreeMap<Fault, u64>,
    /// Feeds that were answered since the world froze.
    pub polled: BTreeSet<u64>,
    /// Pages that were given whole.
    pub served: BTreeSet<Telling>,
    /// What was posted to the webhook and taken, by its key, and how often.
    pub posted: BTreeMap<String, u64>,
    /// Hosts that were asked twice at a time.
    pub impolite: u64,
    /// Requests that are under way, by host.
    busy: BTreeMap<u64, u32>,
}

/// A server under way.
#[derive(Debug)]
pub struct Server {
    /// Its port on loopback.
    pub port: u16,
    /// The world that it serves.
    pub world: World,
    /// How long a stalled answer takes.
    pub stall: Duration,
    log: Mutex<Log>,
    open: AtomicUsize,
    closed: AtomicBool,
}

/// What is asked for.
struct Request {
    path: String,
    /// The feed whose host is asked.
    feed: u64,
    tag: Option<String>,
    key: Option<String>,
}

impl Server {
    /// Starts to serve a world.
    pub fn start(world: World, stall: Duration) -> io::Result<Arc<Self>> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let (log, open, closed) = (Mutex::default(), AtomicUsize::new(0), AtomicBool::new(false));
        let server = Arc::new(Self { port, world, stall, log, open, closed });
        let shared = Arc::clone(&server);
        spawn(move || {
            for stream in listener.incoming().flatten() {
                if shared.closed.load(Ordering::Relaxed) {
                    return;
                }
                if shared.open.fetch_add(1, Ordering::Relaxed) >= MOST {
                    shared.open.fetch_sub(1, Ordering::Relaxed);
                    continue;
                }
                let shared = Arc::clone(&shared);
                spawn(move || {
                    // A client that leaves is no trouble of ours.
                    let _ = shared.connection(stream);
                    shared.open.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
        Ok(server)
    }

    /// What it has seen so far.
    pub fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The address of a feed.
    pub fn address(&self, feed: u64) -> String {
        format!("http://f{feed}.localhost:{}/feed", self.port)
    }

    /// Takes no more connections.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }

    fn connection(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        let Some(request) = request(&mut stream)? else { return Ok(()) };
        if request.path == "/hook" {
            return self.hook(&request, &mut stream);
        }
        let fault = self.world.fault();
        // A host is busy while it thinks, not while it answers: whoever has an answer, or does not wait for the end of
        // a slow one, may well ask anew before the thread that gave it is told so.
        self.enter(request.feed);
        sleep(THINKING);
        self.leave(request.feed);
        self.answer(&request, fault, &mut stream)
    }

    fn enter(&self, feed: u64) {
        let mut log = self.log();
        let busy = log.busy.entry(feed).or_default();
        *busy += 1;
        if *busy > 1 {
            log.impolite += 1;
        }
    }

    fn leave(&self, feed: u64) {
        if let Some(busy) = self.log().busy.get_mut(&feed) {
            *busy = busy.saturating_sub(1);
        }
    }

    fn answer(&self, request: &Request, fault: Option<Fault>, stream: &mut TcpStream) -> io::Result<()> {
        let moved = request.path.strip_prefix("/moved");
        let path = moved.unwrap_or(&request.path);
        let (kind, body) = self.body(path, request);
        {
            let mut log = self.log();
            *log.requests.entry(kind).or_default() += 1;
            fault.iter().for_each(|fault| *log.faults.entry(*fault).or_default() += 1);
        }
        if let Some(fault) = fault.filter(|f| *f != Fault::Redirect || moved.is_none()) {
            if fault == Fault::Charset {
                self.note(kind, path, request.feed);
            }
            return self.wrong(fault, path, &body, stream);
        }
        write(stream, body.status, &body.head, &body.bytes)?;
        self.note(kind, path, request.feed);
        Ok(())
    }

    /// Keeps what was given whole.
    fn note(&self, kind: &str, path: &str, feed: u64) {
        let mut log = self.log();
        if kind == "feed" && self.world.is_frozen() {
            log.polled.insert(feed);
        }
        if let (true, Some(item)) = (kind == "page", item(path)) {
            log.served.insert(self.world.telling(feed, item));
        }
    }

    fn body(&self, path: &str, request: &Request) -> (&'static str, Body) {
        match path {
            "/robots.txt" => {
                ("robots", Body::ok("text/plain", b"User-agent: *\nDisallow: /private/\n".to_vec()))
            }
            "/feed" => {
                let body = feed(&self.world, request.feed, self.port);
                let known = request.tag.as_deref() == body.tag.as_deref();
                ("feed", if known { Body::status("304 Not Modified") } else { body })
            }
            path => match item(path).filter(|item| *item < self.world.published(request.feed)) {
                Some(item) => ("page", page(&self.world, self.world.telling(request.feed, item))),
                None => ("other", Body::status("404 Not Found")),
            },
        }
    }

    fn wrong(&self, fault: Fault, path: &str, body: &Body, stream: &mut TcpStream) -> io::Result<()> {
        let half = &body.bytes[..body.bytes.len() / 2];
        let to = |place: &str| format!("Location: {place}\r\n");
        match fault {
            Fault::Status500 => write(stream, "500 Trouble", "", b"trouble"),
            Fault::Status503 => write(stream, "503 Busy", "Retry-After: 1\r\n", b""),
            Fault::Status429 => write(stream, "429 Too Many", "Retry-After: 1\r\n", b""),
            Fault::Hangup => Ok(()),
            Fault::Cut => {
                let head = format!(
                    "HTTP/1.1 {}\r\n{}Content-Length: {}\r\n\r\n",
                    body.status,
                    body.head,
                    body.bytes.len() + 9
                );
                stream.write_all(head.as_bytes())?;
                stream.write_all(half)
            }
            Fault::Stall => {
                sleep(self.stall);
                Ok(())
            }
            Fault::Loop => write(stream, "302 Found", &to(path), b""),
            Fault::Redirect => write(stream, "301 Moved", &to(&format!("/moved{path}")), b""),
            Fault::Astray => write(stream, "302 Found", &to("file:///etc/hostname"), b""),
            Fault::Bomb => write(stream, "200 OK", "Content-Encoding: gzip\r\n", &packed_blanks(BOMB)),
            Fault::Endless => {
                stream.write_all(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>",
                )?;
                (0..BOMB >> 16).try_for_each(|_| stream.write_all(&[b'a'; 1 << 16]))
            }
            Fault::Drip => {
                stream.write_all(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n",
                )?;
                let n = self.stall.as_millis() / 50;
                (0..n).try_for_each(|_| {
                    sleep(Duration::from_millis(50));
                    stream.write_all(b"a")
                })
            }
            Fault::Charset => {
                write(stream, body.status, &body.head_with_charset(body.wrong_charset), &body.bytes)
            }
            // Half a page under its own length cannot be told from a short page.
            Fault::Half if path != "/feed" => write(stream, "502 Trouble", "", half),
            Fault::Half => write(stream, body.status, &body.head, half),
            Fault::Nonsense => {
                write(stream, "200 OK", "Content-Type: text/html\r\n", b"<html><body></body></html>")
            }
        }
    }

    /// Takes what is posted, but for some that it refuses.
    fn hook(&self, request: &Request, stream: &mut TcpStream) -> io::Result<()> {
        if self.world.fault().is_some() || request.key.is_none() {
            return write(stream, "503 Busy", "", b"");
        }
        if let Some(key) = &request.key {
            *self.log().posted.entry(key.clone()).or_default() += 1;
        }
        write(stream, "204 No Content", "", b"")
    }
}

/// The number of an item in a path.
fn item(path: &str) -> Option<u64> {
    let rest = path.strip_prefix("/a/").or_else(|| path.strip_prefix("/private/"))?;
    rest.parse().ok()
}

/// The path under which an item's page lies.
pub fn item_path(world: &World, feed: u64, item: u64) -> String {
    let folder = if world.bad(feed, item) == Bad::Forbidden { "private" } else { "a" };
    format!("/{folder}/{item}")
}

fn write(stream: &mut TcpStream, status: &str, head: &str, body: &[u8]) -> io::Result<()> {
    let n = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{head}Content-Length: {n}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

/// Reads a request, body and all; none if there is none.
fn request(stream: &mut TcpStream) -> io::Result<Option<Request>> {
    let mut input = BufReader::new(stream.take(1 << 20));
    let mut line = String::new();
    input.read_line(&mut line)?;
    let Some(path) = line.split(' ').nth(1) else { return Ok(None) };
    let path = path.split('?').next().unwrap_or("").to_owned();
    let mut request = Request { path, feed: 0, tag: None, key: None };
    let mut length = 0;
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "host" => {
                let name = value.split('.').next().and_then(|host| host.strip_prefix('f'));
                request.feed = name.and_then(|n| n.parse().ok()).unwrap_or(0);
            }
            "if-none-match" => request.tag = Some(value.to_owned()),
            "idempotency-key" => request.key = Some(value.to_owned()),
            "content-length" => length = value.parse().unwrap_or(0),
            _ => {}
        }
    }
    io::copy(&mut input.take(length), &mut io::sink())?;
    Ok(Some(request))
}
