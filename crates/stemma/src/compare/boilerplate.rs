//! Analyses -> [`Furniture`]: lines that many reports of one outlet have, whatever they tell.
//!
//! What no cue of a language names is found from the pile: an outlet's slogan, the reporter's usual
//! notice, a box in the middle of every page. Copies of one text share their lines as well, so reports
//! count once for each *matter*: what two reports have beside a line must differ. Knows no language;
//! order of input is irrelevant. Never: touches a report; the pipeline takes the lines out.

use super::weight::PER_NAT;
use crate::Analysis;
use crate::clean::outlets;
use crate::model::id::hash;
use crate::model::{Note, NoteKind, Place, Report};
use crate::pile::{Need, Pile};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::slice::from_ref;

/// Matters that must share a line at the head or foot of its reports. Fewer, and two stock sentences
/// (`Nobody was hurt.`) of a small outlet would go; more, and furniture of small piles stays.
const LEAST: usize = 5;

/// Matters that must share a line which stands among others: what reports say in the middle is more
/// often stock wording than furniture.
const LEAST_INSIDE: usize = 12;

/// Share of the outlet's reports that must have the line, at an edge and inside. Forms that an agency
/// fills in repeat lines too (`Pay May 1. Record April 15`), but each in a few of a hundred reports:
/// on 19,043 Reuters reports as one outlet none stands in one of fifty.
const LEAST_SHARE: [f64; 2] = [0.05, 0.1];

/// Reports with a line that are looked at to count its matters: those with the lowest ids, which are
/// hashes, so as good as drawn by chance. Bounds the work on a line to some 500 pairs.
const SAMPLE: usize = 32;

/// Share of the telling words of the smaller that two reports may have in common and still be of
/// different matter. Copies, spun ones too, share .55 and more, sequels of one happening about .35,
/// strangers of one section .1.
const SAME_MATTER: f32 = 0.3;

/// Words under this rarity, in nats, tell no matter.
const TELLING: f32 = 2.0;

/// Share of a report's words that must stand beside all shared lines for it to count. A text with one
/// paragraph of its own is a copy, not a second matter; a page with more furniture than text is left.
const OWN: f64 = 0.5;

/// The fewest letters of a line that can be furniture.
const FEWEST_LETTERS: usize = 3;

/// A line that is the outlet's rather than the report's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    /// Where it stands, in the body.
    pub place: Place,
    /// How many reports of its outlet have it.
    pub n_reports: u32,
}

impl Furniture {
    /// The same as a note on its report.
    pub fn note(&self) -> Note {
        let detail = format!("A line of its outlet: {} reports have it, whatever they tell", self.n_reports);
        Note::at(NoteKind::Boilerplate, self.place.span, detail)
    }
}

/// One passage of one report, by places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    key: u64,
    report: u32,
    passage: u32,
}

/// The passages of a report.
struct Lines {
    outlet: Option<String>,
    /// A key of each passage, by what it says; none where it says too little.
    keys: Vec<Option<u64>>,
}

/// The furniture of a pile, by report and place.
///
/// # Errors
/// When reports cannot be looked at.
pub fn boilerplate<P: Pile>(pile: &P) -> Result<Vec<Furniture>, P::Error> {
    let lines = pile.each(Need::Words, |report| {
        let keys = report.segments.passages.iter().map(|p| key(report.report.words(p.span)));
        Lines { outlet: outlet(&report.report), keys: keys.collect() }
    })?;
    let mut outlets: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (place, lines) in lines.iter().enumerate() {
        if let Some(outlet) = &lines.outlet {
            outlets.entry(outlet).or_default().push(place as u32);
        }
    }
    let of = |reports: &Vec<u32>| of_outlet(pile, &lines, reports);
    let found: Result<Vec<Vec<(Line, u32)>>, P::Error> =
        outlets.into_values().collect::<Vec<_>>().par_iter().map(of).collect();
    let mut found: Vec<(Line, u32)> = found?.into_iter().flatten().collect();
    found.sort_unstable_by_key(|(line, _)| (line.report, line.passage));
    let furniture = |(line, n_reports): &(Line, u32), reports: &[&Analysis]| {
        let span = reports[0].segments.passages[line.passage as usize].span;
        Furniture { place: Place::new(reports[0].report.id, span), n_reports: *n_reports }
    };
    pile.of_each(&found, |(line, _)| from_ref(&line.report), Need::Words, furniture)
}

/// Whose furniture a report would have: its outlet's, its site's, that of the file whose row it is,
/// or that of its folder.
fn outlet(report: &Report) -> Option<String> {
    if let Some(outlet) = &report.outlet {
        return Some(outlet.to_lowercase());
    }
    if let Some(host) = report.url.as_deref().and_then(outlets::host) {
        return Some(host.to_lowercase());
    }
    let file = report.file.as_str();
    let row = file.rsplit_once(':').filter(|(_, row)| row.bytes().all(|b| b.is_ascii_digit()));
    row.or_else(|| file.rsplit_once('/')).map(|(within, _)| within.to_owned())
}

/// The lines of an outlet that are furniture, each with how many reports have it.
fn of_outlet<P: Pile>(pile: &P, lines: &[Lines], reports: &[u32]) -> Result<Vec<(Line, u32)>, P::Error> {
    if reports.len() < LEAST {
        return Ok(Vec::new());
    }
    let shared = shared_lines(lines, reports);
    let marked: FxHashSet<(u32, u32)> = shared.iter().map(|line| (line.report, line.passage)).collect();
    let mut found = Vec::new();
    for same in shared.chunk_by(|a, b| a.key == b.key) {
        let holders: Vec<u32> = same.chunk_by(|a, b| a.report == b.report).map(|run| run[0].report).collect();
        let edge = same.iter().filter(|line| at_edge(lines, line, &marked)).count() * 2 >= same.len();
        let (least, share) = if edge { (LEAST, LEAST_SHARE[0]) } else { (LEAST_INSIDE, LEAST_SHARE[1]) };
        if holders.len() as f64 >= share * reports.len() as f64 && matters(pile, &holders, &marked)? >= least
        {
            found.extend(same.iter().map(|line| (*line, holders.len() as u32)));
        }
    }
    Ok(found)
}

/// The lines that enough reports have to be asked about, in order.
fn shared_lines(lines: &[Lines], reports: &[u32]) -> Vec<Line> {
    let least = LEAST.max((LEAST_SHARE[0] * reports.len() as f64) as usize);
    let of = |report: u32| {
        let keys = lines[report as usize].keys.iter().zip(0..);
        keys.filter_map(move |(key, passage)| Some(Line { key: (*key)?, report, passage }))
    };
    let mut all: Vec<Line> = reports.par_iter().flat_map_iter(|report| of(*report)).collect();
    all.par_sort_unstable();
    let enough =
        |run: &&[Line]| run.len() >= least && run.chunk_by(|a, b| a.report == b.report).count() >= least;
    all.chunk_by(|a, b| a.key == b.key).filter(enough).flatten().copied().collect()
}

/// A line's words, whatever its case, spaces and marks.
fn key(line: &str) -> Option<u64> {
    let mut words = String::with_capacity(line.len());
    for word in line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words.extend(word.chars().flat_map(char::to_lowercase));
        words.push(' ');
    }
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= FEWEST_LETTERS).then(|| hash(&[words.as_bytes()]))
}

/// Whether only shared lines stand between a line and the head or the foot of its report.
fn at_edge(lines: &[Lines], line: &Line, shared: &FxHashSet<(u32, u32)>) -> bool {
    let n = lines[line.report as usize].keys.len() as u32;
    let all = |mut passages: std::ops::Range<u32>| passages.all(|p| shared.contains(&(line.report, p)));
    all(line.passage + 1..n) || all(0..line.passage)
}

/// How many different matters those reports tell, of a few of them.
fn matters<P: Pile>(pile: &P, holders: &[u32], shared: &FxHashSet<(u32, u32)>) -> Result<usize, P::Error> {
    let sample = &holders[..holders.len().min(SAMPLE)];
    pile.look(sample, Need::All, |reports| {
        let mut counted: Vec<Vec<(u32, f32)>> = Vec::new();
        for (holder, report) in sample.iter().zip(reports) {
            if let Some(own) = own_words(report, |p| shared.contains(&(*holder, p)))
                && counted.iter().all(|other| in_common(&own, other) < SAME_MATTER)
            {
                counted.push(own);
            }
        }
        counted.len()
    })
}

/// The telling words of a report beside its shared lines, with their nats, ascending; none if there
/// are too few of them.
fn own_words(report: &Analysis, shared: impl Fn(u32) -> bool) -> Option<Vec<(u32, f32)>> {
    let print = &report.fingerprint;
    let (mut own, mut n_own, mut n) = (Vec::new(), 0, 0);
    for sentence in &print.sentences {
        let words = print.words_of(sentence);
        n += words.len();
        let at = report.segments.sentence_at(sentence.span.start)?;
        if !shared(report.segments.sentences[at].passage) {
            n_own += words.len();
            own.extend(words.iter().map(|w| (w.stem, f32::from(w.weight) / PER_NAT)));
        }
    }
    own.retain(|(_, nats)| *nats >= TELLING);
    own.sort_unstable_by_key(|w| w.0);
    own.dedup_by_key(|w| w.0);
    (n_own as f64 >= OWN * n as f64 && !own.is_empty()).then_some(own)
}

/// Share of the smaller's words that the other has too, by weight, 0..=1.
fn in_common(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let total = |words: &[(u32, f32)]| words.iter().map(|w| w.1).sum::<f32>();
    let both = a.iter().filter(|w| b.binary_search_by_key(&w.0, |w| w.0).is_ok()).map(|w| w.1).sum::<f32>();
    both / total(a).min(total(b)).max(f32::MIN_POSITIVE)
}
