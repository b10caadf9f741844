//! Events: reports grouped by the happening that they tell.
//!
//! Measures, each the mean over orders of arrival (`--shuffles`, 10 unless told): **b3** (P, R, F1
//! of B³), **pairs** (P/R/F1), **ari**; **shuffles_agree** is 1 where every order gives the same
//! partition. Where topics of two events exist: **topic_ari**, the mean ARI inside those topics of
//! the one global run; **separation_ari**, the mean ARI of a run on the topic alone, forced to two
//! groups (see [`force_two`]). **baseline.***: the plain way beside it (see [`super::events_baseline`]). Rows with `lang` also give **b3.f1:LANG**, over that language alone.

use super::events_baseline::Baseline;
use crate::data::{RowId, Source};
use crate::engine::{analyse_all, distinct, group_labels, raw};
use crate::error::Error;
use crate::measure::{adjusted_rand_index, b_cubed, labels, pair_counts};
use crate::plan::Context;
use crate::scores::Outcome;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use stemma::Analysis;
use stemma::model::{Lang, Moment};

#[derive(Deserialize)]
struct Row {
    id: RowId,
    topic: Value,
    event: Value,
    text: String,
    lang: Option<String>,
    published: Option<String>,
}

/// Scores a set.
pub(super) fn score(source: &Source, context: &Context) -> Result<Outcome, Error> {
    let rows: Vec<Row> = source.rows(context)?;
    let analyses = analyse_all(rows.iter().map(raw_of).collect());
    let mut outcome = Outcome::new("events", &source.name, rows.len());
    let gold = labels(rows.iter().map(|r| (r.topic.to_string(), r.event.to_string())));
    let given = put_shuffles(&mut outcome, &analyses, &gold, context);
    let baseline = Baseline::new(&analyses);
    if let Some(baseline) = &baseline {
        let orders = (0..context.shuffles.max(1)).map(|seed| {
            let mut order: Vec<usize> = (0..rows.len()).collect();
            shuffle(&mut order, seed as u64);
            order
        });
        baseline.put_orders(&mut outcome, &gold, &orders.collect::<Vec<_>>());
    }
    put_topics(&mut outcome, (&rows, &analyses), (&gold, &given), baseline.as_ref());
    put_languages(&mut outcome, &rows, (&gold, &given));
    for (row, event) in rows.iter().zip(&given) {
        outcome.predict(json!({"id": row.id, "event": event}));
    }
    Ok(outcome)
}

fn raw_of(row: &Row) -> stemma::model::RawReport {
    let mut report = raw(&row.id.to_string(), &row.text);
    report.lang = row.lang.as_deref().map(Lang::parse);
    report.published = row.published.as_deref().and_then(Moment::parse);
    report
}

fn group(analyses: &[Analysis], order: Vec<&Analysis>) -> Vec<usize> {
    let joined = stemma::join(&order);
    group_labels(analyses, joined.groups.events.iter().map(|e| &e.reports[..]))
}

/// Scores every order of arrival; answers the partition of the first.
fn put_shuffles(
    outcome: &mut Outcome,
    analyses: &[Analysis],
    gold: &[usize],
    context: &Context,
) -> Vec<usize> {
    let n = context.shuffles.max(1);
    let mut sums = [0.0; 7];
    let mut partitions = Vec::new();
    for seed in 0..n {
        context.progress(&format!("events {}: order {} of {n}", outcome.set(), seed + 1));
        let mut order = distinct(analyses);
        shuffle(&mut order, seed as u64);
        let given = labels(group(analyses, order));
        let (p, r, f1) = b_cubed(gold, &given);
        let pairs = pair_counts(gold, &given);
        let ari = adjusted_rand_index(gold, &given);
        let figures = [p, r, f1, pairs.precision(), pairs.recall(), pairs.f1(), ari];
        sums.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure);
        partitions.push(given);
    }
    let names = ["b3.p", "b3.r", "b3.f1", "pairs.p", "pairs.r", "pairs.f1", "ari"];
    names.iter().zip(sums).for_each(|(name, sum)| outcome.put(name, sum / n as f64));
    let agree = partitions.iter().all(|p| *p == partitions[0]);
    outcome.put("shuffles_agree", f64::from(u8::from(agree)));
    partitions.swap_remove(0)
}

/// Fisher and Yates, with numbers from splitmix64: the same for the same seed everywhere.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed;
    for i in (1..items.len()).rev() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        items.swap(i, ((z ^ (z >> 31)) % (i as u64 + 1)) as usize);
    }
}

fn put_topics(
    outcome: &mut Outcome,
    (rows, analyses): (&[Row], &[Analysis]),
    (gold, given): (&[usize], &[usize]),
    baseline: Option<&Baseline>,
) {
    let mut topics: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        topics.entry(row.topic.to_string()).or_default().push(i);
    }
    let of = |labels: &[usize], members: &[usize]| members.iter().map(|i| labels[*i]).collect::<Vec<_>>();
    topics.retain(|_, members| of(gold, members).into_iter().collect::<BTreeSet<_>>().len() == 2);
    let (mut global, mut alone, mut plain) = (0.0, 0.0, 0.0);
    for members in topics.values() {
        let truth = of(gold, members);
        global += adjusted_rand_index(&truth, &of(given, members));
        let reports: Vec<Analysis> = members.iter().map(|i| analyses[*i].clone()).collect();
        let groups = force_two(group(&reports, distinct(&reports)));
        alone += adjusted_rand_index(&truth, &groups);
        plain += baseline.map_or(0.0, |b| b.separation(members, &truth));
    }
    if !topics.is_empty() {
        outcome.put("topic_ari", global / topics.len() as f64);
        outcome.put("separation_ari", alone / topics.len() as f64);
        if baseline.is_some() {
            outcome.put("baseline.separation_ari", plain / topics.len() as f64);
        }
    }
}

/// Makes two groups of more: the two largest stay, all others join the largest. Knows no words, so
/// that the figure is the engine's alone; an engine that sees many events in a topic of two pays.
fn force_two(groups: Vec<usize>) -> Vec<usize> {
    let groups = labels(groups);
    let n_groups = groups.iter().max().map_or(0, |m| m + 1);
    let mut largest: Vec<usize> = (0..n_groups).collect();
    largest.sort_by_key(|g| std::cmp::Reverse(groups.iter().filter(|x| *x == g).count()));
    groups.into_iter().map(|g| usize::from(n_groups > 1 && g == largest[1])).collect()
}

fn put_languages(outcome: &mut Outcome, rows: &[Row], (gold, given): (&[usize], &[usize])) {
    let langs: BTreeSet<&str> = rows.iter().filter_map(|r| r.lang.as_deref()).collect();
    for lang in langs {
        let of = |labels: &[usize]| -> Vec<usize> {
            rows.iter()
                .zip(labels)
                .filter(|(r, _)| r.lang.as_deref() == Some(lang))
                .map(|(_, l)| *l)
                .collect()
        };
        outcome.put(&format!("b3.f1:{lang}"), b_cubed(&of(gold), &of(given)).2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_keeps_all_and_repeats() {
        let order = |seed| {
            let mut items: Vec<u32> = (0..50).collect();
            shuffle(&mut items, seed);
            items
        };
        assert_eq!(order(3), order(3));
        assert_ne!(order(3), order(4));
        assert_eq!(order(3).into_iter().collect::<BTreeSet<_>>().len(), 50);
    }

    #[test]
    fn small_groups_join_the_largest() {
        assert_eq!(force_two(vec![5, 2, 2, 9, 7, 5, 2]), [1, 0, 0, 0, 0, 1, 0]);
        assert_eq!(force_two(vec![4, 4]), [0, 0]);
    }
}
