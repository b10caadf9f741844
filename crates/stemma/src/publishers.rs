//! Entries and the publishers of outlets -> entries in which the outlets of one publisher are one origin.
//!
//! The user says who belongs together; nothing is guessed from names. A speaker whom two sister papers
//! quote stays one origin as before; what changes is the papers' own word.

use crate::Analysis;
use crate::reconcile::{Entry, Origin, OriginKind, Standing};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Which outlets belong to which publisher.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publishers {
    /// Publishers by the outlet's name, in lower case.
    of: BTreeMap<String, String>,
}

impl Publishers {
    /// From pairs of an outlet and its publisher; of an outlet named twice the last counts.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { of: pairs.into_iter().map(|(outlet, publisher)| (key(&outlet), publisher)).collect() }
    }

    /// Reads a user's file: lines of outlet, tab, publisher (`#` begins a comment), or TOML in which
    /// each key is a publisher and its value the list of its outlets.
    ///
    /// ```
    /// use stemma::publishers::Publishers;
    /// let tsv = Publishers::parse("The Pelt Post\tPelt Group\nPelt Evening\tPelt Group\n").unwrap();
    /// let toml = Publishers::parse("\"Pelt Group\" = [\"The Pelt Post\", \"Pelt Evening\"]").unwrap();
    /// assert_eq!(tsv, toml);
    /// assert_eq!(tsv.publisher("the pelt post"), Some("Pelt Group"));
    /// ```
    ///
    /// # Errors
    /// The first line that is neither, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let lines = || text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        if lines().all(|(_, l)| l.contains('\t') && !l.contains("[\"")) {
            let pair = |(i, line): (usize, &str)| {
                let (outlet, publisher) = line.split_once('\t').unwrap_or_default();
                let (outlet, publisher) = (outlet.trim(), publisher.trim());
                if outlet.is_empty() || publisher.is_empty() || publisher.contains('\t') {
                    return Err(format!("line {}: an outlet, a tab and its publisher are wanted", i + 1));
                }
                Ok((outlet.to_owned(), publisher.to_owned()))
            };
            return lines().map(pair).collect::<Result<Vec<_>, String>>().map(Self::new);
        }
        let table: BTreeMap<String, Vec<String>> =
            toml::from_str(text).map_err(|e| e.message().to_owned())?;
        let pairs = |(publisher, outlets): (String, Vec<String>)| {
            outlets.into_iter().map(move |outlet| (outlet, publisher.clone()))
        };
        Ok(Self::new(table.into_iter().flat_map(pairs)))
    }

    /// The publisher of an outlet, if the user named it.
    pub fn publisher(&self, outlet: &str) -> Option<&str> {
        self.of.get(&key(outlet)).map(String::as_str)
    }

    /// Outlets in lower case with their publishers, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.of.iter().map(|(outlet, publisher)| (outlet.as_str(), publisher.as_str()))
    }

    /// Whether none are known.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }
}

fn key(outlet: &str) -> String {
    outlet.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Makes the outlets of one publisher one origin, and judges anew what rests on how many there are.
pub fn merge(entries: &mut [Entry], reports: &[&Analysis], publishers: &Publishers) {
    if publishers.is_empty() {
        return;
    }
    let outlets: FxHashMap<&str, &str> =
        reports.iter().filter_map(|r| Some((r.report.file.as_str(), r.report.outlet.as_deref()?))).collect();
    for entry in entries {
        let of = |origin: &Origin| match origin.kind {
            OriginKind::Report => {
                let outlet = outlets.get(origin.name.as_str()).copied().unwrap_or(&origin.name);
                publishers.publisher(outlet)
            }
            OriginKind::Speaker | OriginKind::Agency => publishers.publisher(&origin.name),
        };
        let owners: Vec<Option<&str>> = entry.origins.iter().map(of).collect();
        merge_one(entry, &owners);
    }
}

fn merge_one(entry: &mut Entry, owners: &[Option<&str>]) {
    let (mut kept, mut place): (Vec<Origin>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut of: BTreeMap<&str, u32> = BTreeMap::new();
    for (origin, owner) in entry.origins.iter().zip(owners) {
        let known = owner.and_then(|o| of.get(o)).copied();
        place.push(known.unwrap_or(kept.len() as u32));
        match (known, owner) {
            (Some(at), Some(owner)) => {
                kept[at as usize] = Origin { name: (*owner).to_owned(), kind: OriginKind::Agency };
            }
            _ => {
                of.extend(owner.map(|o| (o, kept.len() as u32)));
                kept.push(origin.clone());
            }
        }
    }
    if kept.len() == entry.origins.len() {
        return;
    }
    entry.readings.iter_mut().for_each(|r| r.origin = place[r.origin as usize]);
    entry.origins = kept;
    let names: Vec<&str> = entry.origins.iter().map(|o| o.name.as_str()).collect();
    let n_reports = entry.readings.iter().map(|r| r.place.report).collect::<BTreeSet<_>>().len();
    let reason = match (entry.standing, names.as_slice()) {
        (Standing::Corroborated, [one]) => {
            entry.standing = Standing::Echoed;
            format!("{n_reports} reports of one publisher: {one}")
        }
        (Standing::Corroborated, names) => {
            format!("{} independent origins: {}", names.len(), names.join(", "))
        }
        // One origin that says otherwise is no dispute of independent ones.
        (Standing::Disputed, [one]) => {
            entry.standing = Standing::Updated;
            format!("outlets of one publisher, {one}, differ: {}", entry.reason)
        }
        _ => return,
    };
    entry.reason = reason;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntryId, Place, RawReport, ReportId, Span};
    use crate::reconcile::Reading;

    #[test]
    fn files_that_cannot_be_read_say_where() {
        assert!(Publishers::parse("# none yet\n").unwrap().is_empty());
        assert!(Publishers::parse("Pelt Post\t\n").unwrap_err().contains("line 1"));
        assert!(Publishers::parse("\"Pelt Group\" = 3").is_err());
    }

    /// An entry that these reports tell, each an origin by itself.
    fn entry(files: &[&str], standing: Standing) -> Entry {
        let origin = |file: &&str| Origin { name: (*file).to_owned(), kind: OriginKind::Report };
        let reading = |i: usize| Reading {
            place: Place::new(ReportId(i as u64), Span::new(0, 4)),
            text: "Nine".into(),
            value: None,
            origin: i as u32,
            via: Vec::new(),
            negated: false,
        };
        Entry {
            id: EntryId(1),
            claim: reading(0).place,
            text: "Nine".into(),
            event: None,
            standing,
            reason: "as it was".into(),
            origins: files.iter().map(origin).collect(),
            readings: (0..files.len()).map(reading).collect(),
        }
    }

    #[test]
    fn outlets_of_one_publisher_are_one_origin() {
        let raw = |file: &str, outlet: &str| RawReport {
            key: file.into(),
            file: file.into(),
            outlet: Some(outlet.into()),
            text: "Nine boats sank.".into(),
            ..RawReport::default()
        };
        let told = [("a", "The Pelt Post"), ("b", "Pelt Evening"), ("c", "Loria News")];
        let analyses: Vec<Analysis> = told.iter().map(|(f, o)| crate::analyse(raw(f, o))).collect();
        let refs: Vec<&Analysis> = analyses.iter().collect();
        let publishers = Publishers::parse("the pelt post\tPelt Group\nPelt  Evening\tPelt Group").unwrap();
        let check = |files: &[&str], before: Standing, after: Standing, n_origins: usize| {
            let mut entries = [entry(files, before)];
            merge(&mut entries, &refs, &publishers);
            let [entry] = &entries;
            assert_eq!((entry.standing, entry.origins.len()), (after, n_origins), "{}", entry.reason);
            assert!(entry.readings.iter().all(|r| (r.origin as usize) < n_origins));
        };
        check(&["a", "b"], Standing::Corroborated, Standing::Echoed, 1);
        check(&["a", "b", "c"], Standing::Corroborated, Standing::Corroborated, 2);
        check(&["a", "c"], Standing::Corroborated, Standing::Corroborated, 2);
        check(&["a", "b"], Standing::Disputed, Standing::Updated, 1);
        check(&["a", "b", "c"], Standing::Disputed, Standing::Disputed, 2);
    }
}
