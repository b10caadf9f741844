//! A watch under way: threads that fetch, one that posts, and this one, which reads, joins and prints.

use crate::context::{Context, Done};
use crate::deliver::{self, Poster, Went};
use crate::fetch::Fetcher;
use crate::politeness::now;
use crate::reading::Reader;
use crate::schedule::{Job, Schedule, Task};
use crate::state::State;
use crate::tally::Tally;
use crate::{Settings, WatchError, address, changes, metrics, pages, poll};
use serde::Serialize;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};
use url::Url;

/// How often it is looked whether there is something to read, to tell, or to stop for.
const NAP: Duration = Duration::from_millis(100);
/// Tries to post in a row that may fail before a watch of one round ends.
const LAST_TRIES: u32 = 3;

/// What a watch is between: where changes go, who asks it to stop, who is told how it goes.
pub struct Ends<'a> {
    /// Takes changes as JSON, one each, and has written them when it returns.
    pub out: &'a mut dyn FnMut(&[&str]) -> io::Result<()>,
    /// Whether it should stop.
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Is told how far it is, some times a second.
    pub progress: &'a mut dyn FnMut(&Progress),
}

/// How far a watch is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Feeds that are watched.
    pub feeds: usize,
    /// Hosts that are being asked.
    pub busy: usize,
    /// Polls and pages that wait for their time.
    pub waiting: usize,
    /// Reports that were read.
    pub read: u64,
    /// Whether all reports are being joined.
    pub joining: bool,
}

/// What a watch did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Feeds that were watched.
    pub feeds: usize,
    /// Polls that were answered.
    pub polls: u64,
    /// Polls that failed.
    pub failed_polls: u64,
    /// Items that were new or updated.
    pub items: u64,
    /// Reports that the ledger did not have.
    pub read: u64,
    /// Items that were given up, with a note.
    pub given_up: u64,
    /// Reports and notes that are kept for the next time, as another process was writing.
    pub held: u64,
    /// Changes that were noticed.
    pub changes: u64,
    /// Changes that wait to be posted.
    pub unposted: u64,
    /// Feeds whose last poll failed, a hundred at most.
    pub troubles: Vec<FeedTrouble>,
}

/// A feed whose last poll failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeedTrouble {
    /// Its address.
    pub feed: String,
    /// What was wrong.
    pub said: String,
}

/// Feeds in trouble that an outcome names.
const NAMED: usize = 100;

/// What the threads share beside the context.
struct Shared<'a> {
    context: Context<'a>,
    schedule: Schedule,
    /// The first error, which ends the watch.
    failed: Mutex<Option<WatchError>>,
    /// Nothing more is posted.
    ended: AtomicBool,
}

/// Watches feeds until asked to stop, or for one round. Without feeds, those of the last time are watched.
///
/// # Errors
/// See [`WatchError`]; what the network does is none.
pub fn run(settings: &Settings, feeds: &[Url], tally: &Tally, ends: Ends) -> Result<Outcome, WatchError> {
    let state = State::open(&settings.ledger)?;
    if !feeds.is_empty() {
        state.list(feeds)?;
    }
    let fetcher = Fetcher::new(settings.allow_private, settings.patience, &settings.name);
    let context = Context { settings, state: &state, fetcher: &fetcher, tally };
    tally.changes.add(changes::begin(&settings.ledger, &state, settings.webhook.is_some())?);
    let listener = settings.metrics.map(metrics::listen).transpose()?;
    let schedule = Schedule::new(settings.once.then(now));
    let n_feeds = fill(&schedule, &state, settings.once)?;
    if n_feeds == 0 {
        return Err(WatchError::NoFeeds);
    }
    let shared = Shared { context, schedule, failed: Mutex::default(), ended: AtomicBool::new(false) };
    let done = scope(|threads| {
        for _ in 0..settings.hosts.max(1) {
            threads.spawn(|| shared.hold(|| fetch(&shared)));
        }
        if let Some(hook) = &settings.webhook {
            let mut poster = Poster::new(hook, &settings.name);
            let shared = &shared;
            threads.spawn(move || shared.hold(|| post(shared, &mut poster)));
        }
        if let Some(listener) = listener {
            let shared = &shared;
            threads.spawn(move || {
                let ended = || shared.ended.load(Ordering::SeqCst);
                metrics::serve(&listener, &ended, &|| progress(shared, n_feeds, false), &shared.context);
            });
        }
        tracing::info!(feeds = n_feeds, "watching");
        let done = attend(&shared, n_feeds, ends);
        tracing::info!("stopping");
        shared.schedule.halt();
        shared.ended.store(true, Ordering::SeqCst);
        done
    });
    if let Some(first) = shared.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(first);
    }
    done?;
    outcome(n_feeds, tally, &state)
}

/// Puts all that waits on the schedule; gives how many feeds there are.
fn fill(schedule: &Schedule, state: &State, once: bool) -> Result<usize, WatchError> {
    let feeds = state.feeds()?;
    let n = feeds.len();
    schedule.add(feeds.into_iter().filter_map(|feed| {
        // One round polls every feed, but those that failed have their wait.
        let due = if once && feed.failures == 0 { 0 } else { feed.next };
        task(Job::Feed(feed.n), &feed.address, due)
    }));
    let waiting = state.waiting()?;
    schedule.add(waiting.into_iter().filter_map(|w| task(Job::Item(w.n), &w.address, w.next)));
    Ok(n)
}

fn task(job: Job, address: &str, due: i64) -> Option<Task> {
    Some(Task { job, host: address::host(&Url::parse(address).ok()?), due })
}

impl Shared<'_> {
    /// Works; an error ends the watch.
    fn hold(&self, work: impl FnOnce() -> Result<(), WatchError>) {
        if let Err(e) = work() {
            self.failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(e);
            self.schedule.halt();
        }
    }

    fn has_failed(&self) -> bool {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

/// Takes turns until there are no more.
fn fetch(shared: &Shared) -> Result<(), WatchError> {
    let Shared { context, schedule, .. } = shared;
    while let Some(task) = schedule.next(now) {
        // What a page or a feed makes the readers do must not end the watch.
        let turn = catch_unwind(AssertUnwindSafe(|| match task.job {
            Job::Feed(n) => poll::poll(context, n),
            Job::Item(n) => pages::fetch(context, n),
        }));
        match turn {
            Ok(Ok(Done { free, more })) => schedule.done(&task.host, free, more),
            Ok(Err(e)) => {
                schedule.done(&task.host, now(), []);
                return Err(e);
            }
            Err(_) => schedule.done(&task.host, now(), stumbled(context, &task)?),
        }
    }
    Ok(())
}

/// What becomes of a task on which stemma itself failed: a feed is polled again at its time, an item given up.
fn stumbled(context: &Context, task: &Task) -> Result<Option<Task>, WatchError> {
    match task.job {
        Job::Item(n) => {
            context.tally.given_up.add(1);
            context.state.give_up(n, "Left out: stemma itself failed on its page; please report this")?;
            Ok(None)
        }
        Job::Feed(_) => {
            tracing::error!("stemma itself failed on a feed; please report this");
            Ok(Some(Task { due: now() + context.settings.every.as_millis() as i64, ..task.clone() }))
        }
    }
}

/// Reads, joins, tells, until asked to stop or all is done.
fn attend(shared: &Shared, n_feeds: usize, ends: Ends) -> Result<(), WatchError> {
    let Shared { context, schedule, .. } = shared;
    let mut reader = Reader::new();
    loop {
        let asked = (ends.stop)() || shared.has_failed();
        // Asked before the state is looked at: what came before it was over is then seen.
        let over = schedule.is_over();
        let more = reader.read(context, over, ends.stop)?;
        (ends.progress)(&progress(shared, n_feeds, !asked && reader.is_due(context, over && !more)));
        if !asked {
            reader.join(context, over && !more, ends.stop)?;
        }
        let rests = !more && !deliver::print(context, ends.out)?;
        if asked && rests {
            return Ok(());
        }
        if over && rests && reader.is_done() {
            return flush(shared, ends.stop);
        }
        if rests {
            sleep(NAP);
        }
    }
}

fn progress(shared: &Shared, feeds: usize, joining: bool) -> Progress {
    let (busy, waiting) = shared.schedule.counts();
    Progress { feeds, busy, waiting, read: shared.context.tally.read.get(), joining }
}

/// Posts until the watch ends.
fn post(shared: &Shared, poster: &mut Poster) -> Result<(), WatchError> {
    while !shared.ended.load(Ordering::SeqCst) {
        let rest = match poster.post(&shared.context)? {
            Went::Posted => continue,
            Went::Nothing => NAP * 5,
            Went::Failed(wait) => wait,
        };
        let begun = Instant::now();
        while begun.elapsed() < rest && !shared.ended.load(Ordering::SeqCst) {
            sleep(NAP);
        }
        shared.context.state.forget()?;
    }
    Ok(())
}

/// Waits until all is posted, or it seems that it will not be.
fn flush(shared: &Shared, stop: &(dyn Fn() -> bool + Sync)) -> Result<(), WatchError> {
    if shared.context.settings.webhook.is_none() {
        return Ok(());
    }
    let failures = || shared.context.tally.failed_posts.get();
    let before = failures();
    while shared.context.state.n_unposted()? > 0
        && failures() < before + u64::from(LAST_TRIES)
        && !stop()
        && !shared.has_failed()
    {
        sleep(NAP);
    }
    Ok(())
}

fn outcome(feeds: usize, tally: &Tally, state: &State) -> Result<Outcome, WatchError> {
    Ok(Outcome {
        feeds,
        polls: tally.polls.get(),
        failed_polls: tally.failed_polls.get(),
        items: tally.items.get(),
        read: tally.read.get(),
        given_up: tally.given_up.get(),
        held: state.n_held()?,
        changes: tally.changes.get(),
        unposted: state.n_unposted()?,
        troubles: state.troubles(NAMED)?.into_iter().map(|(feed, said)| FeedTrouble { feed, said }).collect(),
    })
}
