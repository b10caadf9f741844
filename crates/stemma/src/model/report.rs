//! A report: as it came in, and as the later stages see it.

use super::{Lang, Moment, Note, ReportId, Span};
use serde::{Deserialize, Serialize};

/// What the raw text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// An HTML page.
    Html,
}

/// One report as `read` found it: decoded text and whatever the container said about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RawReport {
    /// What identifies it beside its text: address, row id, or file name without folders.
    pub key: String,
    /// Where it was read from, for people: a path, with `:ROW` inside a container.
    pub file: String,
    /// The decoded text, not yet cleaned.
    pub text: String,
    /// How `text` is written.
    pub format: Format,
    /// Who published it, if the container says.
    pub outlet: Option<String>,
    /// Its address, if known.
    pub url: Option<String>,
    /// Its headline, if the container says.
    pub title: Option<String>,
    /// Who wrote it, if the container says.
    pub byline: Option<String>,
    /// When it was published, if known.
    pub published: Option<Moment>,
    /// Its language, if the container or the user says.
    pub lang: Option<Lang>,
    /// What was noticed while reading.
    pub notes: Vec<Note>,
    /// The part of the paper that it stood in, if the container says: `World`.
    pub section: Option<String>,
    /// When it was out at the latest: fetched, saved, or the day given for reports that do not say.
    /// Dates a report that nothing else dates.
    pub seen: Option<Moment>,
}

impl RawReport {
    /// The identity of the report.
    pub fn id(&self) -> ReportId {
        ReportId::of(&self.key, self.text.as_bytes())
    }
}

/// Where a text came from, as its credit line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// The agencies or outlets named, in order, in their usual names: `["BBC"]`.
    pub names: Vec<String>,
    /// The words that say so, in the raw text.
    pub words: String,
}

/// A stretch of the body that stands unchanged in the raw text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Where in the body.
    pub body: Span,
    /// First byte in the raw text.
    pub raw: u32,
}

/// One text, from one outlet, at one time, cleaned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Stable identity.
    pub id: ReportId,
    /// Where it was read from, for people.
    pub file: String,
    /// Who published it, if known.
    pub outlet: Option<String>,
    /// Its address, if known.
    pub url: Option<String>,
    /// Its headline, if it has one.
    pub title: Option<String>,
    /// Where the headline stands in `body`; none when the container gave it apart.
    pub headline: Option<Span>,
    /// The part of the paper that it stood in.
    pub section: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Where the text came from, as the report itself says.
    pub credit: Option<Credit>,
    /// The words of its dateline: `WONSAN, July 13`.
    pub dateline: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// Its language.
    pub lang: Lang,
    /// The cleaned text; all spans are byte ranges in it. Cleaning removes and splits, it never rewords.
    pub body: String,
    /// How the body lies in the raw text, in order.
    pub stretches: Vec<Stretch>,
    /// Places in the body (byte positions) where sentences were run together.
    pub glued: Vec<u32>,
    /// What was noticed.
    pub notes: Vec<Note>,
}

impl Report {
    /// The words at a span.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.body)
    }

    /// The same report with blanks where the spans stand, so that every other word keeps its place.
    pub fn without(&self, spans: impl IntoIterator<Item = Span>) -> Report {
        let mut bare = self.clone();
        for span in spans {
            let blank = " ".repeat((span.end - span.start) as usize);
            bare.body.replace_range(span.start as usize..span.end as usize, &blank);
            bare.headline = bare.headline.filter(|h| h.end <= span.start || span.end <= h.start);
        }
        bare
    }

    /// Where a span of the body begins in the raw text, if it lies in one stretch.
    pub fn raw_start(&self, span: Span) -> Option<u32> {
        let i = self.stretches.partition_point(|s| s.body.start <= span.start).checked_sub(1)?;
        let stretch = self.stretches[i];
        (span.end <= stretch.body.end).then(|| stretch.raw + (span.start - stretch.body.start))
    }
}
