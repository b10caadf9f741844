//! Families, descents, spun reports and variants.
//!
//! **families**: given families that are equal to a true one (P/R/F1); **family_pairs**: pairs of
//! reports that share one. **parents**: child and parent right; **descents**: kind too; a parent named
//! in `also` is as good. A lost parent is right if its credit agrees with the true name (either may
//! hold the other) or one of the two has no name. `descents.f1:KIND` takes the true or given kind.
//! **spun**: reports. Recall only, since truth does not list all: **variants** (kind fits, and the readings
//! stand on the true ones in two reports, one to one; `variants.if_complete` has the precision that would be if the
//! truth were complete), also `variants.r:KIND`, and **variants.original**
//! (found, with an original given and none given that is not true).

use super::story::Story;
use super::tally::Tally;
use super::truth::{TrueDescent, TrueVariant};
use crate::measure::{Prf, best_first, labels, pair_counts};
use std::collections::BTreeSet;
use stemma::model::ReportId;
use stemma::trace::{Descent, Parent, Stemma, Variant};

/// Kinds of descent, as both sides write them.
const KINDS: [&str; 5] = ["Copy", "Excerpt", "Edit", "Spin", "Translation"];

/// Probability from which a report counts as called spun.
const CALLED: f32 = 0.5;

/// Scores a story.
pub(super) fn score(story: &Story, tally: &mut Tally) {
    if !story.truth.families.is_empty() {
        families(story, tally);
        descents(story, tally);
    }
    if let Some(spun) = &story.truth.spun {
        let found = story.ledger.joined.stemmas.iter().flat_map(|s| &s.spun);
        let given: BTreeSet<&str> =
            found.filter(|s| s.probability >= CALLED).map(|s| story.name_of(s.report)).collect();
        let right = spun.iter().filter(|s| given.contains(s.as_str())).count();
        tally.complete("spun", Prf::new(right, given.len(), spun.len()));
        if given != spun.iter().map(String::as_str).collect() {
            tally.explain(format!("spun: {given:?} for {spun:?}"));
        }
    }
    variants(story, tally);
}

fn families(story: &Story, tally: &mut Tally) {
    let stemmas = &story.ledger.joined.stemmas;
    let given = parts(story, stemmas.iter().map(|s| &s.reports[..]));
    compare_parts(story, ("families", "family_pairs"), (&given, &story.truth.families), tally);
}

/// Groups of reports under the ids of the truth; a report in none is alone.
pub(super) fn parts<'a>(
    story: &Story,
    groups: impl Iterator<Item = &'a [ReportId]>,
) -> Vec<BTreeSet<String>> {
    let mut parts: Vec<BTreeSet<String>> =
        groups.map(|g| g.iter().map(|id| story.name_of(*id).to_string()).collect()).collect();
    for name in story.reports.keys() {
        if !parts.iter().any(|p| p.contains(name)) {
            parts.push(BTreeSet::from([name.clone()]));
        }
    }
    parts
}

/// Compares two partitions of the reports that the truth names: whole parts, and pairs.
pub(super) fn compare_parts(
    story: &Story,
    (whole, pairs): (&str, &str),
    (given, truth): (&[BTreeSet<String>], &[Vec<String>]),
    tally: &mut Tally,
) {
    let truth: Vec<BTreeSet<String>> = truth.iter().map(|t| t.iter().cloned().collect()).collect();
    let named: BTreeSet<&String> =
        truth.iter().flatten().filter(|n| story.reports.contains_key(*n)).collect();
    let given: BTreeSet<BTreeSet<String>> = given
        .iter()
        .map(|g| g.iter().filter(|n| named.contains(n)).cloned().collect())
        .filter(|g: &BTreeSet<String>| !g.is_empty())
        .collect();
    let right = truth.iter().filter(|t| given.contains(*t)).count();
    tally.complete(whole, Prf::new(right, given.len(), truth.len()));
    let label =
        |parts: &[&BTreeSet<String>]| labels(named.iter().map(|n| parts.iter().position(|p| p.contains(*n))));
    let gold = label(&truth.iter().collect::<Vec<_>>());
    tally.complete(pairs, pair_counts(&gold, &label(&given.iter().collect::<Vec<_>>())));
    for part in given.iter().filter(|g| !truth.contains(g)) {
        tally.explain(format!("{whole}: {part:?} is none"));
    }
}

fn descents(story: &Story, tally: &mut Tally) {
    let given: Vec<(&Stemma, &Descent)> =
        story.ledger.joined.stemmas.iter().flat_map(|s| s.descents.iter().map(move |d| (s, d))).collect();
    let truth = &story.truth.descents;
    let find = |t: &TrueDescent| given.iter().find(|(_, d)| story.name_of(d.child) == t.child);
    let has_parent = |t: &TrueDescent| find(t).is_some_and(|(s, d)| same_parent(story, s, d, t));
    let is_right = |t: &TrueDescent| has_parent(t) && find(t).is_some_and(|(_, d)| kind(d) == t.kind);
    let n_parents = truth.iter().filter(|t| has_parent(t)).count();
    tally.complete("parents", Prf::new(n_parents, given.len(), truth.len()));
    let n_right = truth.iter().filter(|t| is_right(t)).count();
    tally.complete("descents", Prf::new(n_right, given.len(), truth.len()));
    for name in KINDS {
        let right = truth.iter().filter(|t| t.kind == name && is_right(t)).count();
        let n_given = given.iter().filter(|(_, d)| kind(d) == name).count();
        let n_true = truth.iter().filter(|t| t.kind == name).count();
        tally.complete(&format!("descents.{}", name.to_lowercase()), Prf::new(right, n_given, n_true));
    }
    for t in truth.iter().filter(|t| !is_right(t)) {
        let words = find(t).map_or("none".to_string(), |(_, d)| describe(story, d));
        tally.explain(format!("descents: {} <- {} {}; given {words}", t.child, t.parent, t.kind));
    }
    for (_, d) in given.iter().filter(|(_, d)| !truth.iter().any(|t| t.child == story.name_of(d.child))) {
        tally.explain(format!("descents: none of {}; given {}", story.name_of(d.child), describe(story, d)));
    }
}

fn kind(descent: &Descent) -> String {
    format!("{:?}", descent.kind)
}

fn describe(story: &Story, descent: &Descent) -> String {
    let parent = match &descent.parent {
        Parent::Report(id) => story.name_of(*id),
        Parent::Lost(id) => id,
    };
    format!("{parent} {} ({:.2})", kind(descent), descent.confidence)
}

fn same_parent(story: &Story, stemma: &Stemma, given: &Descent, truth: &TrueDescent) -> bool {
    let fits = |name: &String| match (&given.parent, name.strip_prefix("lost:")) {
        (Parent::Report(id), None) => story.name_of(*id) == name,
        (Parent::Lost(id), Some(lost)) => {
            let credit = stemma.lost.iter().find(|l| l.id == *id).and_then(|l| l.credit.as_deref());
            credit.is_none_or(|credit| agree(credit, lost)) || lost.is_empty()
        }
        _ => false,
    };
    std::iter::once(&truth.parent).chain(&truth.also).any(fits)
}

/// Whether two names are one, case aside, or one holds the other.
fn agree(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    a.contains(&b) || b.contains(&a)
}

fn variants(story: &Story, tally: &mut Tally) {
    let given: Vec<&Variant> = story.ledger.joined.stemmas.iter().flat_map(|s| &s.variants).collect();
    let truth = &story.truth.variants;
    let mut scored = Vec::new();
    for (i, t) in truth.iter().enumerate() {
        for (j, v) in given.iter().enumerate().filter(|(_, v)| fits_kind(t, v)) {
            let n = n_shared(story, t, v);
            if n >= 2 {
                scored.push((n as f64, i, j));
            }
        }
    }
    let partners = best_first(scored, truth.len());
    let n_found = partners.iter().flatten().count();
    tally.complete("variants.if_complete", Prf::new(n_found, given.len(), truth.len()));
    for (_, v) in given.iter().enumerate().filter(|(j, _)| !partners.contains(&Some(*j))) {
        let readings = v.readings.iter().map(|r| format!("{}: {}", story.name_of(r.place.report), r.text));
        tally.explain(format!("variants: unlisted: {:?} {:?}", v.kind, readings.collect::<Vec<_>>()));
    }
    for (t, partner) in truth.iter().zip(partners) {
        let found = usize::from(partner.is_some());
        tally.found("variants", found, 1);
        tally.found(&format!("variants:{}", t.kind), found, 1);
        let original = partner.is_some_and(|j| has_original(story, t, given[j]));
        if !t.likely_original.is_empty() {
            tally.found("variants.original", usize::from(original), 1);
        }
        if !original {
            let what = if partner.is_some() { "original" } else { "missed" };
            tally.explain(format!("variants: {what}: {} {} {:?}", t.kind, t.about, t.readings.0));
        }
    }
}

/// The data's `Word` is the engine's `Wording`.
fn fits_kind(truth: &TrueVariant, given: &Variant) -> bool {
    let kind = format!("{:?}", given.kind);
    let names = |k: &String| *k == kind || (k == "Word" && kind == "Wording");
    names(&truth.kind) || truth.kind_also.iter().any(names)
}

fn n_shared(story: &Story, truth: &TrueVariant, given: &Variant) -> usize {
    let stands = |(name, words): &(&String, &Vec<String>)| {
        given.readings.iter().any(|r| story.stands_on(r.place, name, words))
    };
    truth.readings.0.iter().filter(stands).count()
}

fn has_original(story: &Story, truth: &TrueVariant, given: &Variant) -> bool {
    let is_true = |id: &ReportId| truth.likely_original.iter().any(|n| n == story.name_of(*id));
    !given.likely_original.is_empty() && given.likely_original.iter().all(is_true)
}
