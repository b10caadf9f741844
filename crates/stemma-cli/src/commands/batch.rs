//! Pieces of bytes -> analyses, on all threads; known reports are told before work is done on them.

use crate::input::pieces::Piece;
use crate::interrupt;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use stemma::Analysis;
use stemma::model::{Lang, Moment, Note, NoteKind, RawReport, ReportId};
use stemma::read::{Input, read};

/// Bytes in a batch: what is lost at most when a run is killed, and what is held at a time.
pub(crate) const BYTES: usize = 8 << 20;
/// Pieces in a batch: many small files must not wait for [`BYTES`].
pub(crate) const PIECES: usize = 1_024;

/// What `read` was told of all reports.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told {
    /// When those were published that do not say.
    pub(crate) published: Option<Moment>,
    /// Their language.
    pub(crate) lang: Option<Lang>,
}

/// What a batch of pieces held.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// Reports, each once, in order.
    pub(crate) raws: Vec<RawReport>,
    /// How many stood there twice.
    pub(crate) repeated: usize,
    /// Notes on inputs, by name.
    pub(crate) notes: Notes,
}

/// Reads the pieces of a batch.
pub(crate) fn held(pieces: Vec<Piece>, told: Told) -> Held {
    let read_one = |piece: Piece| {
        let mut notes = piece.notes;
        let mut reports = Vec::new();
        // Without bytes, a note says why there are none.
        if !piece.bytes.is_empty() || notes.is_empty() {
            let input = Input {
                name: &piece.name,
                bytes: &piece.bytes,
                first_row: piece.first_row,
                published: told.published,
                lang: told.lang,
            };
            match catch_unwind(AssertUnwindSafe(|| read(&input))) {
                Ok(found) => {
                    reports = found.reports;
                    notes.extend(found.notes);
                }
                Err(_) => notes.push(fault()),
            }
        }
        (piece.name, reports, notes)
    };
    let read: Vec<(String, Vec<RawReport>, Vec<Note>)> = pieces.into_par_iter().map(read_one).collect();
    let mut held = Held::default();
    let mut seen = BTreeSet::new();
    for (name, reports, notes) in read {
        held.notes.extend(notes.into_iter().map(|note| (name.clone(), note)));
        for raw in reports {
            if seen.insert(raw.id()) {
                held.raws.push(raw);
            } else {
                held.repeated += 1;
            }
        }
    }
    held
}

/// Reports as they were read, each with what it shows by itself.
pub(crate) type Analysed = Vec<(RawReport, Analysis)>;

/// Notes on inputs, by name.
pub(crate) type Notes = Vec<(String, Note)>;

/// Analyses reports; none if the user asked to stop. A report on which the engine fails costs a note.
pub(crate) fn analysed(raws: Vec<RawReport>) -> Option<(Analysed, Notes)> {
    let analyse_one = |raw: RawReport| {
        if interrupt::asked() {
            return None;
        }
        let copy = raw.clone();
        Some(match catch_unwind(AssertUnwindSafe(move || stemma::analyse(copy))) {
            Ok(analysis) => Ok((raw, analysis)),
            Err(_) => Err((raw.file, fault())),
        })
    };
    let done: Option<Vec<_>> = raws.into_par_iter().map(analyse_one).collect();
    let mut batch = Vec::new();
    let mut notes = Vec::new();
    for one in done? {
        match one {
            Ok(pair) => batch.push(pair),
            Err(note) => notes.push(note),
        }
    }
    Some((batch, notes))
}

/// Their ids, in order.
pub(crate) fn ids(raws: &[RawReport]) -> Vec<ReportId> {
    raws.par_iter().map(RawReport::id).collect()
}

fn fault() -> Note {
    Note::new(NoteKind::Malformed, "Left out: stemma itself failed on it; please report this with the input")
}
