//! What each sentence of a report is to the others: its own, borrowed, or part of an entry.
//!
//! Reads borrowings and readings that stand in the ledger already; measures nothing.

use super::Lookup;
use crate::model::{EntryId, Place, ReportId, Span};
use crate::reconcile::Standing;
use serde::{Deserialize, Serialize};

/// A sentence with what the ledger says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Where it stands.
    pub span: Span,
    /// The most telling thing about it.
    pub mark: SentenceMark,
    /// Where it was borrowed from, if it was.
    pub from: Option<Place>,
    /// The entries with a reading in it, ordered by id.
    pub entries: Vec<EntryId>,
}

/// How a sentence stands to other tellings, most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SentenceMark {
    /// Independent origins contradict it, or it them.
    Disputed,
    /// It has a reading that was damaged in copying, or that a copy of it damaged.
    Corrupted,
    /// A later telling replaces it, or it an earlier one.
    Updated,
    /// Independent origins tell it as well.
    Corroborated,
    /// Others tell it, from the same origin.
    Echoed,
    /// It stands in an earlier report.
    Borrowed,
    /// No other report read has it.
    Own,
}

impl SentenceMark {
    fn of(standing: Standing, borrowed: bool) -> Self {
        match standing {
            Standing::Disputed => Self::Disputed,
            Standing::Corrupted => Self::Corrupted,
            Standing::Updated => Self::Updated,
            Standing::Corroborated => Self::Corroborated,
            Standing::Echoed => Self::Echoed,
            Standing::Single if borrowed => Self::Borrowed,
            Standing::Single => Self::Own,
        }
    }
}

impl Lookup<'_> {
    /// Every sentence of a report, in order, with what it is to the other tellings.
    pub fn told(&self, id: ReportId) -> Vec<Told> {
        let Some(analysis) = self.report(id) else { return Vec::new() };
        let mut told: Vec<Told> = (analysis.segments.sentences.iter())
            .map(|s| Told { span: s.span, mark: SentenceMark::Own, from: None, entries: Vec::new() })
            .collect();
        for (span, from) in self.borrowings_of(id) {
            for sentence in overlapped(&mut told, *span) {
                sentence.from.get_or_insert(*from);
                sentence.mark = SentenceMark::Borrowed;
            }
        }
        for entry in self.entries_of(id) {
            for reading in entry.readings.iter().filter(|r| r.place.report == id) {
                for sentence in overlapped(&mut told, reading.place.span) {
                    let mark = SentenceMark::of(entry.standing, sentence.from.is_some());
                    sentence.mark = sentence.mark.min(mark);
                    if sentence.entries.last() != Some(&entry.id) {
                        sentence.entries.push(entry.id);
                    }
                }
            }
        }
        told
    }

    /// Share of a report's words in sentences that stand in no earlier report, 0..=1; 1 for an empty one.
    pub fn own_share(&self, id: ReportId) -> f32 {
        let Some(analysis) = self.report(id) else { return 1.0 };
        let sentences = &analysis.segments.sentences;
        let borrowed = self.borrowings_of(id);
        let words = |own: bool| -> u32 {
            let counted = sentences.iter().filter(|s| own != borrowed.iter().any(|b| b.0.overlaps(&s.span)));
            counted.map(|s| s.tokens.end - s.tokens.start).sum()
        };
        let (own, others) = (words(true), words(false));
        if own + others == 0 { 1.0 } else { own as f32 / (own + others) as f32 }
    }
}

/// The sentences that share a byte with a span; they are in order and do not overlap.
fn overlapped(told: &mut [Told], span: Span) -> &mut [Told] {
    let from = told.partition_point(|t| t.span.end <= span.start);
    let to = told.partition_point(|t| t.span.start < span.end);
    &mut told[from.min(to)..to]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Ledger;
    use crate::model::{FamilyId, RawReport};
    use crate::reconcile::{Entry, Reading};
    use crate::trace::{Borrowing, Stemma};

    const TEXT: &str = "The dam broke. Nine boats sank. Help came late.";

    /// A ledger of two reports of one text, the greater id borrowing its first sentence.
    fn fixture() -> (Ledger, ReportId) {
        let raw = |key: &str| RawReport { key: key.into(), text: TEXT.into(), ..RawReport::default() };
        let mut ledger = crate::ledger(vec![raw("a"), raw("b")]);
        let ids: Vec<ReportId> = ledger.reports.iter().map(|a| a.report.id).collect();
        let borrowing = Borrowing {
            place: Place::new(ids[1], Span::new(0, 14)),
            from: Place::new(ids[0], Span::new(0, 14)),
            confidence: 0.9,
        };
        ledger.joined.stemmas = vec![Stemma {
            id: FamilyId(1),
            reports: ids.clone(),
            descents: Vec::new(),
            lost: Vec::new(),
            variants: Vec::new(),
            spun: Vec::new(),
            borrowings: vec![borrowing],
        }];
        let place = Place::new(ids[1], Span::new(15, 19));
        let reading = Reading {
            place,
            text: "Nine".into(),
            value: Some("9".into()),
            origin: 0,
            via: Vec::new(),
            negated: false,
        };
        ledger.joined.entries = vec![Entry {
            id: EntryId(7),
            claim: place,
            text: "Nine boats sank.".into(),
            event: None,
            standing: Standing::Disputed,
            reason: String::new(),
            origins: Vec::new(),
            readings: vec![reading],
        }];
        (ledger, ids[1])
    }

    #[test]
    fn sentences_are_marked_by_what_matters_most() {
        let (ledger, id) = fixture();
        let ledger = Lookup::of(&ledger);
        let marks: Vec<SentenceMark> = ledger.told(id).iter().map(|t| t.mark).collect();
        assert_eq!(marks, [SentenceMark::Borrowed, SentenceMark::Disputed, SentenceMark::Own]);
        assert_eq!(ledger.told(id)[1].entries, [EntryId(7)]);
    }

    #[test]
    fn own_share_counts_words_not_borrowed() {
        let (ledger, id) = fixture();
        let ledger = Lookup::of(&ledger);
        assert!((ledger.own_share(id) - 8.0 / 12.0).abs() < 1e-6);
        assert_eq!(ledger.own_share(ReportId(0)), 1.0);
    }
}
