//! One item -> its report, held in the state for the ledger.
//!
//! The page is fetched if the site's robots.txt lets it. A page that cannot be fetched, or that has no words, is
//! tried again later; in its place the feed's own text is taken where that is long enough; at last a note is left.

use crate::WatchError;
use crate::address::{bare, host, page, went_home};
use crate::context::{Context, Done};
use crate::fetch::{Answer, Asked, TRIES, Trouble};
use crate::politeness::{after, backoff, now};
use crate::robots;
use crate::schedule::{Job, Task};
use crate::state::ItemRow;
use std::time::Duration;
use stemma::clean::clean;
use stemma::model::{Moment, Note, NoteKind, RawReport};
use stemma::read::{Fetched, page_of};
use url::Url;

/// Bytes of a page, at most: the heaviest news pages have some three million.
const MOST_BYTES: u64 = 8 << 20;
/// Letters from which on a feed's own text can stand for its page: summaries have some 100 to 400.
const ENOUGH: usize = 600;
/// Letters under which a page has no report, as one that only asks for consent has.
const THIN: usize = 200;
/// How often a page is tried, at most, before the feed's own text is taken.
const TRIES_BEFORE_OWN: u32 = 2;

const ACCEPT: &str = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1";

/// What was wrong, and how long the server asks to wait.
type Wrong = (Trouble, Option<Duration>);

/// Fetches an item's page.
pub(crate) fn fetch(context: &Context, n: i64) -> Result<Done, WatchError> {
    let Some(item) = context.state.item(n)? else { return Ok(Done::nothing(now())) };
    let Ok(url) = Url::parse(&item.address) else {
        context.state.give_up(n, "Its address cannot be read")?;
        return Ok(Done::nothing(now()));
    };
    let at = host(&url);
    if context.known_robots(&at)?.is_none() {
        // That is this turn; the page comes with the next.
        context.fetch_robots(&url)?;
        let more = vec![Task { job: Job::Item(n), host: at.clone(), due: 0 }];
        return Ok(Done { free: context.free(&at, None), more });
    }
    match fetched(context, &url)? {
        Ok(answer) => {
            context.tally.bytes.add(answer.body.len() as u64);
            taken(context, &item, &url, &answer)
        }
        Err(wrong) => failed(context, &item, &url, wrong),
    }
}

fn fetched(context: &Context, url: &Url) -> Result<Result<Answer, Wrong>, WatchError> {
    let asked = Asked { url, etag: None, modified: None, accept: ACCEPT, most: MOST_BYTES };
    let mut lost = None;
    let mut allows = |hop: &Url| match rules(context, hop) {
        Ok(rules) => rules.allows(&robots::path(hop)),
        Err(e) => {
            lost = Some(e);
            false
        }
    };
    let got = context.fetcher.get(asked, &mut allows);
    if let Some(lost) = lost {
        return Err(lost);
    }
    Ok(match got {
        Ok(answer) if answer.status == 200 => Ok(answer),
        Ok(answer) => Err((Trouble::Status(answer.status), answer.retry_after)),
        // What a robots.txt that cannot be had forbids may be allowed later.
        Err(Trouble::Forbidden) if context.state.robots(&host(url), now())? == Some(None) => {
            Err((Trouble::Broken("its robots.txt cannot be had".into()), None))
        }
        Err(trouble) => Err((trouble, None)),
    })
}

fn rules(context: &Context, url: &Url) -> Result<robots::Robots, WatchError> {
    match context.known_robots(&host(url))? {
        Some(rules) => Ok(rules),
        None => context.fetch_robots(url),
    }
}

/// Holds the report of a page.
fn taken(context: &Context, item: &ItemRow, url: &Url, answer: &Answer) -> Result<Done, WatchError> {
    if went_home(url, &answer.url) {
        let what = "it leads to the site's front page".to_owned();
        return failed(context, item, url, (Trouble::NoPage(what), None));
    }
    let named = bare(&answer.url);
    let fetched = Fetched {
        url: named.as_str(),
        media: &answer.media,
        charset: answer.charset.as_deref(),
        bytes: &answer.body,
        seen: context.today(),
    };
    let mut found = page_of(&fetched);
    let Some(mut raw) = found.reports.pop() else {
        let said = found.notes.pop().map_or_else(|| "it has no words".to_owned(), |note| note.detail);
        return failed(context, item, url, (Trouble::NoPage(said), None));
    };
    raw.published = item.published.as_deref().and_then(Moment::parse);
    let n_letters = letters(&raw);
    if n_letters == 0 || n_letters < THIN && item.own.as_ref().is_some_and(|own| letters(own) >= ENOUGH) {
        return failed(context, item, url, (Trouble::NoPage("it has hardly any words".into()), None));
    }
    context.tally.pages.add(1);
    context.state.hold(item.n, &raw, Some(&page(&answer.url)))?;
    Ok(Done::nothing(context.free(&host(url), None)))
}

/// How many letters a report has, without its furniture.
fn letters(raw: &RawReport) -> usize {
    clean(raw.clone()).body.chars().filter(|c| c.is_alphanumeric()).count()
}

fn failed(context: &Context, item: &ItemRow, url: &Url, (trouble, asked): Wrong) -> Result<Done, WatchError> {
    context.tally.failed_pages.add(1);
    let said = trouble.to_string();
    tracing::info!(page = %url, tries = item.tries + 1, said, "a page could not be fetched");
    let at = host(url);
    let mut done = Done::nothing(context.free(&at, asked));
    let tries = item.tries + 1;
    // Few tries are enough only where the one before failed in the same way.
    let again = trouble.tries() == 1 || item.said.as_ref() == Some(&said);
    let most = if again { trouble.tries() } else { TRIES };
    let own = item.own.as_ref().filter(|own| letters(own) >= ENOUGH);
    match own {
        Some(own) if tries >= most.min(TRIES_BEFORE_OWN) => {
            let mut own = own.clone();
            let detail = format!("Its page could not be fetched ({said}): this is the feed's own text");
            own.notes.push(Note::new(NoteKind::Unreachable, detail));
            context.tally.own_texts.add(1);
            context.state.hold(item.n, &own, None)?;
        }
        _ if tries >= most => {
            context.tally.given_up.add(1);
            tracing::warn!(page = %url, said, "an item was given up");
            context.state.give_up(item.n, &format!("Its page could not be fetched: {said}"))?;
        }
        _ => {
            let base = context.settings.every / 4;
            let due = after(now(), backoff(base, item.tries, asked, url.as_str(), now()));
            context.state.put_off(item.n, &said, due)?;
            done.more.push(Task { job: Job::Item(item.n), host: at, due });
        }
    }
    Ok(done)
}
