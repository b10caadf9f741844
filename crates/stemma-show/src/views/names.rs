//! The words that stand for kinds and standings in tables and as keys.

use stemma::check::{Bearing, Outcome};
use stemma::ledger::SentenceMark;
use stemma::model::NoteKind;
use stemma::reconcile::{OriginKind, Standing};
use stemma::trace::{DescentKind, VariantKind};

pub use stemma::ledger::order::STANDINGS;

/// The word for a standing.
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Corroborated => "corroborated",
        Standing::Echoed => "echoed",
        Standing::Single => "single",
        Standing::Disputed => "disputed",
        Standing::Corrupted => "corrupted",
        Standing::Updated => "updated",
    }
}

/// The sentence for an outcome.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Supported => "Supported: what was read says so, and nobody says otherwise",
        Outcome::Qualified => "Qualified: it is told with a difference, or in part",
        Outcome::Contested => "Contested: some say so, others say otherwise",
        Outcome::Disputed => "Disputed: what was read cannot hold beside it",
        Outcome::Unknown => "Unknown: nothing that was read bears on it",
    }
}

/// The word for what an entry means for a sentence.
pub fn bearing(bearing: Bearing) -> &'static str {
    match bearing {
        Bearing::Supports => "supports",
        Bearing::Qualifies => "qualifies",
        Bearing::Disputes => "disputes",
    }
}

/// The word for what an origin is.
pub fn origin(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Speaker => "speaker",
        OriginKind::Agency => "agency",
        OriginKind::Report => "report",
    }
}

/// The key for a value without fields, as it stands in JSON.
pub fn key<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The word for how a report was made.
pub fn descent(kind: DescentKind) -> &'static str {
    match kind {
        DescentKind::Copy => "Copy",
        DescentKind::Excerpt => "Excerpt",
        DescentKind::Edit => "Edit",
        DescentKind::Spin => "Spin",
        DescentKind::Translation => "Translation",
    }
}

/// The word for what differs.
pub fn variant(kind: VariantKind) -> &'static str {
    match kind {
        VariantKind::Number => "Number",
        VariantKind::Date => "Date",
        VariantKind::Name => "Name",
        VariantKind::Negation => "Negation",
        VariantKind::Wording => "Wording",
    }
}

/// The word for what a sentence is to other tellings.
pub fn mark(mark: SentenceMark) -> &'static str {
    match mark {
        SentenceMark::Disputed => "disputed",
        SentenceMark::Corrupted => "corrupted",
        SentenceMark::Updated => "updated",
        SentenceMark::Corroborated => "corroborated",
        SentenceMark::Echoed => "echoed",
        SentenceMark::Borrowed => "borrowed",
        SentenceMark::Own => "own",
    }
}

/// The key for a kind of note, as it stands in JSON.
pub fn note(kind: NoteKind) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(word)) => word,
        _ => format!("{kind:?}"),
    }
}
