//! Who said what: source, cue, content, as in the attribution literature (PARC3, PolNeAR).
//!
//! Words with their quotation marks, then drafts by the rules of the language (tables under
//! `lang/`) or, where a language has trained weights, by a tagger that looks at what the rules
//! say; then values. A language without a table has no statements.

mod conjugate;
mod draft;
mod endings;
mod finish;
mod kinds;
mod lexicon;
mod near;
mod nominal;
mod phrases;
mod quotes;
mod rules;
mod speakers;
mod stand_ins;
pub mod tagger;
mod words;
#[cfg(test)]
mod tests;

use super::Extracts;
use crate::model::{Lang, Report, Span};
use crate::segment::Segments;
use serde::{Deserialize, Serialize};

/// One statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The words that name the speaker; empty if none do.
    pub source: Vec<Span>,
    /// The words of saying.
    pub cue: Vec<Span>,
    /// What is said; several spans where the cue or source splits it.
    pub content: Vec<Span>,
    /// The speaker's fullest name in the report, with pronouns and roles resolved.
    pub speaker: Option<String>,
    /// Through whom, outermost last: `Kim` told, `KCNA` said gives `["KCNA"]`.
    pub via: Vec<String>,
    /// Whose words.
    pub directness: Directness,
    /// Whether it is said, denied or withheld.
    pub stance: Stance,
}

/// Whose words a content is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Directness {
    /// The speaker's own, inside quotation marks.
    Direct,
    /// The report's.
    Indirect,
    /// The report's, with quoted parts.
    Mixed,
}

/// What the cue does with the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Says it.
    Asserted,
    /// Says that it is not so, or did not say it.
    Denied,
    /// Neither confirms nor denies: declined to say.
    Withheld,
}

/// Whether there are words for a language, so that its reports can have statements.
pub fn knows(lang: Lang) -> bool {
    lexicon::Lexicon::of(lang).is_some()
}

/// Whether a name is that of media in a language, by its words: "state media", "the agency Tarn".
pub(crate) fn is_media(lang: Lang, name: &str) -> bool {
    let Some(lexicon) = lexicon::Lexicon::of(lang) else { return false };
    name.split(|c: char| !c.is_alphanumeric()).any(|word| lexicon.role(&word.to_lowercase()).media)
}

/// Finds the statements of a report, in order of content.
///
/// ```
/// # use stemma::model::{Lang, RawReport};
/// let text = "The bridge is closed, the mayor of Loria said.".into();
/// let raw = RawReport { text, lang: Some(Lang::EN), ..RawReport::default() };
/// let analysis = stemma::analyse(raw);
/// let statement = &analysis.extracts.statements[0];
/// assert_eq!(analysis.report.words(statement.content[0]), "The bridge is closed");
/// ```
pub fn statements(report: &Report, segments: &Segments, found: &Extracts) -> Vec<Statement> {
    let Some(lexicon) = lexicon::Lexicon::of(report.lang) else { return Vec::new() };
    let text = words::Text::of(report, segments, lexicon);
    let rules = rules::drafts(&text);
    let drafts = match tagger::weights_of(report.lang) {
        Some(weights) => tagger::drafts(&text, found, &rules, weights),
        None => rules,
    };
    let hints = endings::endings(&text);
    finish::finish(&text, drafts, &hints, found)
}
