//! Whether the probability of copying means what it says: measured pairs in bins, beside the share that is true.
//!
//! True pairs are reports of one tree; reports composed of several are left out, as are pairs that the engine
//! drops (below `KEPT`). **calibration.error** is the expected calibration error (mean distance of probability
//! and truth over bins, weighed by pairs); `calibration.true:BIN` the share of true pairs in a bin,
//! `calibration.n:BIN` how many pairs it holds.

use super::pile::Pile;
use crate::measure::share;
use crate::scores::Outcome;
use rustc_hash::FxHashMap;
use stemma::compare::Likeness;
use stemma::model::ReportId;

/// Upper ends of the bins; the last takes all that is left.
const ENDS: [(f32, &str); 6] =
    [(0.1, "0-10"), (0.3, "10-30"), (0.5, "30-50"), (0.7, "50-70"), (0.9, "70-90"), (2.0, "90-100")];

/// Puts the figures.
pub(super) fn score(pile: &Pile, likenesses: &[Likeness], outcome: &mut Outcome) {
    // A text that stands in the pile twice is of the tree that has it first.
    let mut trees: FxHashMap<ReportId, Option<usize>> = FxHashMap::default();
    for member in &pile.members {
        trees.entry(member.analysis.report.id).or_insert(member.node.map(|_| member.tree));
    }
    let mut bins = [(0, 0, 0.0); ENDS.len()];
    for likeness in likenesses {
        let tree = |id| trees.get(id).copied().flatten();
        let (Some(a), Some(b)) = (tree(&likeness.a), tree(&likeness.b)) else { continue };
        let bin = ENDS.iter().position(|e| likeness.copying < e.0).unwrap_or(ENDS.len() - 1);
        let (n, n_true, sum) = &mut bins[bin];
        *n += 1;
        *n_true += usize::from(a == b);
        *sum += f64::from(likeness.copying);
    }
    let all: usize = bins.iter().map(|b| b.0).sum();
    let off: f64 = bins.iter().map(|(_, n_true, sum)| (*n_true as f64 - sum).abs()).sum();
    outcome.put("calibration.error", if all == 0 { 0.0 } else { off / all as f64 });
    for ((n, n_true, _), (_, name)) in bins.iter().zip(ENDS) {
        outcome.put(&format!("calibration.n:{name}"), *n as f64);
        outcome.put(&format!("calibration.true:{name}"), share(*n_true, *n));
    }
}
