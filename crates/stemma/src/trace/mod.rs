//! Who copied whom: turns [`Likeness`] pairs into a [`Stemma`] for each family.
//!
//! Weighs coverage, order, time, credits and damage measured before it. Every report is in
//! exactly one family, perhaps alone. Invariants: no report descends from itself; the order
//! of input is irrelevant.

pub mod spun;

mod arborescence;
mod borrowings;
mod credit;
mod direction;
mod families;
mod kind;
mod pair;
mod stemma;
mod variants;

use self::stemma::Family;
use crate::Analysis;
use crate::compare::Likeness;
use crate::model::{FamilyId, Place, ReportId, Span};
use crate::pile::{Need, Pile};
use serde::{Deserialize, Serialize};

/// A family and its tree of descents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stemma {
    /// Stable identity.
    pub id: FamilyId,
    /// The reports bound by descent, ascending.
    pub reports: Vec<ReportId>,
    /// At most one for each report.
    pub descents: Vec<Descent>,
    /// Ancestors inferred, not read.
    pub lost: Vec<Lost>,
    /// Where the tellings differ in meaning.
    pub variants: Vec<Variant>,
    /// Reports whose wording looks swapped word by word for near-synonyms, with the evidence.
    pub spun: Vec<Spun>,
    /// For each report with borrowings, which sentences stand in an earlier one.
    pub borrowings: Vec<Borrowing>,
}

/// One report and what it was made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Descent {
    /// The report made.
    pub child: ReportId,
    /// What it was made from.
    pub parent: Parent,
    /// How.
    pub kind: DescentKind,
    /// Probability that child and parent are so related, 0..=1.
    pub confidence: f32,
    /// Other parents that the evidence supports as well, or that gave a part.
    pub also: Vec<Parent>,
    /// Why, in words, most telling first.
    pub evidence: Vec<String>,
    /// Share of the child's words that lie in sentences aligned to the parent (or sibling), 0..=1.
    pub coverage: f32,
}

/// A parent, read or inferred.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parent {
    /// A report that was read.
    Report(ReportId),
    /// A lost report, by its [`Lost::id`].
    Lost(String),
}

/// An ancestor inferred, not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// Name within the family: the credited agency, else `lost-1`, ….
    pub id: String,
    /// Who its descendants credit, if any does.
    pub credit: Option<String>,
    /// What it was made from in turn, if anything.
    pub parent: Option<Parent>,
}

/// How a report was made from its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum DescentKind {
    /// Verbatim and whole, but for furniture.
    Copy,
    /// Verbatim, much shorter.
    Excerpt,
    /// Reworked by a person.
    Edit,
    /// Order kept, content words swapped for near-synonyms.
    Spin,
    /// Another language.
    Translation,
}

/// A place where the tellings of a family differ in meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// What sort of difference.
    pub kind: VariantKind,
    /// What each telling has there, by report.
    pub readings: Vec<VariantReading>,
    /// The reports whose reading is likely the original; empty if nothing tells.
    pub likely_original: Vec<ReportId>,
    /// Why, in words.
    pub reason: String,
}

/// What one telling has at a variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariantReading {
    /// Where.
    pub place: Place,
    /// The words there; empty where the telling lacks them.
    pub text: String,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum VariantKind {
    /// A number.
    Number,
    /// A date or time.
    Date,
    /// A name.
    Name,
    /// Said of one, denied by the other.
    Negation,
    /// A word swapped for one of another meaning.
    Wording,
}

/// A report that looks spun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spun {
    /// The report.
    pub report: ReportId,
    /// Probability, 0..=1.
    pub probability: f32,
    /// Swapped wordings: where, and what likely stood there.
    pub phrases: Vec<SpunPhrase>,
}

/// A wording that no writer would choose, and the usual one that it stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpunPhrase {
    /// Where in the body.
    pub span: Span,
    /// The usual wording: `foreign minister` for `unfamiliar priest`.
    pub usual: String,
}

/// A sentence borrowed from another report of the pile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Borrowing {
    /// The borrowed sentence.
    pub place: Place,
    /// Where it stands in the other report.
    pub from: Place,
    /// Probability, 0..=1.
    pub confidence: f32,
}

/// What is asked of each report beside its likenesses.
struct Seen {
    /// Whom it credits.
    credits: Vec<String>,
    people: spun::People,
}

/// Builds the stemma of every family, ordered by id.
///
/// # Errors
/// When reports cannot be looked at.
pub fn trace<P: Pile>(pile: &P, likenesses: &[Likeness]) -> Result<Vec<Stemma>, P::Error> {
    let seen = pile.each(Need::Words, |r| Seen {
        credits: r.report.credit.as_ref().map_or_else(Vec::new, |credit| credit.names.clone()),
        people: spun::People::of(r),
    })?;
    let families = families::families(pile, likenesses)?;
    let mut of = vec![0; pile.len()];
    for (k, family) in families.iter().enumerate() {
        family.iter().for_each(|i| of[*i as usize] = k);
    }
    let home = |id: ReportId| pile.place(id).map(|place| of[place as usize]);
    let mut within: Vec<(Vec<u32>, Vec<&Likeness>)> =
        families.into_iter().map(|family| (family, Vec::new())).collect();
    for likeness in likenesses {
        if let (Some(k), Some(other)) = (home(likeness.a), home(likeness.b))
            && k == other
        {
            within[k].1.push(likeness);
        }
    }
    let imprint = credit::imprint(seen.iter().map(|s| &s.credits[..]));
    let stemma = |(_, likenesses): &(Vec<u32>, Vec<&Likeness>), members: &[&Analysis]| {
        let likenesses = likenesses.iter().copied().cloned().collect();
        Family::new(members.to_vec(), likenesses, imprint).stemma()
    };
    let mut stemmas = pile.of_each(&within, |(family, _)| family, Need::All, stemma)?;
    spun::add_renamed(&mut stemmas, pile, seen.iter().map(|s| &s.people))?;
    borrowings::add(&mut stemmas, pile, likenesses)?;
    stemmas.sort_unstable_by_key(|s| s.id);
    Ok(stemmas)
}

#[cfg(test)]
mod tests;
