//! What must hold whatever the network or a user gives.

use crate::address::{address, bare, host, page};
use crate::feeds::list;
use crate::line;
use crate::politeness::{LONGEST, backoff, retry_after};
use crate::robots::{Robots, path};
use proptest::prelude::*;
use std::time::{Duration, SystemTime};

proptest! {
    #[test]
    fn any_words_can_be_read_as_anything(words in ".{0,400}", other in ".{0,80}") {
        let _ = list("x", words.as_bytes());
        let _ = line(&words);
        let _ = Robots::parse(&words).allows(&other);
        let _ = retry_after(&words, SystemTime::now());
        let base = address("https://x.example/feed/", None).unwrap();
        if let Ok(url) = address(&words, Some(&base)) {
            prop_assert!(!host(&url).is_empty() && !path(&url).is_empty());
        }
    }

    #[test]
    fn any_bytes_can_be_a_list(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = list("x", &bytes);
    }

    #[test]
    fn a_page_is_the_same_whoever_is_followed(path in "[a-z/]{0,20}", query in "[a-z=&]{0,20}", mark in "[a-z]{1,9}") {
        let plain = address(&format!("https://x.example/{path}?q={query}"), None).unwrap();
        let followed = address(&format!("{plain}&utm_source={mark}#{mark}"), None).unwrap();
        prop_assert_eq!(bare(&bare(&followed)), bare(&followed));
        prop_assert_eq!(page(&bare(&followed)), page(&followed));
        prop_assert!(!bare(&followed).as_str().contains("utm_source"));
    }

    #[test]
    fn rules_are_rules(lines in prop::collection::vec("(user-agent|allow|disallow|crawl-delay|): ?[a-z/*$]{0,8}", 0..12), of in "/[a-z/]{0,8}") {
        let robots = Robots::parse(&lines.join("\n"));
        // A rule more for another changes nothing for us.
        let more = format!("user-agent: another\ndisallow: /\n\n{}", lines.join("\n"));
        if lines.first().is_some_and(|line| line.starts_with("user-agent")) {
            prop_assert_eq!(Robots::parse(&more).allows(&of), robots.allows(&of));
        }
    }

    #[test]
    fn no_wait_is_longer_than_a_day(ms in 0_u64..10_000_000_000, failures in any::<u32>(), asked in any::<u64>(), now in any::<i64>()) {
        let wait = backoff(Duration::from_millis(ms), failures, Some(Duration::from_secs(asked)), "x", now);
        prop_assert!(wait <= LONGEST);
    }
}
