//! Entities of many reports -> which of them are one and the same.
//!
//! Keys that are equal; a surname that one fuller name of the pile ends in; forms that a spin or a
//! translation damaged, where the rest of the name agrees. A surname that was translated whole (`Vogelsang`,
//! `Birdsong`) stays apart: only aligned texts show that. The order of reports is irrelevant.

use super::key::distance;
use super::{Entity, NameKind};
use crate::extract::Extracts;
use crate::model::id;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Which entities of a pile of reports are one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities {
    /// By the number of an entity's key, a number that all names of one thing share.
    of: FxHashMap<u64, u32>,
    /// How many things there are; numbers run from 0, in ascending order of the keys.
    pub count: usize,
}

impl Identities {
    /// The number of what has a key, by that key's [`key_number`].
    pub fn get(&self, key: u64) -> Option<u32> {
        self.of.get(&key).copied()
    }
}

/// A number for an entity's key, for one run.
pub fn key_number(key: &str) -> u64 {
    id::key(b'e', key.bytes())
}

/// Whether two entities, of one report or two, may be one thing, judged by themselves alone.
///
/// A surname agrees with a full name that ends in it; `Orlov` agrees so with two Orlovs, which
/// only [`KnownNames`], which sees the whole pile, can tell apart.
pub fn same(a: &Entity, b: &Entity) -> bool {
    if a.key == b.key {
        return true;
    }
    if is_table(&a.key) || is_table(&b.key) || !kinds_agree(a.kind, b.kind) {
        return false;
    }
    let (x, y): (Vec<&str>, Vec<&str>) = (a.key.split(' ').collect(), b.key.split(' ').collect());
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    shortens(short, long, a.kind) || damaged(short, long)
}

fn is_table(key: &str) -> bool {
    key.contains(':')
}

fn kinds_agree(a: NameKind, b: NameKind) -> bool {
    a == b || a == NameKind::Other || b == NameKind::Other
}

/// Whether `short` is a usual shortening of `long`: surname, family name first, head of a firm's name.
fn shortens(short: &[&str], long: &[&str], kind: NameKind) -> bool {
    if short.len() >= long.len() {
        return false;
    }
    if short.len() == 1 {
        let person = !matches!(kind, NameKind::Organisation | NameKind::Place);
        return long.last() == Some(&short[0]) && person
            || long.first() == Some(&short[0]) && (long.len() > 2 || !person);
    }
    long.ends_with(short)
        || long.starts_with(short)
        || long.first() == short.first() && long.last() == short.last()
}

/// Whether two names differ as a damaged copy differs: one part changed a little, or one of three changed whole.
fn damaged(a: &[&str], b: &[&str]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let differ: Vec<usize> = (0..a.len()).filter(|i| a[*i] != b[*i]).collect();
    let &[i] = &differ[..] else { return false };
    let inner = a.len() > 2 && i > 0 && i + 1 < a.len();
    let size = a[i].chars().count().min(b[i].chars().count());
    let limit = if size > 7 { 2 } else { 1 };
    inner || size >= 5 && distance(a[i], b[i], limit) <= limit
}

/// What is known of one key over the whole pile.
#[derive(Default)]
struct Known {
    kinds: BTreeSet<NameKind>,
    countries: BTreeSet<String>,
    count: usize,
}

/// The keys of a pile's entities, gathered report by report.
#[derive(Default)]
pub struct KnownNames(BTreeMap<String, Known>);

impl KnownNames {
    /// With the entities of one more report.
    #[must_use]
    pub fn with(mut self, extracts: &Extracts) -> Self {
        for entity in &extracts.entities {
            if !self.0.contains_key(&entity.key) {
                self.0.insert(entity.key.clone(), Known::default());
            }
            let known = self.0.get_mut(&entity.key).expect("it was put there");
            known.kinds.insert(entity.kind);
            known.countries.extend(entity.country.clone());
            known.count += 1;
        }
        self
    }

    /// With those of other reports.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let (mut more, fewer) =
            if self.0.len() >= other.0.len() { (self.0, other.0) } else { (other.0, self.0) };
        for (key, facts) in fewer {
            let known = more.entry(key).or_default();
            known.kinds.extend(facts.kinds);
            known.countries.extend(facts.countries);
            known.count += facts.count;
        }
        Self(more)
    }

    /// Tells which of them are one.
    ///
    /// Keys go into buckets by their parts, so the work grows with the pile and not with its square.
    pub fn identities(&self) -> Identities {
        let keys: Vec<&str> = self.0.keys().map(String::as_str).collect();
        let facts: Vec<&Known> = self.0.values().collect();
        let mut parent: Vec<usize> = (0..keys.len()).collect();
        join_short(&keys, &facts, &mut parent);
        join_damaged(&keys, &facts, &mut parent);
        number(&keys, &mut parent)
    }
}

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

fn join(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b)] = a.min(b);
}

fn number(keys: &[&str], parent: &mut [usize]) -> Identities {
    let mut numbers = vec![0; keys.len()];
    let mut count = 0;
    for i in 0..keys.len() {
        let root = root(parent, i);
        numbers[i] = if root == i {
            count += 1;
            count - 1
        } else {
            numbers[root]
        };
    }
    let of = keys.iter().zip(numbers).map(|(key, number)| (key_number(key), number)).collect();
    Identities { of, count: count as usize }
}

fn agree(a: &Known, b: &Known) -> bool {
    let kinds = a.kinds.iter().any(|x| b.kinds.iter().any(|y| kinds_agree(*x, *y)));
    let apart = !a.countries.is_empty() && !b.countries.is_empty() && a.countries.is_disjoint(&b.countries);
    kinds && !apart
}

/// Joins a short name to the fuller one that is told most often, in a bucket by first and last part.
fn join_short(keys: &[&str], facts: &[&Known], parent: &mut [usize]) {
    let parts: Vec<Vec<&str>> = keys.iter().map(|k| k.split(' ').collect()).collect();
    let mut buckets: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (i, part) in parts.iter().enumerate().filter(|(i, p)| p.len() > 1 && !is_table(keys[*i])) {
        buckets.entry(part[0]).or_default().push(i);
        buckets.entry(part[part.len() - 1]).or_default().push(i);
    }
    for (i, short) in parts.iter().enumerate().filter(|(i, _)| !is_table(keys[*i])) {
        let Some(bucket) = buckets.get(short[short.len() - 1]).filter(|b| b.len() <= MAX_BUCKET) else {
            continue;
        };
        let kind = facts[i].kinds.iter().next().copied().unwrap_or(NameKind::Other);
        let fits = |l: &&usize| shortens(short, &parts[**l], kind) && agree(facts[i], facts[**l]);
        let best = bucket.iter().filter(fits).max_by_key(|l| {
            let surname = parts[**l].last() == short.last();
            (surname, facts[**l].count, std::cmp::Reverse(**l))
        });
        if let Some(best) = best {
            join(parent, i, *best);
        }
    }
}

/// The most names of one part that are compared with each other; a part that more names share
/// (`Kim` in a pile of thousands of reports) tells too little.
const MAX_BUCKET: usize = 400;

/// Joins forms that differ a little, in buckets of two parts of one name with their places.
fn join_damaged(keys: &[&str], facts: &[&Known], parent: &mut [usize]) {
    let mut buckets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, key) in keys.iter().enumerate().filter(|(_, k)| !is_table(k)) {
        let parts: Vec<&str> = key.split(' ').collect();
        if parts.len() > 1 && parts.len() < 6 {
            for skip in 0..parts.len() {
                let rest: Vec<&str> =
                    parts.iter().enumerate().map(|(n, p)| if n == skip { "*" } else { *p }).collect();
                buckets.entry(rest.join(" ")).or_default().push(i);
            }
        } else if parts.len() == 1 && key.chars().count() >= 6 {
            let head: String = key.chars().take(4).collect();
            buckets.entry(format!("={head}")).or_default().push(i);
        }
    }
    for bucket in buckets.values().filter(|b| b.len() > 1 && b.len() <= MAX_BUCKET / 8) {
        for (n, a) in bucket.iter().enumerate() {
            for b in &bucket[n + 1..] {
                let (x, y): (Vec<&str>, Vec<&str>) =
                    (keys[*a].split(' ').collect(), keys[*b].split(' ').collect());
                if damaged(&x, &y) && agree(facts[*a], facts[*b]) {
                    join(parent, *a, *b);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::names::key_of;

    fn entity(name: &str, kind: NameKind) -> Entity {
        let key = key_of(name);
        Entity { canonical: name.into(), key, kind, country: None, sector: None, roles: Vec::new() }
    }

    fn pile(names: &[&[&str]]) -> Vec<Extracts> {
        let one = |names: &&[&str]| Extracts {
            entities: names.iter().map(|n| entity(n, NameKind::Person)).collect(),
            ..Extracts::default()
        };
        names.iter().map(one).collect()
    }

    #[test]
    fn surnames_find_their_full_names_in_any_order() {
        let reports = pile(&[&["Orlov"], &["Sergei Orlov", "Ana Mena"], &["Sergey Orlow", "Mena"]]);
        let found = reports.iter().fold(KnownNames::default(), KnownNames::with).identities();
        let number = |name: &str| found.get(key_number(&key_of(name))).unwrap();
        assert_eq!(number("Orlov"), number("Sergei Orlov"));
        assert_eq!(number("Orlov"), number("Sergey Orlow"));
        assert_eq!(number("Mena"), number("Ana Mena"));
        assert_eq!(found.count, 2);
        let alone = |r: &Extracts| KnownNames::default().with(r);
        let back = reports.iter().rev().map(alone).fold(KnownNames::default(), KnownNames::and);
        assert_eq!(back.identities(), found);
    }

    #[test]
    fn damaged_names_agree() {
        let person = |n: &str| entity(n, NameKind::Person);
        assert!(same(&person("Pak Son Hui"), &person("Pak Child Hui")));
        assert!(same(&person("Ilko Dravecz"), &person("Ilko Draveck")));
        assert!(!same(&person("Ilko Dravecz"), &person("Ana Dravecz")));
        assert!(!same(&person("Ana Mena"), &entity("Mena Bank", NameKind::Organisation)));
    }
}
