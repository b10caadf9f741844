//! The path of the data, whole: the only file that names every stage.
//!
//! ```text
//! bytes -read-> RawReport -clean-> Report -segment-> Segments -extract-> Extracts   each report by itself
//!   Analyses -compare-> Likenesses -trace-> Stemmas -group-> Events -reconcile-> Entries   all together
//! ```

use crate::clean::clean;
use crate::compare::{Fingerprint, compare, fingerprint};
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

/// The per-report half.
pub fn analyse(raw: RawReport) -> Analysis {
    let report = clean(raw);
    let segments = segment(&report);
    let extracts = extract(&report, &segments);
    let fingerprint = fingerprint(&report, &segments, &extracts);
    Analysis { report, segments, extracts, fingerprint }
}

/// The all-together half. The order of input is irrelevant; each report is given once.
pub fn join(reports: &[&Analysis]) -> Joined {
    join_for(reports, &Publishers::default())
}

/// The same, where the outlets of one publisher count as one origin.
pub fn join_for(reports: &[&Analysis], publishers: &Publishers) -> Joined {
    let mut reports = reports.to_vec();
    reports.sort_unstable_by_key(|a| a.report.id);
    let likenesses = compare(&reports);
    let stemmas = trace(&reports, &likenesses);
    let groups = group(&reports, &stemmas);
    let mut entries = reconcile(&reports, &stemmas, &groups);
    merge(&mut entries, &reports, publishers);
    Joined { stemmas, groups, entries }
}

/// Both halves in memory: raw reports in any order, some perhaps twice, to a ledger.
pub fn ledger(raws: Vec<RawReport>) -> Ledger {
    let mut reports: Vec<Analysis> = raws.into_par_iter().map(analyse).collect();
    reports.sort_unstable_by_key(|a| a.report.id);
    reports.dedup_by_key(|a| a.report.id);
    let joined = join(&reports.iter().collect::<Vec<_>>());
    Ledger { reports, joined }
}
