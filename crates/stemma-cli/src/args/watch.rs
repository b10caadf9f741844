//! What `watch` takes.

use jiff::SignedDuration;
use std::net::SocketAddr;
use std::time::Duration;
use url::Url;

/// Its examples.
pub(crate) const HELP: &str = "\
Examples:
  stemma watch feeds.opml                                 as a feed reader exports it
  stemma watch https://example.org/feed.xml --every 5m
  stemma watch feeds.txt --json >> changes.jsonl          one address a line; one change a line
  stemma watch                                            the feeds of the last time
  stemma watch feeds.opml --once                          one round, as for cron
  STEMMA_WEBHOOK_TOKEN=… stemma watch feeds.opml --webhook https://example.org/hook

Tells of events that no report told before, and of entries that are newly corroborated, disputed or corrupted. What the
ledger holds when it is first watched counts as told. A change is posted until the webhook takes it; its id is sent as
Idempotency-Key.

Polite: one request at a time to a host, ETag and Last-Modified, robots.txt for pages, Retry-After, longer and longer
waits after failures. Addresses that are not public are not fetched, wherever a name or a redirect leads.

What was seen lies beside the ledger (stemma.db-watch). Ctrl-C stops it; whatever stops it, it goes on where it was:
nothing is lost and no page is read twice. docs/watch.md tells of all.";

/// What `watch` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct WatchArgs {
    /// Addresses of feeds (RSS, Atom, JSON Feed), or files of them: OPML, or one address a line. None for those of the
    /// last time.
    #[arg(value_name = "FEED|FILE")]
    pub(crate) feeds: Vec<String>,
    /// The time between two polls of a feed.
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = time)]
    pub(crate) every: Duration,
    /// The least time between two joinings of all reports; if not given a minute, and longer as the ledger grows.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) join_every: Option<Duration>,
    /// How many hosts are asked at a time.
    #[arg(long, value_name = "N", default_value = "16", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) hosts: u16,
    /// The least time between two requests to one host.
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = time)]
    pub(crate) delay: Duration,
    /// How long an answer may take, all of it.
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time)]
    pub(crate) timeout: Duration,
    /// Items that are taken up from one answer of a feed, at most; the rest comes with the next.
    #[arg(long, value_name = "N", default_value = "500", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) items: u32,
    /// Fetch from private, loopback and link-local addresses too.
    #[arg(long)]
    pub(crate) allow_private: bool,
    /// End after one round.
    #[arg(long)]
    pub(crate) once: bool,
    /// Post each change there, as JSON.
    #[arg(long, value_name = "URL", value_parser = hook)]
    pub(crate) webhook: Option<Url>,
    /// A word that the webhook gets as a bearer token.
    #[arg(env = "STEMMA_WEBHOOK_TOKEN", hide_env_values = true, hide = true, long)]
    pub(crate) webhook_token: Option<String>,
    /// Answer monitors there with Prometheus text, at /metrics: address and port.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) metrics: Option<SocketAddr>,
    /// An address or page that sites can write to; it is sent with each request.
    #[arg(long, value_name = "WORDS", value_parser = contact)]
    pub(crate) contact: Option<String>,
}

/// A length of time: `90s`, `15m`, `1h 30m`.
fn time(typed: &str) -> Result<Duration, String> {
    let wrong = || "a time is like 500ms, 90s, 15m or 1h30m".to_owned();
    let time: SignedDuration = typed.parse().map_err(|_| wrong())?;
    let time = Duration::try_from(time).map_err(|_| wrong())?;
    if time > Duration::from_secs(7 * 24 * 3_600) {
        Err("a week is the longest time".into())
    } else {
        Ok(time)
    }
}

fn hook(typed: &str) -> Result<Url, String> {
    let url = Url::parse(typed).map_err(|e| e.to_string())?;
    let fits = matches!(url.scheme(), "http" | "https") && url.has_host();
    if fits { Ok(url) } else { Err("a webhook is an address of http or https".into()) }
}

fn contact(typed: &str) -> Result<String, String> {
    let fits = !typed.is_empty() && typed.bytes().all(|b| b == b' ' || b.is_ascii_graphic());
    if fits { Ok(typed.to_owned()) } else { Err("a contact is written in plain letters and signs".into()) }
}
