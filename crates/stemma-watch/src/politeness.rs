//! When to ask again: after a success, after a failure, and when the server says when.
//!
//! Times are milliseconds since 1970. What looks random is a digest of who asks and when, so that many who
//! failed together do not come back together.

use std::time::{Duration, SystemTime};

/// Milliseconds since 1970.
pub(crate) type Millis = i64;

/// The longest wait, whatever failed and whoever asks for it.
pub(crate) const LONGEST: Duration = Duration::from_secs(24 * 3_600);
/// By how much a regular wait is spread, either way.
const SPREAD: f64 = 0.1;
/// By how much a wait after a failure is spread, either way.
const WIDE: f64 = 0.25;

/// Now.
pub(crate) fn now() -> Millis {
    SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_millis() as Millis)
}

/// So much later.
pub(crate) fn after(from: Millis, wait: Duration) -> Millis {
    from.saturating_add(wait.as_millis().min(i64::MAX as u128) as Millis)
}

/// A regular wait, spread a little.
pub(crate) fn spread(every: Duration, seed: &str, now: Millis) -> Duration {
    every.mul_f64(1.0 + SPREAD * noise(seed, now))
}

/// The wait after so many failures in a row: doubled with each, up to a day; longer if the server asks for it.
pub(crate) fn backoff(
    base: Duration,
    failures: u32,
    asked: Option<Duration>,
    seed: &str,
    now: Millis,
) -> Duration {
    let doubled = base.saturating_mul(1 << failures.min(16)).min(LONGEST);
    doubled.mul_f64(1.0 + WIDE * noise(seed, now)).max(asked.unwrap_or_default()).min(LONGEST)
}

/// How long a server asks to wait: seconds, or an HTTP date (RFC 9110); a day at most.
pub(crate) fn retry_after(words: &str, now: SystemTime) -> Option<Duration> {
    let words = words.trim();
    let wait = match words.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => httpdate::parse_http_date(words).ok()?.duration_since(now).unwrap_or_default(),
    };
    Some(wait.min(LONGEST))
}

/// A number from -1 to 1.
fn noise(seed: &str, now: Millis) -> f64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(seed.as_bytes()).update(&now.to_le_bytes());
    let digest = hasher.finalize();
    let first: [u8; 8] = std::array::from_fn(|i| digest.as_bytes()[i]);
    (u64::from_le_bytes(first) >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn failures_are_met_with_longer_and_longer_waits() {
        let wait = |failures, asked| backoff(MINUTE, failures, asked, "x", 7);
        assert!(wait(0, None) >= MINUTE.mul_f64(0.75) && wait(0, None) <= MINUTE.mul_f64(1.25));
        assert!(wait(5, None) > wait(3, None));
        assert_eq!(wait(60, Some(LONGEST * 9)), LONGEST);
        assert_eq!(wait(1, Some(MINUTE * 30)), MINUTE * 30);
    }

    #[test]
    fn many_do_not_come_back_together() {
        let waits: std::collections::BTreeSet<Duration> =
            (0..100).map(|i| spread(MINUTE, &i.to_string(), 7)).collect();
        assert!(waits.len() > 95);
        assert!(waits.iter().all(|w| (54..=66).contains(&w.as_secs())));
    }

    #[test]
    fn servers_say_when_in_seconds_or_as_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let check = |words, expected: Option<u64>| {
            assert_eq!(retry_after(words, now), expected.map(Duration::from_secs), "{words}");
        };
        check("120", Some(120));
        check("Sun, 06 Nov 1994 08:50:37 GMT", Some(60));
        check("Tue, 06 Nov 1984 08:50:37 GMT", Some(0));
        check("99999999999", Some(24 * 3_600));
        check("soon", None);
        check("-3", None);
    }
}
