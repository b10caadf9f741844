//! The words that stand for kinds and standings in tables and as keys.

use stemma::ledger::SentenceMark;
use stemma::model::NoteKind;
use stemma::reconcile::Standing;
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
