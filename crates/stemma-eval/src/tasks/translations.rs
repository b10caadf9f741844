//! Translations: for each version of a text, the text that it translates.
//!
//! All texts of the file make one pool; texts that are equal letter for letter are one report, since
//! nothing tells their ids apart. **directed**: P/R/F1 of descents of kind `Translation`; a parent is
//! right if its text is one that the child translates. **undirected**: the same with child and parent
//! taken either way round. `directed.f1:SRC-LANG` is of one pair of languages, where a given descent
//! belongs to the pair of its own two texts.

use crate::data::{RowId, Source};
use crate::engine::{analyse_all, distinct, raw};
use crate::error::Error;
use crate::measure::Prf;
use crate::plan::Context;
use crate::scores::Outcome;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use stemma::model::{Lang, RawReport, ReportId};
use stemma::trace::{DescentKind, Parent, Stemma};

#[derive(Deserialize)]
struct Row {
    id: RowId,
    lang: String,
    text: String,
    #[serde(default)]
    versions: Vec<Version>,
}

#[derive(Deserialize)]
struct Version {
    by: String,
    lang: String,
    text: String,
}

/// Every distinct text, under the ids it has.
#[derive(Default)]
struct Pool {
    texts: Vec<Text>,
    at: FxHashMap<String, usize>,
}

struct Text {
    ids: Vec<String>,
    lang: String,
    text: String,
}

/// Pairs of indices into the pool's texts: child, parent.
type Pairs = Vec<(usize, usize)>;

/// Scores a set.
pub(super) fn score(source: &Source, context: &Context) -> Result<Outcome, Error> {
    let rows: Vec<Row> = source.rows(context)?;
    let (pool, gold) = pool(&rows);
    let analyses = analyse_all(pool.texts.iter().map(raw_of).collect());
    let joined = stemma::join(&distinct(&analyses));
    let index: FxHashMap<ReportId, usize> =
        analyses.iter().enumerate().map(|(i, a)| (a.report.id, i)).collect();
    let given = given(&joined.stemmas, &index);

    let mut outcome = Outcome::new("translations", &source.name, rows.len());
    outcome.put("texts", pool.texts.len() as f64);
    put(&mut outcome, "", &given, &gold);
    let pair =
        |(child, parent): (usize, usize)| format!("{}-{}", pool.texts[parent].lang, pool.texts[child].lang);
    let mut by_pair: BTreeMap<String, (Pairs, Pairs)> = BTreeMap::new();
    gold.iter().for_each(|d| by_pair.entry(pair(*d)).or_default().1.push(*d));
    given.iter().for_each(|d| by_pair.entry(pair(*d)).or_default().0.push(*d));
    for (name, (given, gold)) in by_pair.iter().filter(|(_, (_, gold))| !gold.is_empty()) {
        put(&mut outcome, name, given, gold);
    }
    for (child, parent) in &given {
        for id in &pool.texts[*child].ids {
            outcome.predict(json!({"child": id, "parent": pool.texts[*parent].ids[0]}));
        }
    }
    if context.explain {
        explain(&mut outcome, &pool, &given, &gold);
    }
    Ok(outcome)
}

/// All texts, and which are versions of which, each pair once.
fn pool(rows: &[Row]) -> (Pool, Pairs) {
    let mut pool = Pool::default();
    let mut gold = Vec::new();
    for row in rows {
        let parent = pool.add(format!("{}/src", row.id), &row.lang, &row.text);
        for version in &row.versions {
            let id = format!("{}/{}/{}", row.id, version.lang, version.by);
            let child = pool.add(id, &version.lang, &version.text);
            if child != parent {
                gold.push((child, parent));
            }
        }
    }
    gold.sort_unstable();
    gold.dedup();
    (pool, gold)
}

impl Pool {
    fn add(&mut self, id: String, lang: &str, text: &str) -> usize {
        let next = self.texts.len();
        let at = *self.at.entry(text.to_string()).or_insert(next);
        if at == next {
            let (lang, text) = (lang.to_string(), text.to_string());
            self.texts.push(Text { ids: Vec::new(), lang, text });
        }
        self.texts[at].ids.push(id);
        at
    }
}

fn raw_of(text: &Text) -> RawReport {
    RawReport { lang: Some(Lang::parse(&text.lang)), ..raw(&text.ids[0], &text.text) }
}

/// The descents of kind `Translation` whose parent was read.
fn given(stemmas: &[Stemma], index: &FxHashMap<ReportId, usize>) -> Pairs {
    let descents = stemmas.iter().flat_map(|s| &s.descents);
    let translations = descents.filter(|d| d.kind == DescentKind::Translation);
    let read = translations.filter_map(|d| match &d.parent {
        Parent::Report(parent) => Some((*index.get(&d.child)?, *index.get(parent)?)),
        Parent::Lost(_) => None,
    });
    let mut pairs: Pairs = read.collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn put(outcome: &mut Outcome, part: &str, given: &Pairs, gold: &Pairs) {
    outcome.put_prf_of("directed", part, directed(given, gold));
    outcome.put_prf_of("undirected", part, directed(&unordered(given), &unordered(gold)));
}

fn directed(given: &Pairs, gold: &Pairs) -> Prf {
    let truth: FxHashSet<&(usize, usize)> = gold.iter().collect();
    let right = given.iter().filter(|d| truth.contains(d)).count();
    Prf::new(right, given.len(), gold.len())
}

fn unordered(pairs: &Pairs) -> Pairs {
    let mut pairs: Pairs = pairs.iter().map(|(a, b)| (*a.max(b), *a.min(b))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn explain(outcome: &mut Outcome, pool: &Pool, given: &Pairs, gold: &Pairs) {
    let name = |i: usize| &pool.texts[i].ids[0];
    for (child, parent) in gold.iter().filter(|d| !given.contains(d)) {
        outcome.explained.push(format!("missed: {} <- {}", name(*child), name(*parent)));
    }
    for (child, parent) in given.iter().filter(|d| !gold.contains(d)) {
        outcome.explained.push(format!("wrong: {} <- {}", name(*child), name(*parent)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, text: &str, versions: &[&str]) -> Row {
        let version = |t: &&str| Version { by: format!("by {t}"), lang: "fr".into(), text: t.to_string() };
        let versions = versions.iter().map(version).collect();
        Row { id: RowId::Text(id.into()), lang: "en".into(), text: text.into(), versions }
    }

    #[test]
    fn equal_texts_are_one() {
        let (pool, gold) = pool(&[row("a", "one", &["un", "une", "un"]), row("b", "one", &["uno"])]);
        assert_eq!(pool.texts.len(), 4);
        assert_eq!(pool.texts[0].ids, ["a/src", "b/src"]);
        assert_eq!(pool.texts[1].ids, ["a/fr/by un", "a/fr/by un"]);
        assert_eq!(gold, [(1, 0), (2, 0), (3, 0)]);
    }

    #[test]
    fn either_way_round() {
        let gold = vec![(1, 0), (2, 0), (4, 3)];
        let given = vec![(0, 1), (2, 0), (4, 0)];
        assert_eq!(directed(&given, &gold), Prf::new(1, 3, 3));
        assert_eq!(directed(&unordered(&given), &unordered(&gold)), Prf::new(2, 3, 3));
    }
}
