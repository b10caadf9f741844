//! Feeds that were never there: what each publishes when, and which requests go wrong. A function of a seed.
//!
//! Feeds stand in groups of four. The items of a group with one number tell one happening, each in its own words,
//! some as copies, some with another figure, so that there is something to corroborate and to dispute. In the title
//! and the text of each version of an item stands a word that stands nowhere else.

use super::words::{name, words};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Items that each feed has from the start.
const FIRST: u64 = 2;
/// Items that a feed lists, the newest first.
const LISTED: u64 = 30;
/// Out of so many requests, `faults` go wrong.
const OF: u64 = 1_000;

/// What is wrong with an item for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bad {
    /// Nothing.
    No,
    /// Its page is not there.
    Missing,
    /// Its page unpacks to more than anybody takes.
    Bomb,
    /// Its page is no text.
    Binary,
    /// The site's robots.txt does not allow it.
    Forbidden,
}

/// How a request goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Status 500.
    Status500,
    /// Status 503, to be asked again in a second.
    Status503,
    /// Status 429, likewise.
    Status429,
    /// The connection ends without an answer.
    Hangup,
    /// The body ends before its length.
    Cut,
    /// No answer for longer than anybody waits.
    Stall,
    /// A redirect to itself.
    Loop,
    /// A redirect to where it is.
    Redirect,
    /// A redirect to a place that nothing should be fetched from.
    Astray,
    /// A small body that unpacks to a large one.
    Bomb,
    /// A body without an end.
    Endless,
    /// A body that comes byte by byte.
    Drip,
    /// The whole body under a wrong charset.
    Charset,
    /// The first half of the body as if it were all.
    Half,
    /// Something else in its place.
    Nonsense,
}

const FAULTS: [Fault; 15] = [
    Fault::Status500,
    Fault::Status503,
    Fault::Status429,
    Fault::Hangup,
    Fault::Cut,
    Fault::Stall,
    Fault::Loop,
    Fault::Redirect,
    Fault::Astray,
    Fault::Bomb,
    Fault::Endless,
    Fault::Drip,
    Fault::Charset,
    Fault::Half,
    Fault::Nonsense,
];

/// An item in one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Telling {
    /// The feed.
    pub feed: u64,
    /// The number of the item in it.
    pub item: u64,
    /// The version, from 1.
    pub version: u64,
}

/// The world of feeds.
#[derive(Debug)]
pub struct World {
    /// What makes it this one.
    pub seed: u64,
    /// How many feeds.
    pub feeds: u64,
    /// The time between two items of a feed.
    pub pace: Duration,
    /// How many requests in a thousand go wrong.
    pub faults: u64,
    begun: Instant,
    /// When it stopped to change, since it began.
    frozen: Mutex<Option<Duration>>,
    requests: AtomicU64,
}

impl World {
    /// A world that begins now.
    pub fn new(seed: u64, feeds: u64, pace: Duration, faults: u64) -> Self {
        let (begun, frozen, requests) = (Instant::now(), Mutex::new(None), AtomicU64::new(0));
        Self { seed, feeds, pace, faults, begun, frozen, requests }
    }

    /// Nothing new is published from now on, and nothing goes wrong.
    pub fn freeze(&self) {
        if let Ok(mut frozen) = self.frozen.lock() {
            frozen.get_or_insert(self.begun.elapsed());
        }
    }

    /// Whether it has stopped to change.
    pub fn is_frozen(&self) -> bool {
        self.frozen.lock().is_ok_and(|frozen| frozen.is_some())
    }

    fn age(&self) -> Duration {
        self.frozen.lock().ok().and_then(|frozen| *frozen).unwrap_or_else(|| self.begun.elapsed())
    }

    /// A number that looks random and is the same for the same question (SplitMix64; Steele et al., 2014).
    pub fn number(&self, of: &[u64]) -> u64 {
        of.iter().fold(self.seed, |z, word| mixed(z ^ mixed(*word)))
    }

    /// How the next request goes wrong, if it does.
    pub fn fault(&self) -> Option<Fault> {
        let n = self.number(&[9, self.requests.fetch_add(1, Ordering::Relaxed)]);
        let wrong = !self.is_frozen() && n % OF < self.faults;
        wrong.then(|| FAULTS[(n / OF) as usize % FAULTS.len()])
    }

    /// How many items a feed has published.
    pub fn published(&self, feed: u64) -> u64 {
        let shift = self.number(&[1, feed]) % 1_000;
        let pace = self.pace.as_millis().max(1) as u64;
        FIRST + (self.age().as_millis() as u64 + pace * shift / 1_000) / pace
    }

    /// The items that a feed lists now, the newest first.
    pub fn listed(&self, feed: u64) -> Vec<Telling> {
        let n = self.published(feed);
        (n.saturating_sub(LISTED)..n).rev().map(|item| self.telling(feed, item)).collect()
    }

    /// An item as it is now: some of feeds that say so are updated when three later ones are out.
    pub fn telling(&self, feed: u64, item: u64) -> Telling {
        let updated = self.tells_updates(feed)
            && self.number(&[2, feed, item]).is_multiple_of(5)
            && self.published(feed) >= item + 4;
        Telling { feed, item, version: 1 + u64::from(updated) }
    }

    /// Whether a feed says when items were updated: RSS cannot.
    pub fn tells_updates(&self, feed: u64) -> bool {
        !feed.is_multiple_of(3)
    }

    /// What is wrong with an item for good.
    pub fn bad(&self, feed: u64, item: u64) -> Bad {
        match self.number(&[3, feed, item]) % 100 {
            0 => Bad::Missing,
            1 => Bad::Bomb,
            2 => Bad::Binary,
            3 => Bad::Forbidden,
            _ => Bad::No,
        }
    }

    /// Whether a feed has the whole text of an item.
    pub fn has_text(&self, feed: u64, item: u64) -> bool {
        self.number(&[4, feed, item]).is_multiple_of(3)
    }
}

fn mixed(z: u64) -> u64 {
    let z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Telling {
    /// The word that stands in this version of this item and nowhere else.
    pub fn word(&self) -> String {
        format!("zq{}x{}v{}", self.feed, self.item, self.version)
    }

    /// Finds the telling whose word stands in a text.
    pub fn in_text(text: &str) -> Option<Self> {
        text.match_indices("zq").find_map(|(at, _)| {
            let rest = &text[at + 2..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let (feed, rest) = rest[..end].split_once('x')?;
            let (item, version) = rest.split_once('v')?;
            Some(Self { feed: feed.parse().ok()?, item: item.parse().ok()?, version: version.parse().ok()? })
        })
    }

    /// Its headline. A letter beyond ASCII shows whether it was decoded.
    pub fn title(&self, world: &World) -> String {
        let (town, _) = self.place(world);
        let what = words(world, &[7, self.feed / 4, self.item]);
        format!("Überraschung at {town}: {what} ({})", self.word())
    }

    /// Its paragraphs.
    pub fn text(&self, world: &World) -> Vec<String> {
        let (town, n) = self.place(world);
        // One of a group reprints what the first has, word for word but for the mark.
        let voice = if self.feed % 4 == 3 { 0 } else { self.feed % 4 };
        let odd = voice != 0 && world.number(&[5, self.feed, self.item]).is_multiple_of(4);
        let figure = if odd { n + 3 } else { n };
        let happening = [self.feed / 4, self.item];
        let what = words(world, &[7, happening[0], happening[1]]);
        let lead = match voice {
            0 => format!("{figure} people were killed on Friday when {what} at {town}, officials said."),
            1 => format!("At least {figure} people died on Friday after {what} at {town}, rescuers said."),
            _ => format!("Rescuers at {town} said on Friday that {figure} people were killed when {what}."),
        };
        let told = words(world, &[8, happening[0], happening[1]]);
        let quote = format!("Mayor {} said that {told}.", name(world, happening));
        let own = |k: u64| words(world, &[10 + k, happening[0] * 4 + voice, self.item]);
        let mut paragraphs = vec![lead, quote];
        for k in 0..4 {
            paragraphs.push(format!(
                "In {town} {}, and {}. Later {}.",
                own(3 * k),
                own(3 * k + 1),
                own(3 * k + 2)
            ));
        }
        if self.version > 1 {
            paragraphs.push(format!("On Saturday {}.", words(world, &[40, self.feed, self.item])));
        }
        paragraphs.push(format!("The café by the river was left standing. Filed as {}.", self.word()));
        paragraphs
    }

    /// The town of its happening, and a figure.
    fn place(&self, world: &World) -> (String, u64) {
        const HEADS: [&str; 12] =
            ["Pel", "Lor", "Ors", "Var", "Mand", "Quil", "Brenn", "Tosk", "Ulm", "Zer", "Hald", "Kirr"];
        const TAILS: [&str; 12] = [
            "ton", "ia", "elburg", "nstead", "ovar", "mouth", "aby", "wick", "hausen", "ley", "grad", "fjord",
        ];
        let n = world.number(&[6, self.feed / 4, self.item]);
        let (a, b) = (HEADS[n as usize % 12], TAILS[(n / 12) as usize % 12]);
        let middle = ["", "an", "er", "il", "ov", "us"][(n / 144) as usize % 6];
        (format!("{a}{middle}{b}"), 4 + n / 1_000 % 40)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_is_the_same_for_the_same_seed() {
        let world = || World::new(7, 8, Duration::from_secs(60), 50);
        let (a, b) = (world(), world());
        let one = Telling { feed: 3, item: 1, version: 1 };
        assert_eq!(one.text(&a), one.text(&b));
        assert_eq!(
            (0..500).map(|_| a.fault()).collect::<Vec<_>>(),
            (0..500).map(|_| b.fault()).collect::<Vec<_>>()
        );
    }

    #[test]
    fn words_are_found_again() {
        let world = World::new(7, 8, Duration::from_secs(60), 50);
        let one = Telling { feed: 31, item: 12, version: 2 };
        assert_eq!(Telling::in_text(&one.title(&world)), Some(one));
        assert_eq!(Telling::in_text(&one.text(&world).join(" ")), Some(one));
        assert_eq!(Telling::in_text("zq1x zqx2v3"), None);
    }

    #[test]
    fn nothing_changes_or_fails_in_a_frozen_world() {
        let world = World::new(7, 8, Duration::from_millis(1), 1_000);
        assert!(world.fault().is_some());
        world.freeze();
        let n = world.published(1);
        std::thread::sleep(Duration::from_millis(20));
        assert_eq!((world.published(1), world.fault()), (n, None));
    }
}
