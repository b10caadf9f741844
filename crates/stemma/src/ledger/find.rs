//! What a person means by an id or a name: a word goes in, all that it may stand for comes out.
//!
//! A file's name, or the end of its path by whole folders, means its report. Else hexadecimal
//! digits mean everything whose id begins with them. Never guesses between two.

use super::Ledger;
use crate::model::{EntryId, EventId, FamilyId, ReportId, StorylineId};

/// Something in a ledger that has an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// A report.
    Report(ReportId),
    /// A family.
    Family(FamilyId),
    /// An event.
    Event(EventId),
    /// A storyline.
    Storyline(StorylineId),
    /// An entry.
    Entry(EntryId),
}

impl Ledger {
    /// Everything that `word` may stand for; one thing if it is clear, none if it is unknown.
    pub fn find(&self, word: &str) -> Vec<Thing> {
        let named = self.named(word);
        if !named.is_empty() {
            return named.into_iter().map(Thing::Report).collect();
        }
        let Some(prefix) = Prefix::parse(word) else { return Vec::new() };
        let joined = &self.joined;
        let reports = self.reports.iter().map(|a| (a.report.id.0, Thing::Report(a.report.id)));
        let families = joined.stemmas.iter().map(|s| (s.id.0, Thing::Family(s.id)));
        let events = joined.groups.events.iter().map(|e| (e.id.0, Thing::Event(e.id)));
        let storylines = joined.groups.storylines.iter().map(|s| (s.id.0, Thing::Storyline(s.id)));
        let entries = joined.entries.iter().map(|e| (e.id.0, Thing::Entry(e.id)));
        let all = reports.chain(families).chain(events).chain(storylines).chain(entries);
        all.filter(|(id, _)| prefix.begins(*id)).map(|(_, thing)| thing).collect()
    }

    /// The reports whose file is called `word`; those whose whole path it is, if any.
    fn named(&self, word: &str) -> Vec<ReportId> {
        let whole: Vec<ReportId> = self.with_file(|file| same_path(file, word));
        if whole.is_empty() { self.with_file(|file| ends_in(file, word)) } else { whole }
    }

    fn with_file(&self, holds: impl Fn(&str) -> bool) -> Vec<ReportId> {
        self.reports.iter().filter(|a| holds(&a.report.file)).map(|a| a.report.id).collect()
    }
}

/// The name of a file without its folders; a row number stays: `rows.jsonl:12`.
pub fn base_name(file: &str) -> &str {
    file.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(file)
}

/// Whether a path ends in `tail`, by whole parts.
pub fn ends_in(file: &str, tail: &str) -> bool {
    let tail = plain(tail);
    !tail.is_empty()
        && file.strip_suffix(tail).is_some_and(|before| before.is_empty() || before.ends_with(['/', '\\']))
}

/// Whether two paths are one, `./` aside.
pub fn same_path(a: &str, b: &str) -> bool {
    plain(a) == plain(b)
}

fn plain(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

/// The first digits of an id, as the range of ids that begin with them.
struct Prefix {
    low: u64,
    high: u64,
}

impl Prefix {
    fn parse(word: &str) -> Option<Self> {
        if word.is_empty() || word.len() > 16 || !word.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let free = 64 - 4 * word.len() as u32;
        let low = u64::from_str_radix(word, 16).ok()?.checked_shl(free).unwrap_or(0);
        let below = 1u64.checked_shl(free).map_or(0, |n| n - 1);
        Some(Self { low, high: low | below })
    }

    fn begins(&self, id: u64) -> bool {
        (self.low..=self.high).contains(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RawReport;

    fn raw(file: &str) -> RawReport {
        RawReport { key: file.into(), file: file.into(), text: "Rain fell.".into(), ..RawReport::default() }
    }

    /// How many things a word finds.
    fn check(word: &str, n: usize) {
        let ledger = crate::ledger(vec![raw("a/r1.txt"), raw("b/r1.txt"), raw("b/r2.txt"), raw("r3.txt")]);
        let reports = ledger.find(word).iter().filter(|t| matches!(t, Thing::Report(_))).count();
        assert_eq!(reports, n, "{word}");
    }

    #[test]
    fn a_name_means_its_report() {
        check("r2.txt", 1);
        check("b/r2.txt", 1);
        check("./r3.txt", 1);
        check("r1.txt", 2);
        check("a/r1.txt", 1);
        check("2.txt", 0);
        check("", 0);
        check("no such", 0);
    }

    #[test]
    fn digits_mean_ids() {
        let id = raw("r3.txt").id();
        check(&id.to_string(), 1);
        check(&id.to_string()[..15], 1);
        check("0123456789abcdef0", 0);
        let (low, high) = (Prefix::parse("f").unwrap(), Prefix::parse("ffffffffffffffff").unwrap());
        assert!(low.begins(u64::MAX) && high.begins(u64::MAX) && !high.begins(u64::MAX - 1));
        assert!(!low.begins(u64::MAX >> 4));
    }
}
