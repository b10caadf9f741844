//! What all threads of a watch share: settings, state, the one who fetches; what a host's rules are.

use crate::address::host;
use crate::fetch::{Asked, Fetcher, Trouble};
use crate::politeness::{Millis, after, now};
use crate::robots::{self, Robots};
use crate::state::State;
use crate::tally::Tally;
use crate::{Settings, WatchError};
use jiff::Timestamp;
use std::time::Duration;
use stemma::model::Moment;
use url::Url;

/// How long a robots.txt holds (RFC 9309 asks for a day at most).
const ROBOTS_HOLD: Duration = Duration::from_secs(24 * 3_600);
/// How long everything is forbidden on a host whose robots.txt cannot be had.
const ROBOTS_RETRY: Duration = Duration::from_secs(600);
/// The longest delay between two requests that a site can ask for.
const MOST_DELAY: Duration = Duration::from_secs(60);

/// What all share.
pub(crate) struct Context<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) state: &'a State,
    pub(crate) fetcher: &'a Fetcher,
    pub(crate) tally: &'a Tally,
}

/// What a job came to.
#[derive(Debug)]
pub(crate) struct Done {
    /// When its host may be asked again.
    pub(crate) free: Millis,
    /// What is to be done next.
    pub(crate) more: Vec<crate::schedule::Task>,
}

impl Done {
    /// Nothing was asked, nothing is to be done.
    pub(crate) fn nothing(free: Millis) -> Self {
        Self { free, more: Vec::new() }
    }
}

impl Context<'_> {
    /// The day and time at which something is seen now.
    pub(crate) fn today(&self) -> Option<Moment> {
        Moment::parse(&Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
    }

    /// When a host may be asked again, after it was asked; `asked` is what it says itself.
    pub(crate) fn free(&self, host: &str, asked: Option<Duration>) -> Millis {
        let rules = self.known_robots(host).ok().flatten();
        let own = rules.and_then(|rules| rules.delay).map(|s| Duration::from_secs_f64(s.min(60.0)));
        let delay = self.settings.delay.max(own.unwrap_or_default().min(MOST_DELAY));
        after(now(), delay.max(asked.unwrap_or_default()))
    }

    /// A host's rules, as far as they are known and still hold.
    pub(crate) fn known_robots(&self, host: &str) -> Result<Option<Robots>, WatchError> {
        let known = self.state.robots(host, now())?;
        Ok(known.map(|text| text.map_or_else(Robots::none_allowed, |text| Robots::parse(&text))))
    }

    /// Fetches a host's rules. Where there are none, all is allowed; where they cannot be had, nothing is for
    /// some minutes.
    pub(crate) fn fetch_robots(&self, url: &Url) -> Result<Robots, WatchError> {
        let Ok(file) = url.join("/robots.txt") else { return Ok(Robots::none_allowed()) };
        let asked = Asked {
            url: &file,
            etag: None,
            modified: None,
            accept: "text/plain, */*;q=0.1",
            most: robots::MOST_BYTES,
        };
        let (text, hold) = match self.fetcher.get(asked, &mut |_| true) {
            Ok(answer) if answer.status == 200 => {
                (Some(String::from_utf8_lossy(&answer.body).into_owned()), ROBOTS_HOLD)
            }
            Ok(answer) if (400..500).contains(&answer.status) && answer.status != 429 => {
                (Some(String::new()), ROBOTS_HOLD)
            }
            // An address that may not be asked is found out with the page itself.
            Err(Trouble::Private) => (Some(String::new()), ROBOTS_RETRY),
            Ok(answer) => (None, answer.retry_after.unwrap_or_default().max(self.robots_retry())),
            Err(_) => (None, self.robots_retry()),
        };
        self.state.keep_robots(&host(url), text.as_deref(), after(now(), hold))?;
        Ok(text.map_or_else(Robots::none_allowed, |text| Robots::parse(&text)))
    }

    /// Until a robots.txt is asked for again; less where feeds are polled more often.
    fn robots_retry(&self) -> Duration {
        ROBOTS_RETRY.min(self.settings.every)
    }
}
