//! One feed -> its new items, waiting in the state.
//!
//! Asks with the validators of the last answer; what the feed answers is taken in whole or not at all. A feed
//! that fails is asked again later and later, one that is gone no more.

use crate::address::{address, bare, host, page};
use crate::context::{Context, Done};
use crate::fetch::{Answer, Asked, Trouble};
use crate::politeness::{Millis, after, backoff, now, spread};
use crate::schedule::{Job, Task};
use crate::state::{FeedRow, NewItem, Polled};
use crate::{WatchError, robots};
use std::time::Duration;
use stemma::read::{Feed, FeedItem, Fetched, feed_of};
use url::Url;

/// Bytes of a feed, at most: the largest real ones, with whole texts of hundreds of reports, have some three
/// million.
const MOST_BYTES: u64 = 8 << 20;

/// What we like to get, as other feed readers ask for it.
const ACCEPT: &str = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, \
                      text/xml;q=0.9, application/json;q=0.8, */*;q=0.1";

/// How a poll failed.
struct Failed<'a> {
    said: &'a str,
    /// How long the server asks to wait.
    asked: Option<Duration>,
    /// Whether it says that the feed will not come back.
    gone: bool,
}

impl<'a> From<&'a str> for Failed<'a> {
    fn from(said: &'a str) -> Self {
        Self { said, asked: None, gone: false }
    }
}

/// Polls a feed.
pub(crate) fn poll(context: &Context, n: i64) -> Result<Done, WatchError> {
    let Some(feed) = context.state.feed(n)? else { return Ok(Done::nothing(now())) };
    let Ok(url) = Url::parse(&feed.address) else { return Ok(Done::nothing(now())) };
    let asked = Asked {
        url: &url,
        etag: feed.etag.as_deref(),
        modified: feed.modified.as_deref(),
        accept: ACCEPT,
        most: MOST_BYTES,
    };
    // Feeds are made for programs, and the user names them; only rules for our own name hold here.
    let mut allows = |url: &Url| {
        let rules = context.known_robots(&host(url)).ok().flatten();
        rules.is_none_or(|rules| !rules.by_name || rules.allows(&robots::path(url)))
    };
    match context.fetcher.get(asked, &mut allows) {
        Ok(answer) => answered(context, &feed, &url, answer),
        Err(trouble) => failed(context, &feed, &url, &trouble.to_string().as_str().into()),
    }
}

fn answered(context: &Context, feed: &FeedRow, url: &Url, answer: Answer) -> Result<Done, WatchError> {
    context.tally.bytes.add(answer.body.len() as u64);
    match answer.status {
        200 => {}
        304 => {
            context.tally.polls.add(1);
            context.tally.unchanged.add(1);
            let next = regular(context, feed, &answer);
            context.state.polled(feed.n, &Polled { now: now(), next, ..Polled::default() })?;
            return Ok(again(context, feed, url, next, Vec::new()));
        }
        status => {
            let said = Trouble::Status(status).to_string();
            let how = Failed { said: &said, asked: answer.retry_after, gone: status == 410 };
            return failed(context, feed, url, &how);
        }
    }
    let fetched = Fetched {
        url: answer.url.as_str(),
        media: &answer.media,
        charset: answer.charset.as_deref(),
        bytes: &answer.body,
        seen: context.today(),
    };
    let Some(read) = feed_of(&fetched) else {
        return failed(context, feed, url, &"it is no RSS, Atom or JSON Feed".into());
    };
    taken(context, feed, url, &answer, read)
}

/// Takes in the items of a feed.
fn taken(
    context: &Context,
    feed: &FeedRow,
    url: &Url,
    answer: &Answer,
    read: Feed,
) -> Result<Done, WatchError> {
    // A damaged feed may have lost items at its end: it is asked for as a whole again.
    let is_whole = read.notes.is_empty();
    let items: Vec<NewItem> = read.items.into_iter().map(|item| new(item, &answer.url, feed)).collect();
    let validators = [answer.etag.as_deref(), answer.modified.as_deref()].map(|v| v.filter(|_| is_whole));
    let next = regular(context, feed, answer);
    let polled = Polled { now: now(), next, validators, ..Polled::default() };
    let taken = context.state.take(feed.n, &items, &polled, context.settings.most_items)?;
    context.tally.polls.add(1);
    context.tally.items.add(taken.n as u64);
    tracing::debug!(feed = %url, items = taken.n, "polled");
    let more = taken.waiting.into_iter().filter_map(|waiting| {
        let host = host(&Url::parse(&waiting.address).ok()?);
        Some(Task { job: Job::Item(waiting.n), host, due: 0 })
    });
    Ok(again(context, feed, url, next, more.collect()))
}

/// An item as the state keeps it.
fn new(item: FeedItem, base: &Url, feed: &FeedRow) -> NewItem {
    let url = item.url.as_deref().and_then(|words| address(words, Some(base)).ok());
    let mut own = item.own;
    if let Some(own) = &mut own {
        let named = url.as_ref().map(|url| bare(url).to_string());
        own.file = named.clone().unwrap_or_else(|| format!("{}#{}", feed.address, item.id));
        own.key.clone_from(&own.file);
        own.url = named;
    }
    NewItem {
        id: item.id,
        page: url.as_ref().map(page),
        address: url.map(String::from),
        updated: item.updated,
        published: item.published.map(|moment| moment.to_string()),
        own,
    }
}

fn regular(context: &Context, feed: &FeedRow, answer: &Answer) -> Millis {
    let wait = spread(context.settings.every, &feed.address, now());
    after(now(), wait.max(answer.retry_after.unwrap_or_default()))
}

fn again(context: &Context, feed: &FeedRow, url: &Url, due: Millis, mut more: Vec<Task>) -> Done {
    more.push(Task { job: Job::Feed(feed.n), host: host(url), due });
    Done { free: context.free(&host(url), None), more }
}

fn failed(context: &Context, feed: &FeedRow, url: &Url, how: &Failed) -> Result<Done, WatchError> {
    let Failed { said, asked, gone } = *how;
    context.tally.failed_polls.add(1);
    tracing::warn!(feed = %url, failures = feed.failures + 1, said, "a feed could not be polled");
    let next = after(now(), backoff(context.settings.every, feed.failures, asked, &feed.address, now()));
    let polled = Polled { now: now(), next, said: Some(said), gone, ..Polled::default() };
    context.state.polled(feed.n, &polled)?;
    let mut done = again(context, feed, url, next, Vec::new());
    if gone {
        done.more.clear();
    }
    done.free = context.free(&host(url), asked);
    Ok(done)
}
