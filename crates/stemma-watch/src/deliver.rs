//! Changes -> whoever wants them: printed in order, posted to a webhook until it takes them.
//!
//! Each is delivered at least once. One that is posted carries its id in `Idempotency-Key`, the same in every try.
//! While a webhook fails, waits grow; one change that it never takes does not hold up the others.

use crate::context::Context;
use crate::fetch::agent;
use crate::politeness::{LONGEST, after, backoff, now, retry_after};
use crate::{WatchError, Webhook};
use std::io;
use std::time::{Duration, SystemTime};
use ureq::Agent;

/// How long a webhook may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The wait after a first failure; it doubles.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait between two tries: a webhook that is back should not wait for hours.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);
/// Changes that are printed in one go.
const AT_A_TIME: usize = 256;

/// Prints what was not printed; gives whether there was something.
pub(crate) fn print(
    context: &Context,
    out: &mut dyn FnMut(&[&str]) -> io::Result<()>,
) -> Result<bool, WatchError> {
    let open = context.state.unprinted(AT_A_TIME)?;
    if open.is_empty() {
        return Ok(false);
    }
    let lines: Vec<&str> = open.iter().map(|change| change.data.as_str()).collect();
    out(&lines).map_err(WatchError::Out)?;
    context.state.printed(&open)?;
    Ok(true)
}

/// One who posts.
#[derive(Debug)]
pub(crate) struct Poster<'a> {
    hook: &'a Webhook,
    agent: Agent,
    /// Failures in a row, whatever the change.
    failures: u32,
}

/// What came of an attempt to post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Went {
    /// One was posted.
    Posted,
    /// There is nothing to post now.
    Nothing,
    /// It failed: nothing should be posted for so long.
    Failed(Duration),
}

impl<'a> Poster<'a> {
    /// One who posts to a webhook, which may be anywhere: the user names it.
    pub(crate) fn new(hook: &'a Webhook, name: &str) -> Self {
        Self { hook, agent: agent(true, PATIENCE, name), failures: 0 }
    }

    /// Posts the first change that waits.
    pub(crate) fn post(&mut self, context: &Context) -> Result<Went, WatchError> {
        let Some(change) = context.state.unposted(now())? else { return Ok(Went::Nothing) };
        let mut request = self
            .agent
            .post(self.hook.url.as_str())
            .header("content-type", "application/json")
            .header("idempotency-key", &change.id);
        if let Some(token) = &self.hook.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let (said, asked) = match request.send(&change.data) {
            Ok(answer) if answer.status().is_success() => {
                context.state.posted(change.n)?;
                context.tally.posted.add(1);
                self.failures = 0;
                return Ok(Went::Posted);
            }
            Ok(answer) => {
                let asked = answer.headers().get("retry-after").and_then(|value| value.to_str().ok());
                let asked = asked.and_then(|words| retry_after(words, SystemTime::now()));
                (format!("it answers {}", answer.status().as_u16()), asked)
            }
            Err(e) => (e.to_string(), None),
        };
        context.tally.failed_posts.add(1);
        let host = self.hook.url.host_str().unwrap_or_default();
        tracing::warn!(host, change = change.id, said, "a change could not be posted");
        let wait = backoff(FIRST_WAIT, change.tries, None, &change.id, now()).min(LONGEST_WAIT);
        let wait = wait.max(asked.unwrap_or_default()).min(LONGEST);
        context.state.post_later(change.n, after(now(), wait))?;
        self.failures += 1;
        Ok(Went::Failed(FIRST_WAIT.saturating_mul(1 << self.failures.min(10)).min(LONGEST_WAIT) / 2))
    }
}
