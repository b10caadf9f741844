//! What a ledger comes to: counts over all of it, and what a reader should look at first, read row by row.

use crate::pack::unpack;
use crate::{Figures, Store, StoreError};
use rusqlite::ToSql;
use std::collections::BTreeMap;
use stemma::Analysis;
use stemma::compare::Furniture;
use stemma::ledger::order::STANDINGS;
use stemma::model::{EntryId, FamilyId, NoteKind, ReportId};
use stemma::reconcile::Standing;
use stemma::trace::{DescentKind, Stemma};

/// Counts over a whole ledger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sums {
    /// Those that the key columns give.
    pub figures: Figures,
    /// Notes of each kind, on inputs and on reports.
    pub notes: BTreeMap<NoteKind, usize>,
    /// Reports that were made from another, read or lost, in each way.
    pub kinds: BTreeMap<DescentKind, usize>,
    /// Places where tellings of a family differ.
    pub variants: usize,
    /// Reports that look spun.
    pub spun: usize,
    /// Entries to look at first: those of each standing but the commonest.
    pub entries: Vec<EntryId>,
    /// The largest families of several reports.
    pub families: Vec<FamilyId>,
    /// Reports that most surely look spun, with their families.
    pub surest_spun: Vec<(ReportId, FamilyId)>,
}

/// How many of a sort are brought forward: entries of one standing, entries, families, spun reports.
#[derive(Clone, Copy, Debug)]
pub struct Forward {
    /// Entries of one standing at most.
    pub per_standing: usize,
    /// Entries at most.
    pub entries: usize,
    /// Families at most.
    pub families: usize,
    /// Spun reports at most.
    pub spun: usize,
}

impl Store {
    /// Sums up the ledger. Looks at every report's notes and every family.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn sums(&self, forward: Forward) -> Result<Sums, StoreError> {
        let mut sums = Sums { figures: self.counted()?, notes: self.note_kinds()?, ..Sums::default() };
        let mut spun: Vec<(f32, ReportId, FamilyId)> = Vec::new();
        self.each_whole("family", |stemma: Stemma| {
            for descent in &stemma.descents {
                *sums.kinds.entry(descent.kind).or_default() += 1;
            }
            sums.variants += stemma.variants.len();
            sums.spun += stemma.spun.len();
            spun.extend(stemma.spun.iter().map(|s| (s.probability, s.report, stemma.id)));
            if spun.len() > 2 * forward.spun {
                surest(&mut spun, forward.spun);
            }
        })?;
        surest(&mut spun, forward.spun);
        sums.surest_spun = spun.into_iter().map(|(_, report, family)| (report, family)).collect();
        let sql = "SELECT id FROM entries WHERE standing = ?1 ORDER BY place LIMIT ?2";
        for standing in STANDINGS.into_iter().filter(|s| *s != Standing::Single) {
            let of = self.texts(sql, &[&crate::joined::word(&standing), &(forward.per_standing as i64)])?;
            sums.entries.extend(of.iter().filter_map(|id| EntryId::parse(id)));
        }
        sums.entries.truncate(forward.entries);
        let sql = "SELECT id FROM families WHERE n_reports > 1 ORDER BY place LIMIT ?1";
        let families = self.texts(sql, &[&(forward.families as i64)])?;
        sums.families = families.iter().filter_map(|id| FamilyId::parse(id)).collect();
        Ok(sums)
    }

    /// How many notes of each kind there are, on inputs, on reports and on furniture.
    fn note_kinds(&self) -> Result<BTreeMap<NoteKind, usize>, StoreError> {
        let mut kinds: BTreeMap<NoteKind, usize> = BTreeMap::new();
        let mut count = |kind| *kinds.entry(kind).or_default() += 1;
        self.notes()?.iter().for_each(|(_, note)| count(note.kind));
        self.each_whole("furniture", |line: Furniture| count(line.note().kind))?;
        self.each_analysis(&self.db, false, of_report, |some| {
            some.into_iter().flatten().for_each(&mut count)
        })?;
        Ok(kinds)
    }

    fn texts(&self, sql: &str, given: &[&dyn ToSql]) -> Result<Vec<String>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<String>> {
            self.db.prepare_cached(sql)?.query_map(given, |row| row.get(0))?.collect()
        };
        ask().map_err(|e| self.fail(e))
    }

    /// Shows all wholes of a kind, one row of them after another.
    fn each_whole<T: serde::de::DeserializeOwned>(
        &self,
        kind: &str,
        mut see: impl FnMut(T),
    ) -> Result<(), StoreError> {
        let sql = "SELECT data FROM wholes WHERE kind = ?1 ORDER BY chunk";
        let mut ask = self.db.prepare(sql).map_err(|e| self.fail(e))?;
        let mut rows = ask.query([kind]).map_err(|e| self.fail(e))?;
        while let Some(row) = rows.next().map_err(|e| self.fail(e))? {
            let blob = row.get_ref(0).and_then(|b| b.as_blob().map_err(Into::into));
            let some: Vec<T> = unpack(blob.map_err(|e| self.fail(e))?)
                .map_err(|e| self.damaged(format!("a list of its {kind} rows cannot be unpacked ({e})")))?;
            some.into_iter().for_each(&mut see);
        }
        Ok(())
    }
}

fn of_report(analysis: Analysis) -> Vec<NoteKind> {
    analysis.report.notes.iter().chain(&analysis.extracts.notes).map(|note| note.kind).collect()
}

/// Keeps those of the highest probability.
fn surest(spun: &mut Vec<(f32, ReportId, FamilyId)>, n: usize) {
    spun.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    spun.truncate(n);
}
