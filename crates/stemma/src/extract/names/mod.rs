//! People, organisations, places, nationalities: where they stand and whom they name.

use crate::model::{Report, Span};
use crate::segment::Segments;
use serde::{Deserialize, Serialize};

/// One place where a name stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Name {
    /// Where, without title or role.
    pub span: Span,
    /// Whom it names, as an index into [`Extracts::entities`](super::Extracts::entities).
    pub entity: u32,
}

/// Someone or something named, one for all its names in a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// The fullest form in the report: `Kim Jong Un` for `Kim`, `Mr Kim`.
    pub canonical: String,
    /// A key equal across reports and, for countries and agencies, languages: folded, unaccented.
    pub key: String,
    /// What it is.
    pub kind: NameKind,
    /// ISO 3166-1 alpha-3 code, for countries, nationalities, capitals and those whose role names one.
    pub country: Option<String>,
    /// Titles and roles that stand beside the name: `foreign minister`.
    pub roles: Vec<Span>,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation that is no news agency.
    Organisation,
    /// A news agency or outlet.
    Agency,
    /// A country.
    Country,
    /// Another place.
    Place,
    /// A nationality or demonym used as such.
    Nationality,
    /// A name of which no more is known.
    Other,
}

/// Finds the names of a report.
pub fn names(_report: &Report, _segments: &Segments) -> (Vec<Name>, Vec<Entity>) {
    (Vec::new(), Vec::new())
}
/// stub
pub fn key_of(name: &str) -> String {
    name.to_lowercase()
}
