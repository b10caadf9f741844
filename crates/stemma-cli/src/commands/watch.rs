//! `stemma watch`: feeds into the ledger, changes to standard output.

use crate::args::WatchArgs;
use crate::error::Failure;
use crate::interrupt;
use crate::output::Output;
use crate::progress::Progress;
use serde::Serialize;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use stemma_show::term::harmless;
use stemma_watch::{Ends, Outcome, Settings, Tally, WatchError, Webhook, feeds};
use url::Url;

/// The last line of a watch, for programs.
#[derive(Serialize)]
struct Watched<'a> {
    watched: &'a Outcome,
}

/// Watches until it is stopped, or for one round.
pub(crate) fn run(ledger: PathBuf, typed: WatchArgs, output: &mut Output) -> Result<(), Failure> {
    std::panic::set_hook(Box::new(|_| {}));
    interrupt::listen();
    let feeds = given(&typed.feeds)?;
    let settings = settings(ledger, typed);
    let bar = Progress::new(None);
    bar.now("opening the ledger".into());
    let json = output.is_json();
    let ends = Ends {
        out: &mut |changes| {
            bar.aside(|| changes.iter().try_for_each(|change| write(output, json, change)))?;
            output.flush()
        },
        stop: &interrupt::asked,
        progress: &mut |now| bar.say(words(now)),
    };
    let watched = stemma_watch::run(&settings, &feeds, &Tally::default(), ends);
    bar.clear();
    let watched = watched.map_err(failure)?;
    if json {
        let line = serde_json::to_string(&Watched { watched: &watched }).expect("an outcome has a JSON form");
        return output.raw(format!("{line}\n").as_bytes());
    }
    output.raw(summary(&watched).as_bytes())
}

fn write(output: &mut Output, json: bool, change: &str) -> io::Result<()> {
    let line = if json { change.to_owned() } else { stemma_watch::line(change) };
    output.line(&line)
}

fn settings(ledger: PathBuf, typed: WatchArgs) -> Settings {
    let contact = typed.contact.map_or_else(String::new, |contact| format!(" (+{contact})"));
    let token = typed.webhook_token;
    Settings {
        ledger,
        every: typed.every,
        join_every: typed.join_every,
        hosts: usize::from(typed.hosts),
        delay: typed.delay,
        patience: typed.timeout,
        most_items: typed.items as usize,
        allow_private: typed.allow_private,
        once: typed.once,
        name: format!("stemma/{}{contact}", env!("CARGO_PKG_VERSION")),
        webhook: typed.webhook.map(|url| Webhook { url, token }),
        metrics: typed.metrics,
        joiner: std::env::current_exe().ok(),
    }
}

/// The feeds that were typed, and those of files.
fn given(typed: &[String]) -> Result<Vec<Url>, Failure> {
    let mut all: Vec<Url> = Vec::new();
    for words in typed {
        let path = Path::new(words);
        let is_file = path.exists() || !words.contains("://") && !words.starts_with("feed:");
        let more = if is_file { file(path)? } else { vec![feeds::one(words).map_err(failure)?] };
        all.extend(more);
    }
    if all.is_empty() && !typed.is_empty() {
        return Err(failure(WatchError::NoFeeds));
    }
    Ok(all)
}

fn file(path: &Path) -> Result<Vec<Url>, Failure> {
    let cannot = |e: io::Error| {
        let what = format!("cannot read \"{}\": {e}", path.display());
        Failure::said(what, "give a file of feeds, or an address that begins with https://")
    };
    let mut bytes = Vec::new();
    let longest = feeds::LONGEST_LIST as u64;
    File::open(path).map_err(cannot)?.take(longest + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > longest {
        return Err(cannot(io::Error::other(format!("it is longer than {} MB", longest >> 20))));
    }
    feeds::list(&path.display().to_string(), &bytes).map_err(failure)
}

fn failure(error: WatchError) -> Failure {
    match error {
        WatchError::Ledger(e) => e.into(),
        WatchError::Out(source) => Failure::Write { to: "standard output".into(), source },
        other => {
            let mut words = other.to_string();
            let mut cause = std::error::Error::source(&other);
            while let Some(inner) = cause {
                words.push_str(&format!(": {inner}"));
                cause = inner.source();
            }
            Failure::said(words, other.hint())
        }
    }
}

fn words(now: &stemma_watch::Progress) -> String {
    if now.joining {
        return format!("{} reports read; joining all reports", now.read);
    }
    format!(
        "{} feeds, {} hosts asked, {} waiting; {} reports read",
        now.feeds, now.busy, now.waiting, now.read
    )
}

/// Feeds in trouble that are listed for people.
const LISTED: usize = 10;

fn summary(watched: &Outcome) -> String {
    let Outcome { feeds, items, read, changes, .. } = watched;
    let mut lines = format!("Watched {feeds} feeds: {items} items, {read} new reports, {changes} changes\n");
    for (n, what) in [
        (watched.failed_polls, "polls failed and are tried again"),
        (watched.given_up, "items were given up, with notes"),
        (watched.held, "reports are kept for the next time: another process is writing the ledger"),
        (watched.unposted, "changes wait to be posted"),
    ] {
        if n > 0 {
            lines.push_str(&format!("{n} {what}\n"));
        }
    }
    for trouble in watched.troubles.iter().take(LISTED) {
        lines.push_str(&format!("  {}: {}\n", harmless(&trouble.feed), harmless(&trouble.said)));
    }
    let more = watched.troubles.len().saturating_sub(LISTED);
    if more > 0 {
        lines.push_str(&format!("  … and {more} more; --json names them\n"));
    }
    lines
}
