//! The path of the data, whole: the only file that names every stage.
//!
//! ```text
//! bytes -read-> RawReport -clean-> Report -segment-> Segments -extract-> Extracts   each report by itself
//!   Analyses -compare-> Likenesses -trace-> Stemmas -group-> Events -reconcile-> Entries   all together
//! ```

use crate::clean::clean;
use crate::compare::{Fingerprint, Furniture, boilerplate, compare, fingerprint};
use crate::extract::{Extracts, extract};
use crate::group::group;
use crate::ledger::{Joined, Ledger};
use crate::model::{RawReport, Report};
use crate::publishers::{Publishers, merge};
use crate::reconcile::reconcile;
use crate::segment::{Segments, segment};
use crate::trace::trace;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One report and all that it shows by itself: a pure function of its raw form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// The cleaned report.
    pub report: Report,
    /// Its parts.
    pub segments: Segments,
    /// What it says.
    pub extracts: Extracts,
    /// What comparison needs of it.
    pub fingerprint: Fingerprint,
}

/// One who does each step of the path when it comes: to time it, or to show how far a run is.
///
/// Results never depend on the watcher.
pub trait Watch: Sync {
    /// Does the work of a step and gives what it gives. The steps of the per-report half may come
    /// from several threads at once.
    fn step<T>(&self, step: &'static str, work: impl FnOnce() -> T) -> T;
}

/// Watches nothing.
impl Watch for () {
    fn step<T>(&self, _step: &'static str, work: impl FnOnce() -> T) -> T {
        work()
    }
}

/// The per-report half.
pub fn analyse(raw: RawReport) -> Analysis {
    analyse_watched(raw, &())
}

/// The per-report half, watched.
pub fn analyse_watched(raw: RawReport, watch: &impl Watch) -> Analysis {
    let report = watch.step("clean", || clean(raw));
    understood(report, watch)
}

/// The per-report half, where a fault of the engine costs this report alone: none then.
pub fn analyse_or_none(raw: &RawReport, watch: &impl Watch) -> Option<Analysis> {
    let copy = raw.clone();
    catch_unwind(AssertUnwindSafe(move || analyse_watched(copy, watch))).ok()
}

/// What a cleaned report shows by itself.
fn understood(report: Report, watch: &impl Watch) -> Analysis {
    let segments = watch.step("segment", || segment(&report));
    let extracts = watch.step("extract", || extract(&report, &segments));
    let fingerprint = watch.step("fingerprint", || fingerprint(&report, &segments, &extracts));
    Analysis { report, segments, extracts, fingerprint }
}

/// The all-together half. The order of input is irrelevant; each report is given once.
pub fn join(reports: &[&Analysis]) -> Joined {
    join_watched(reports, &Publishers::default(), &())
}

/// The all-together half, watched, where the outlets of one publisher count as one origin.
pub fn join_watched(reports: &[&Analysis], publishers: &Publishers, watch: &impl Watch) -> Joined {
    let mut reports = reports.to_vec();
    reports.sort_unstable_by_key(|a| a.report.id);
    let furniture = watch.step("furniture", || boilerplate(&reports));
    let bare = watch.step("furniture", || without(&reports, &furniture));
    for bare in &bare {
        if let Ok(i) = reports.binary_search_by_key(&bare.report.id, |a| a.report.id) {
            reports[i] = bare;
        }
    }
    let likenesses = watch.step("compare", || compare(&reports));
    let stemmas = watch.step("trace", || trace(&reports, &likenesses));
    drop(likenesses);
    let groups = watch.step("group", || group(&reports, &stemmas));
    let mut entries = watch.step("reconcile", || reconcile(&reports, &stemmas, &groups));
    merge(&mut entries, &reports, publishers);
    Joined { furniture, stemmas, groups, entries }
}

/// The reports that have furniture of the pile, analysed without it; every word keeps its place.
fn without(reports: &[&Analysis], furniture: &[Furniture]) -> Vec<Analysis> {
    let of = |lines: &[Furniture]| {
        let i = reports.binary_search_by_key(&lines[0].place.report, |a| a.report.id).ok()?;
        Some(understood(reports[i].report.without(lines.iter().map(|f| f.place.span)), &()))
    };
    furniture.par_chunk_by(|a, b| a.place.report == b.place.report).filter_map(of).collect()
}

/// Both halves in memory: raw reports in any order, some perhaps twice, to a ledger.
pub fn ledger(raws: Vec<RawReport>) -> Ledger {
    let mut reports: Vec<Analysis> = raws.into_par_iter().map(analyse).collect();
    reports.sort_unstable_by_key(|a| a.report.id);
    reports.dedup_by_key(|a| a.report.id);
    let joined = join(&reports.iter().collect::<Vec<_>>());
    Ledger { reports, joined }
}
