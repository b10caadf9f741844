//! One address -> what it gave, within bounds of time, size and hops, from the public internet alone.
//!
//! Redirects are followed here, hop by hop, so that each is looked at; names are resolved here, so that the
//! address that is connected to is the one that was looked at. Packed bodies are unpacked as they stream and
//! cut off at the bound, whatever they would unpack to. No proxy is used: it would resolve names by itself.

use crate::address::{BadAddress, address};
use crate::politeness::retry_after;
use crate::private::is_private;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::fmt;
use std::io::{self, Read};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, SystemTime};
use ureq::config::Config;
use ureq::http::{HeaderMap, Response, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

/// Hops that a redirect may lead over; browsers take 20, honest feeds need two or three.
const MOST_HOPS: usize = 6;
/// Bytes of an answer's head.
const MOST_HEAD: usize = 64 << 10;
/// Bytes of a validator; longer ones are not sent back.
const MOST_VALIDATOR: usize = 1 << 10;
/// How often a page is tried. With waits that double from a quarter of the time between two polls, the last try
/// is some 16 of these times after the first.
pub(crate) const TRIES: u32 = 7;
/// How often one is tried that looks as if it will not come.
const FEW_TRIES: u32 = 3;
/// How long a name may take to resolve, and a connection to stand.
const CONNECT: Duration = Duration::from_secs(10);

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    /// The address.
    pub(crate) url: &'a Url,
    /// What the last answer was marked with.
    pub(crate) etag: Option<&'a str>,
    /// When the last answer had changed, in the server's words.
    pub(crate) modified: Option<&'a str>,
    /// Media types.
    pub(crate) accept: &'a str,
    /// Bytes of the body, packed and unpacked.
    pub(crate) most: u64,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The address that gave it.
    pub(crate) url: Url,
    /// The status.
    pub(crate) status: u16,
    /// The media type, in small letters.
    pub(crate) media: String,
    /// The charset.
    pub(crate) charset: Option<String>,
    /// What it is marked with.
    pub(crate) etag: Option<String>,
    /// When it changed.
    pub(crate) modified: Option<String>,
    /// How long to wait before asking again, if the server says so.
    pub(crate) retry_after: Option<Duration>,
    /// The body of a success, unpacked; else nothing.
    pub(crate) body: Vec<u8>,
}

/// Why nothing usable came back.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// The name leads to no public address.
    #[error("it leads to an address that is not public")]
    Private,
    /// The site's robots.txt forbids it.
    #[error("its robots.txt does not allow it")]
    Forbidden,
    /// A redirect leads nowhere.
    #[error("a redirect leads to \"{0}\": {1}")]
    Lost(String, BadAddress),
    /// Too many hops.
    #[error("more than {MOST_HOPS} redirects")]
    Hops,
    /// Too long.
    #[error("it is longer than {} MB", .0 >> 20)]
    Large(u64),
    /// Packed in a way that was not asked for.
    #[error("it is packed as \"{0}\"")]
    Packed(String),
    /// Another status than success.
    #[error("the server answers {0}")]
    Status(u16),
    /// It is no page that can be read.
    #[error("{0}")]
    NoPage(String),
    /// Too slow.
    #[error("it took too long")]
    Slow,
    /// The name is not known.
    #[error("its name cannot be resolved")]
    Unknown,
    /// The connection, or what came over it.
    #[error("{0}")]
    Broken(String),
}

impl Trouble {
    /// How often it is worth trying at all: a rule stays, a page that is missing comes seldom, the rest passes.
    pub(crate) fn tries(&self) -> u32 {
        match self {
            Self::Forbidden => 1,
            Self::Status(408 | 425 | 429) => TRIES,
            Self::Status(400..500) | Self::Private | Self::Lost(..) | Self::NoPage(_) => FEW_TRIES,
            _ => TRIES,
        }
    }
}

/// One who connects to where names lead, private places only if they are allowed; without redirects, and a
/// status is no error.
pub(crate) fn agent(allow_private: bool, patience: Duration, name: &str) -> Agent {
    let config = Agent::config_builder()
        .proxy(None)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(name)
        .accept_encoding("gzip")
        .max_response_header_size(MOST_HEAD)
        .max_idle_connections_per_host(1)
        .max_idle_connections(16)
        .timeout_global(Some(patience))
        .timeout_resolve(Some(CONNECT.min(patience)))
        .timeout_connect(Some(CONNECT.min(patience)))
        .build();
    let resolver = Public { allow_private, system: DefaultResolver::default() };
    Agent::with_parts(config, DefaultConnector::default(), resolver)
}

/// One who fetches.
#[derive(Debug)]
pub(crate) struct Fetcher {
    agent: Agent,
}

/// Resolves names; addresses that are not public are left out unless they are allowed.
#[derive(Debug)]
struct Public {
    allow_private: bool,
    system: DefaultResolver,
}

#[derive(Debug)]
struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a public address")
    }
}

impl std::error::Error for NotPublic {}

impl Resolver for Public {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = match here(uri) {
            Some(here) => {
                let mut found = self.empty();
                found.push(here);
                found
            }
            None => self.system.resolve(uri, config, timeout)?,
        };
        let mut kept = self.empty();
        for address in found.iter().filter(|a| self.allow_private || !is_private(a.ip())) {
            kept.push(*address);
        }
        if kept.is_empty() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, NotPublic).into());
        }
        Ok(kept)
    }
}

/// The address of a name under `localhost`, which is this machine whatever a resolver says (RFC 6761).
fn here(uri: &Uri) -> Option<SocketAddr> {
    let name = uri.host()?.trim_end_matches('.').to_ascii_lowercase();
    let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
    (name == "localhost" || name.ends_with(".localhost")).then(|| (Ipv4Addr::LOCALHOST, port).into())
}

impl Fetcher {
    /// One who waits so long for a whole answer.
    pub(crate) fn new(allow_private: bool, patience: Duration, name: &str) -> Self {
        Self { agent: agent(allow_private, patience, name) }
    }

    /// Fetches, over redirects to addresses that `allows` lets pass.
    pub(crate) fn get(&self, asked: Asked, allows: &mut dyn FnMut(&Url) -> bool) -> Result<Answer, Trouble> {
        let mut url = asked.url.clone();
        for _ in 0..=MOST_HOPS {
            if !allows(&url) {
                return Err(Trouble::Forbidden);
            }
            let response = self.ask(&url, &asked)?;
            match onward(&response) {
                Some(to) => {
                    url = address(&to, Some(&url)).map_err(|why| Trouble::Lost(shown(&to), why))?;
                }
                None => return answer(url, response, asked.most),
            }
        }
        Err(Trouble::Hops)
    }

    fn ask(&self, url: &Url, asked: &Asked) -> Result<Response<Body>, Trouble> {
        let mut request = self.agent.get(url.as_str()).header("accept", asked.accept);
        // What an answer was marked with holds for the address that gave it alone; others do not know it.
        for (name, value) in [("if-none-match", asked.etag), ("if-modified-since", asked.modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        request.call().map_err(|e| trouble(&e))
    }
}

/// The beginning of an address, for a message.
fn shown(words: &str) -> String {
    words.chars().take(80).collect()
}

/// Where a redirect leads.
fn onward(response: &Response<Body>) -> Option<String> {
    matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308).then_some(())?;
    word(response.headers(), "location")
}

fn word(headers: &HeaderMap, name: &str) -> Option<String> {
    // Addresses are sent in UTF-8 by many who should not.
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

fn answer(url: Url, response: Response<Body>, most: u64) -> Result<Answer, Trouble> {
    let (head, body) = response.into_parts();
    let said = |name: &str| word(&head.headers, name);
    let media = said("content-type").unwrap_or_default();
    let mut parts = media.split(';');
    let kind = parts.next().unwrap_or("").trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    let validator = |name: &str| said(name).filter(|v| !v.is_empty() && v.len() <= MOST_VALIDATOR);
    let status = head.status.as_u16();
    let packed = said("content-encoding").unwrap_or_default().to_ascii_lowercase();
    let body = if status == 200 { unpacked(body, &packed, most)? } else { Vec::new() };
    Ok(Answer {
        url,
        status,
        media: kind,
        charset,
        etag: validator("etag"),
        modified: validator("last-modified"),
        retry_after: said("retry-after").and_then(|words| retry_after(&words, SystemTime::now())),
        body,
    })
}

fn unpacked(body: Body, packed: &str, most: u64) -> Result<Vec<u8>, Trouble> {
    let wire = body.into_reader().take(most + 1);
    match packed {
        "" | "identity" => whole(wire, most),
        "gzip" | "x-gzip" => whole(MultiGzDecoder::new(wire), most),
        "deflate" => whole(ZlibDecoder::new(wire), most),
        other => Err(Trouble::Packed(shown(other))),
    }
}

/// All that a reader gives, unless it is too much.
fn whole(reader: impl Read, most: u64) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let read = reader.take(most + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > most {
        return Err(Trouble::Large(most));
    }
    read.map_err(|e| cause(&e))?;
    Ok(bytes)
}

fn trouble(error: &ureq::Error) -> Trouble {
    match error {
        ureq::Error::Timeout(_) => Trouble::Slow,
        ureq::Error::HostNotFound => Trouble::Unknown,
        ureq::Error::Io(e) => cause(e),
        other => Trouble::Broken(shown(&other.to_string())),
    }
}

/// What lies behind an error of input or output.
fn cause(error: &io::Error) -> Trouble {
    let inner = error.get_ref();
    if inner.is_some_and(|inner| inner.is::<NotPublic>()) {
        return Trouble::Private;
    }
    match inner.and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        Some(inner) => trouble(inner),
        None if error.kind() == io::ErrorKind::TimedOut => Trouble::Slow,
        None if is_unknown_name(error) => Trouble::Unknown,
        None => Trouble::Broken(shown(&error.to_string())),
    }
}

/// The standard library has no kind for names that cannot be resolved, but its words begin alike everywhere.
fn is_unknown_name(error: &io::Error) -> bool {
    error.to_string().starts_with("failed to lookup address")
}

#[cfg(test)]
mod tests;
