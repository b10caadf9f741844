//! Choices of one word, as typed on the command line.

use clap::ValueEnum;
use stemma::reconcile::Standing;
use stemma_show::export::Format as ExportFormat;
use stemma_show::graphs::Format as GraphFormat;

/// A standing as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum StandingArg {
    /// Two or more independent origins.
    Corroborated,
    /// Several reports, one origin.
    Echoed,
    /// One report, one origin.
    Single,
    /// Readings that cannot both hold.
    Disputed,
    /// A copy damaged it.
    Corrupted,
    /// A later telling replaces it.
    Updated,
}

impl From<StandingArg> for Standing {
    fn from(typed: StandingArg) -> Self {
        match typed {
            StandingArg::Corroborated => Self::Corroborated,
            StandingArg::Echoed => Self::Echoed,
            StandingArg::Single => Self::Single,
            StandingArg::Disputed => Self::Disputed,
            StandingArg::Corrupted => Self::Corrupted,
            StandingArg::Updated => Self::Updated,
        }
    }
}

/// A graph's format as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum GraphArg {
    /// Newick: trees as brackets, for programs of phylogeny.
    Newick,
    /// DOT, for Graphviz.
    Dot,
    /// GraphML, for yEd, Gephi and others.
    Graphml,
}

impl From<GraphArg> for GraphFormat {
    fn from(typed: GraphArg) -> Self {
        match typed {
            GraphArg::Newick => Self::Newick,
            GraphArg::Dot => Self::Dot,
            GraphArg::Graphml => Self::Graphml,
        }
    }
}

/// A form of export as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FormatArg {
    /// Tables with typed columns.
    Parquet,
    /// The same tables as text.
    Csv,
    /// One JSON object a line, with JSON Schemas.
    Jsonl,
    /// PROV-O as JSON-LD.
    Prov,
    /// The families as one graph.
    Graphml,
}

impl From<FormatArg> for ExportFormat {
    fn from(typed: FormatArg) -> Self {
        match typed {
            FormatArg::Parquet => Self::Parquet,
            FormatArg::Csv => Self::Csv,
            FormatArg::Jsonl => Self::Jsonl,
            FormatArg::Prov => Self::Prov,
            FormatArg::Graphml => Self::Graphml,
        }
    }
}

/// How a run tells of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogArg {
    /// Lines for people.
    Text,
    /// Lines of JSON.
    Json,
}
