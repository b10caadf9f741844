//! One report: what is known about it, its text with marks, and what it says.

use super::families::{DescentView, SpunView, descent, family};
use super::shared::{Quote, Range, RangeSchema, range};
use serde::Serialize;
use stemma::Analysis;
use stemma::ledger::Lookup;
use stemma::ledger::SentenceMark;
use stemma::ledger::find::base_name;
use stemma::model::{EntryId, EventId, FamilyId, ReportId, Span, StorylineId};
use utoipa::ToSchema;

/// One report.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ReportView {
    /// Its id.
    pub id: ReportId,
    /// The name of its file.
    pub file: String,
    /// Where it was read from.
    pub path: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The part of the paper that it stood in.
    pub section: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Whom it credits, joined by commas.
    pub credit: Option<String>,
    /// The words of the credit line.
    pub credit_words: Option<String>,
    /// Its dateline.
    pub dateline: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Its language.
    pub lang: String,
    /// The family that it is in.
    pub family: Option<FamilyId>,
    /// What it was made from.
    pub descent: Option<DescentView>,
    /// Why it looks spun, if it does.
    pub spun: Option<SpunView>,
    /// The event that it tells.
    pub event: Option<EventId>,
    /// The storyline that this is part of.
    pub storyline: Option<StorylineId>,
    /// Share of its words that stand in no earlier report, 0..=1.
    pub own_share: f32,
    /// Its cleaned text; every span is in it.
    pub body: String,
    /// Its sentences, in order.
    pub sentences: Vec<SentenceView>,
    /// Who said what.
    pub statements: Vec<StatementView>,
    /// What happened, coded in PLOVER.
    pub mentions: Vec<MentionView>,
    /// Who and what is named.
    pub names: Vec<NameView>,
    /// Expressions of time.
    pub times: Vec<ValueView>,
    /// Quantities.
    pub quantities: Vec<ValueView>,
    /// What was noticed.
    pub notes: Vec<NoteView>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SentenceView {
    /// Where it stands.
    #[schema(value_type = RangeSchema)]
    pub span: Range,
    /// What it is to other tellings.
    pub mark: SentenceMark,
    /// Where it was borrowed from.
    pub from: Option<Quote>,
    /// The entries with a reading in it.
    pub entries: Vec<EntryId>,
    /// Whether it begins a paragraph.
    pub opens: bool,
}

/// Who said what.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct StatementView {
    /// The speaker's fullest name.
    pub speaker: Option<String>,
    /// Through whom, outermost last.
    pub via: Vec<String>,
    /// Whose words: `direct`, `indirect`, `mixed`.
    pub directness: stemma::extract::Directness,
    /// Whether it is said, denied or withheld.
    pub stance: stemma::extract::Stance,
    /// The words that name the speaker.
    #[schema(value_type = Vec<RangeSchema>)]
    pub source: Vec<Range>,
    /// The words of saying.
    #[schema(value_type = Vec<RangeSchema>)]
    pub cue: Vec<Range>,
    /// Where the content stands.
    #[schema(value_type = Vec<RangeSchema>)]
    pub content: Vec<Range>,
    /// The content, parts joined by an ellipsis.
    pub text: String,
}

/// A happening told.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct MentionView {
    /// The clause.
    #[schema(value_type = RangeSchema)]
    pub span: Range,
    /// Its words.
    pub text: String,
    /// PLOVER event type.
    pub event: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Who acts.
    pub actors: Vec<String>,
    /// Whom it is done to.
    pub recipients: Vec<String>,
    /// When, as a TIMEX3 value.
    pub time: Option<String>,
    /// How it is told.
    pub modality: stemma::extract::Modality,
}

/// Someone or something named.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct NameView {
    /// The fullest form.
    pub name: String,
    /// What it is.
    pub kind: stemma::extract::NameKind,
    /// Its country's ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// Where it is named.
    #[schema(value_type = Vec<RangeSchema>)]
    pub spans: Vec<Range>,
}

/// Words with a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ValueView {
    /// Where they stand.
    #[schema(value_type = RangeSchema)]
    pub span: Range,
    /// The words.
    pub text: String,
    /// The value: TIMEX3 for a time, an interval (`~11000 soldiers`) for a quantity.
    pub value: String,
}

/// Something noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoteView {
    /// What sort of thing.
    pub kind: stemma::model::NoteKind,
    /// What it is.
    pub detail: String,
}

/// One report; none if the ledger lacks it.
pub fn report(ledger: &Lookup, id: ReportId) -> Option<ReportView> {
    let analysis = ledger.report(id)?;
    let report = &analysis.report;
    let stemma = ledger.stemma_of(id);
    let event = ledger.event_of(id);
    let spun = stemma.filter(|s| s.spun.iter().any(|x| x.report == id));
    Some(ReportView {
        id,
        file: base_name(&report.file).to_owned(),
        path: report.file.clone(),
        outlet: report.outlet.clone(),
        url: report.url.clone(),
        title: report.title.clone(),
        section: report.section.clone(),
        byline: report.byline.clone(),
        credit: report.credit.as_ref().map(|c| c.names.join(", ")).filter(|names| !names.is_empty()),
        credit_words: report.credit.as_ref().map(|c| c.words.clone()),
        dateline: report.dateline.clone(),
        published: report.published.map(|p| p.to_string()),
        lang: report.lang.to_string(),
        family: stemma.map(|s| s.id),
        descent: stemma.zip(ledger.descent_of(id)).map(|(s, d)| descent(ledger, s, d)),
        spun: spun.and_then(|s| family(ledger, s).spun.into_iter().find(|x| x.report == id)),
        event: event.map(|e| e.id),
        storyline: event.map(|e| e.storyline),
        own_share: ledger.own_share(id),
        body: report.body.clone(),
        sentences: sentences(ledger, analysis),
        statements: statements(analysis),
        mentions: mentions(analysis),
        names: names(analysis),
        times: times(analysis),
        quantities: quantities(analysis),
        notes: notes(ledger, analysis),
    })
}

fn sentences(ledger: &Lookup, analysis: &Analysis) -> Vec<SentenceView> {
    let mut passage = None;
    let told = ledger.told(analysis.report.id);
    let pairs = told.into_iter().zip(&analysis.segments.sentences);
    pairs
        .map(|(t, s)| SentenceView {
            span: range(t.span),
            mark: t.mark,
            from: t.from.map(|place| Quote::of(ledger, place)),
            entries: t.entries,
            opens: passage.replace(s.passage) != Some(s.passage),
        })
        .collect()
}

fn statements(analysis: &Analysis) -> Vec<StatementView> {
    let ranges = |spans: &[Span]| spans.iter().map(|s| range(*s)).collect();
    let words =
        |spans: &[Span]| spans.iter().map(|s| analysis.report.words(*s)).collect::<Vec<_>>().join(" … ");
    (analysis.extracts.statements.iter())
        .map(|s| StatementView {
            speaker: s.speaker.clone(),
            via: s.via.clone(),
            directness: s.directness,
            stance: s.stance,
            source: ranges(&s.source),
            cue: ranges(&s.cue),
            content: ranges(&s.content),
            text: words(&s.content),
        })
        .collect()
}

fn mentions(analysis: &Analysis) -> Vec<MentionView> {
    let found = &analysis.extracts;
    let words = |span| analysis.report.words(span).to_owned();
    let agents = |agents: &[stemma::extract::Agent]| agents.iter().map(|a| words(a.span)).collect();
    (found.mentions.iter())
        .map(|m| MentionView {
            span: range(m.span),
            text: words(m.span),
            event: m.event.clone(),
            mode: m.mode.clone(),
            actors: agents(&m.actors),
            recipients: agents(&m.recipients),
            time: m.time.and_then(|i| found.times.get(i as usize)).map(|t| t.value.clone()),
            modality: m.modality,
        })
        .collect()
}

fn names(analysis: &Analysis) -> Vec<NameView> {
    let mut views: Vec<NameView> = (analysis.extracts.entities.iter())
        .map(|e| NameView {
            name: e.canonical.clone(),
            kind: e.kind,
            country: e.country.clone(),
            spans: Vec::new(),
        })
        .collect();
    for name in &analysis.extracts.names {
        if let Some(view) = views.get_mut(name.entity as usize) {
            view.spans.push(range(name.span));
        }
    }
    views
}

fn times(analysis: &Analysis) -> Vec<ValueView> {
    let words = |span| analysis.report.words(span).to_owned();
    let times = analysis.extracts.times.iter();
    times.map(|t| ValueView { span: range(t.span), text: words(t.span), value: t.value.clone() }).collect()
}

fn quantities(analysis: &Analysis) -> Vec<ValueView> {
    let words = |span| analysis.report.words(span).to_owned();
    (analysis.extracts.quantities.iter())
        .map(|q| {
            let of = q.of.map_or("", |s| analysis.report.words(s));
            let parts = [&interval(q), q.unit.as_str(), of];
            let value = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
            ValueView { span: range(q.span), text: words(q.span), value }
        })
        .collect()
}

/// An interval as it is written for people: `~11000`, `>10000`, `5..8`.
fn interval(quantity: &stemma::extract::Quantity) -> String {
    use stemma::extract::Change;
    let value = match (quantity.low, quantity.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}..{high}"),
        (Some(low), None) => low.to_string(),
        (None, Some(high)) => high.to_string(),
        (None, None) => String::new(),
    };
    let sign = match quantity.change {
        Change::Equal if quantity.approx => "~",
        Change::Equal => "",
        Change::About => "~",
        Change::More => ">",
        Change::Less => "<",
        Change::Up => "up ",
        Change::Down => "down ",
    };
    format!("{sign}{value}")
}

fn notes(ledger: &Lookup, analysis: &Analysis) -> Vec<NoteView> {
    let own = analysis.report.notes.iter().chain(&analysis.extracts.notes).cloned();
    let furniture = ledger.joined.furniture.iter().filter(|f| f.place.report == analysis.report.id);
    let all = own.chain(furniture.map(stemma::compare::Furniture::note));
    all.map(|n| NoteView { kind: n.kind, detail: n.detail }).collect()
}
