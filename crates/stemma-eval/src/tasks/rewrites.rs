//! Rewrites: English versions of news reports, grouped into families among strangers.
//!
//! Measures, over the versions: **ari**, and **pairs** (P/R/F1 of pairs that share a family).
//! Strangers are the event sets that are in one language (rows without `lang`): a family that
//! joins two of their events is one of **false_merges**; a family that holds versions and
//! strangers is one of **mixed_families**, since no stranger is a version.

use crate::data::{RowId, Source, sources};
use crate::engine::{analyse_all, distinct, group_labels, raw};
use crate::error::Error;
use crate::measure::{adjusted_rand_index, labels, pair_counts};
use crate::plan::Context;
use crate::scores::Outcome;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Row {
    id: RowId,
    cluster: RowId,
    text: String,
}

#[derive(Deserialize)]
struct Stranger {
    id: RowId,
    topic: Value,
    event: Value,
    text: String,
    lang: Option<String>,
}

/// Scores a set.
pub(super) fn score(source: &Source, context: &Context) -> Result<Outcome, Error> {
    let rows: Vec<Row> = source.rows(context)?;
    let strangers = strangers(context)?;
    let raws = rows.iter().map(|r| raw(&r.id.to_string(), &r.text));
    let others = strangers.iter().map(|s| raw(&s.id.to_string(), &s.text));
    let analyses = analyse_all(raws.chain(others).collect());
    let joined = stemma::join(&distinct(&analyses));
    let given = group_labels(&analyses, joined.stemmas.iter().map(|s| &s.reports[..]));

    let mut outcome = Outcome::new("rewrites", &source.name, rows.len());
    let gold = labels(rows.iter().map(|r| &r.cluster));
    let (of_rows, of_strangers) = given.split_at(rows.len());
    outcome.put("ari", adjusted_rand_index(&gold, of_rows));
    outcome.put_prf("pairs", pair_counts(&gold, of_rows));
    outcome.put("strangers", strangers.len() as f64);
    let events = labels(strangers.iter().map(|s| (s.topic.to_string(), s.event.to_string())));
    let (false_merges, mixed) = merges(of_rows, of_strangers, &events);
    outcome.put("false_merges", false_merges as f64);
    outcome.put("mixed_families", mixed as f64);
    explain(context, &mut outcome, (&rows, of_rows), (&strangers, of_strangers, &events));
    let ids = rows.iter().map(|r| &r.id).chain(strangers.iter().map(|s| &s.id));
    for (id, family) in ids.zip(&given) {
        outcome.predict(json!({"id": id, "family": family}));
    }
    Ok(outcome)
}

/// Rows of the event sets in one language; none where the data has no events.
fn strangers(context: &Context) -> Result<Vec<Stranger>, Error> {
    let mut found = Vec::new();
    let Ok(sets) = sources(&context.data, "events") else {
        context.note("no strangers for rewrites: the data has no folder `events`");
        return Ok(found);
    };
    for set in sets {
        let rows: Vec<Stranger> = set.rows(context)?;
        if rows.iter().all(|r| r.lang.is_none()) {
            found.extend(rows);
        }
    }
    Ok(found)
}

/// Families that join two events of strangers, and families of versions and strangers.
fn merges(of_rows: &[usize], of_strangers: &[usize], events: &[usize]) -> (usize, usize) {
    let mut told: FxHashMap<usize, BTreeSet<usize>> = FxHashMap::default();
    for (family, event) in of_strangers.iter().zip(events) {
        told.entry(*family).or_default().insert(*event);
    }
    let versions: BTreeSet<usize> = of_rows.iter().copied().collect();
    let mixed = versions.iter().filter(|family| told.contains_key(family)).count();
    (told.values().filter(|events| events.len() > 1).count(), mixed)
}

fn explain(
    context: &Context,
    outcome: &mut Outcome,
    (rows, of_rows): (&[Row], &[usize]),
    (strangers, of_strangers, events): (&[Stranger], &[usize], &[usize]),
) {
    if !context.explain {
        return;
    }
    let mut families: FxHashMap<usize, Vec<String>> = FxHashMap::default();
    let mut kinds: FxHashMap<usize, BTreeSet<String>> = FxHashMap::default();
    for (row, family) in rows.iter().zip(of_rows) {
        families.entry(*family).or_default().push(row.id.to_string());
        kinds.entry(*family).or_default().insert(row.cluster.to_string());
    }
    for ((stranger, family), event) in strangers.iter().zip(of_strangers).zip(events) {
        families.entry(*family).or_default().push(stranger.id.to_string());
        kinds.entry(*family).or_default().insert(format!("event {event}"));
    }
    let mut wrong: Vec<_> = families.into_iter().filter(|(family, _)| kinds[family].len() > 1).collect();
    wrong.sort();
    outcome.explained.extend(wrong.into_iter().map(|(_, ids)| format!("one family: {}", ids.join(" "))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_of_two_events_are_false_merges() {
        // Family 7 joins events 0 and 1; family 8 holds two reports of event 2; family 1 mixes.
        assert_eq!(merges(&[0, 1, 1], &[7, 7, 8, 8, 1], &[0, 1, 2, 2, 3]), (1, 1));
    }
}
