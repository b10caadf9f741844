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
use crate::model::{Moment, RawReport, Report, ReportId, Span};
use crate::pile::{Held, Need, Pile};
use crate::publishers::{Publishers, merge};
use crate::reconcile::{Entry, each_once, reconcile};
use crate::segment::{Segments, segment};
use crate::trace::trace;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::slice::from_ref;
use std::sync::Mutex;

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
    let entries = Mutex::new(Vec::new());
    let take = |some: Vec<Entry>, _: &[&Analysis]| entries.lock().expect("none panics").extend(some);
    let Ok(mut joined) = join_pile(&Held::new(reports), publishers, watch, take);
    joined.entries = entries.into_inner().expect("none panics");
    each_once(&mut joined.entries);
    joined
}

/// The all-together half of a pile that may be larger than memory. Entries go to `take` as they are made, some
/// at a time, with the reports that tell them, ascending by id, one in a long while twice ([`reconcile`]); the
/// result has none.
///
/// # Errors
/// When reports cannot be looked at.
pub fn join_pile<P: Pile>(
    pile: &P,
    publishers: &Publishers,
    watch: &impl Watch,
    take: impl Fn(Vec<Entry>, &[&Analysis]) + Sync,
) -> Result<Joined, P::Error> {
    let furniture = watch.step("furniture", || boilerplate(pile))?;
    let pile = &watch.step("furniture", || Bare::new(pile, &furniture))?;
    let likenesses = watch.step("compare", || compare(pile))?;
    let stemmas = watch.step("trace", || trace(pile, &likenesses))?;
    drop(likenesses);
    let groups = watch.step("group", || group(pile, &stemmas))?;
    let take = |mut entries: Vec<Entry>, reports: &[&Analysis]| {
        merge(&mut entries, reports, publishers);
        take(entries, reports);
    };
    watch.step("reconcile", || reconcile(pile, &stemmas, &groups, take))?;
    Ok(Joined { furniture, stemmas, groups, entries: Vec::new() })
}

/// A pile without its furniture: reports that have some are analysed without it; every word keeps its place.
struct Bare<'p, P> {
    pile: &'p P,
    /// What furniture the report at a place has.
    furniture: FxHashMap<u32, Vec<Span>>,
    /// Some of those reports without it; others are made when they are looked at.
    held: FxHashMap<u32, Analysis>,
}

/// Reports without their furniture that are held, some 12 KB each.
const HELD: usize = 65_536;

impl<'p, P: Pile> Bare<'p, P> {
    fn new(pile: &'p P, furniture: &[Furniture]) -> Result<Self, P::Error> {
        let mut lines: FxHashMap<u32, Vec<Span>> = FxHashMap::default();
        for Furniture { place, .. } in furniture {
            if let Some(at) = pile.place(place.report) {
                lines.entry(at).or_default().push(place.span);
            }
        }
        let mut places: Vec<u32> = lines.keys().copied().collect();
        places.sort_unstable();
        places.truncate(HELD);
        let made =
            pile.of_each(&places, from_ref, Need::Words, |at, reports| bare(reports[0], &lines[at]))?;
        Ok(Self { pile, held: places.into_iter().zip(made).collect(), furniture: lines })
    }

    /// The report at a place without its furniture, if it has some.
    fn of(&self, place: u32, report: &Analysis) -> Option<Cow<'_, Analysis>> {
        let held = self.held.get(&place).map(Cow::Borrowed);
        held.or_else(|| self.furniture.get(&place).map(|lines| Cow::Owned(bare(report, lines))))
    }
}

fn bare(report: &Analysis, furniture: &[Span]) -> Analysis {
    understood(report.report.without(furniture.iter().copied()), &())
}

impl<P: Pile> Pile for Bare<'_, P> {
    type Error = P::Error;

    fn ids(&self) -> &[ReportId] {
        self.pile.ids()
    }

    fn published(&self, place: u32) -> Option<Moment> {
        self.pile.published(place)
    }

    fn look<T>(
        &self,
        places: &[u32],
        need: Need,
        see: impl FnOnce(&[&Analysis]) -> T,
    ) -> Result<T, P::Error> {
        // A fingerprint without furniture is made from the words.
        let is_made = |at: &u32| self.furniture.contains_key(at) && !self.held.contains_key(at);
        let need = if need == Need::Print && places.iter().any(is_made) { Need::All } else { need };
        self.pile.look(places, need, |reports| {
            let bare: Vec<Option<Cow<Analysis>>> =
                places.iter().zip(reports).map(|(at, report)| self.of(*at, report)).collect();
            let seen = bare.iter().zip(reports).map(|(bare, report)| bare.as_deref().unwrap_or(report));
            see(&seen.collect::<Vec<_>>())
        })
    }
}

/// Both halves in memory: raw reports in any order, some perhaps twice, to a ledger.
pub fn ledger(raws: Vec<RawReport>) -> Ledger {
    let mut reports: Vec<Analysis> = raws.into_par_iter().map(analyse).collect();
    reports.sort_unstable_by_key(|a| a.report.id);
    reports.dedup_by_key(|a| a.report.id);
    let joined = join(&reports.iter().collect::<Vec<_>>());
    Ledger { reports, joined }
}
