//! Parts of files -> analyses, on all threads; known reports are told before work is done on them.

use crate::model::{Note, NoteKind, RawReport, ReportId};
use crate::read::{Part, Told};
use crate::{Analysis, Watch, analyse_or_none};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes in a batch: what is lost at most when a run is killed, and what is held at a time.
pub const BYTES: usize = 8 << 20;
/// Parts in a batch: many small files must not wait for [`BYTES`].
pub const PARTS: usize = 1_024;

/// What a batch of parts held.
#[derive(Debug, Default)]
pub struct Held {
    /// Reports, each once, in order.
    pub raws: Vec<RawReport>,
    /// How many stood there twice.
    pub repeated: usize,
    /// Notes on inputs, by name.
    pub notes: Notes,
}

/// Reads the parts of a batch.
pub fn held(parts: Vec<Part>, told: &Told) -> Held {
    let read_one = |part: Part| {
        let name = part.name().to_owned();
        match catch_unwind(AssertUnwindSafe(|| part.read(told))) {
            Ok(found) => (name, found.reports, found.notes),
            Err(_) => (name, Vec::new(), vec![fault()]),
        }
    };
    let read: Vec<(String, Vec<RawReport>, Vec<Note>)> = parts.into_par_iter().map(read_one).collect();
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
pub type Analysed = Vec<(RawReport, Analysis)>;

/// Notes on inputs, by name.
pub type Notes = Vec<(String, Note)>;

/// Analyses reports; none if `stop` says so meanwhile. A report on which the engine fails costs a note.
pub fn analysed(
    raws: Vec<RawReport>,
    watch: &impl Watch,
    stop: impl Fn() -> bool + Sync,
) -> Option<(Analysed, Notes)> {
    let analyse_one = |raw: RawReport| {
        if stop() {
            return None;
        }
        Some(match analyse_or_none(&raw, watch) {
            Some(analysis) => Ok((raw, analysis)),
            None => Err((raw.file, fault())),
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
pub fn ids(raws: &[RawReport]) -> Vec<ReportId> {
    raws.par_iter().map(RawReport::id).collect()
}

fn fault() -> Note {
    Note::new(NoteKind::Malformed, "Left out: stemma itself failed on it; please report this with the input")
}
