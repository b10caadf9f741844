//! RawReport -> [`Report`]: the body without its furniture, and what the text says of itself.
//!
//! Each filter is a file of its own that leaves a note with its span. Cleaning removes and
//! marks; it never rewords, so every stretch of the body stands in the raw text.
//!
//! The filters, in order: `html` takes the report out of its page; `damage` notes what is
//! broken; `lines` makes paragraphs; `markup` cuts stray tags; `repeats`, `furniture`, `caption`, `credit`, `byline`, `dateline`
//! take out what is not the report; `headline` and `glued` mark; `language` tells.

mod html;
mod damage;
mod lines;
mod markup;
mod repeats;
mod cues;
mod shape;
mod furniture;
mod caption;
pub mod outlets;
mod credit;
mod byline;
mod dateline;
mod headline;
mod glued;
mod language;
mod draft;

use crate::model::{Credit, Format, Lang, Moment, Note, NoteKind, RawReport, Report, Span, Stretch};
use draft::Draft;

pub use language::likeliest;
pub use outlets::{Agency, agency};

/// Cleans one report.
///
/// ```
/// use stemma::model::RawReport;
/// let text = "The dam broke on Monday.It had stood for ninety years.\r\nSource: Lusa";
/// let report = stemma::clean::clean(RawReport { text: text.into(), ..RawReport::default() });
/// assert_eq!(report.body, "The dam broke on Monday.It had stood for ninety years.");
/// assert_eq!(report.glued, [24]);
/// assert_eq!(report.credit.unwrap().names, ["Lusa"]);
/// ```
pub fn clean(mut raw: RawReport) -> Report {
    let id = raw.id();
    let (text, lies) = from_page(&mut raw);
    let mut draft = Draft { text, ..Draft::default() };
    damage::note_damage(&mut draft);
    lines::paragraphs(&mut draft);
    if lies.is_none() {
        markup::cut_tags(&mut draft);
    }
    repeats::remove_repeats(&mut draft);
    furniture::remove_furniture(&mut draft);
    caption::remove_captions(&mut draft);
    let mut told = credit::take_credit(&mut draft);
    byline::take_byline(&mut draft, &mut told);
    let dateline = dateline::take_dateline(&mut draft);
    let headline = headline::take_headline(&mut draft, raw.title.as_deref(), &mut told);
    let credit = told.finish(dateline.as_ref().and_then(|d| d.agency.as_ref()));
    dated(&mut raw, dateline.as_ref());
    let (body, stretches) = draft.body();
    finish(Parts { id, raw, lies, draft, credit, told, dateline, headline, body, stretches })
}

/// What the filters found, for the report.
struct Parts {
    id: crate::model::ReportId,
    raw: RawReport,
    lies: Option<Vec<html::Lie>>,
    draft: Draft,
    credit: Option<Credit>,
    told: credit::Told,
    dateline: Option<dateline::Dateline>,
    headline: Option<String>,
    body: String,
    stretches: Vec<Stretch>,
}

fn finish(parts: Parts) -> Report {
    let Parts { id, raw, lies, draft, credit, told, dateline, headline, body, stretches } = parts;
    let glued = glued::glued(&body);
    let lang = raw.lang.filter(Lang::is_known).unwrap_or_else(|| language::language(&body, Lang::UNKNOWN));
    let mut notes = raw.notes;
    notes.extend(draft.notes.into_iter().map(|note| moved(note, lies.as_deref())));
    if let Some(first) = glued.first() {
        let detail = format!("{} sentences begin without a space before them", glued.len());
        let start = stretches.iter().rfind(|s| s.body.start <= *first).map(|s| s.raw + first - s.body.start);
        let span = start.map(|start| Span { start, end: start });
        notes.push(moved(Note { kind: NoteKind::Glued, span, detail }, lies.as_deref()));
    }
    if body.is_empty() {
        notes.push(Note::new(NoteKind::Empty, "No words are left"));
    }
    let headline_span = headline.as_ref().and_then(|headline| {
        let start = body.find(headline.as_str())?;
        Some(Span::new(start, start + headline.len()))
    });
    Report {
        id,
        file: raw.file,
        outlet: raw.outlet.or(told.outlet).or_else(|| outlets::name_at(raw.url.as_deref()?)),
        url: raw.url,
        title: raw.title.or(headline),
        headline: headline_span,
        section: raw.section,
        byline: raw.byline.or(told.byline),
        credit,
        dateline: dateline.map(|d| d.place).filter(|place| !place.is_empty()),
        published: raw.published,
        lang,
        stretches: match lies {
            Some(lies) => through(&stretches, &lies),
            None => stretches,
        },
        body,
        glued,
        notes,
    }
}

/// The day of a dateline that names its year dates a report that nothing else dates; else the day
/// on which it was seen does.
fn dated(raw: &mut RawReport, dateline: Option<&dateline::Dateline>) {
    if raw.published.is_some() {
        return;
    }
    let day = dateline.and_then(|d| d.day);
    let same = |seen: &Moment| day.is_none_or(|day| day.date == seen.date);
    let detail = match day {
        Some(_) => "Its date is from its dateline",
        None => "It does not say its date: that is when it was seen, or the one given",
    };
    if let Some(moment) = raw.seen.filter(same).or(day) {
        raw.published = Some(moment);
        raw.notes.push(Note::new(NoteKind::Dated, detail));
    }
}

/// The text to clean. For a page: its words, where they stand in it, and what it says of itself
/// where the container said nothing.
fn from_page(raw: &mut RawReport) -> (String, Option<Vec<html::Lie>>) {
    if raw.format == Format::Text {
        return (std::mem::take(&mut raw.text), None);
    }
    let page = html::page(&raw.text, raw.url.as_deref());
    let lies = html::places(&page.text, &raw.text);
    raw.notes.extend(page.notes);
    let about = page.about;
    raw.title = raw.title.take().or(about.title);
    raw.byline = raw.byline.take().or(about.byline);
    raw.outlet = raw.outlet.take().or(about.outlet);
    raw.url = raw.url.take().or(about.url);
    if let (None, Some((moment, place))) = (raw.published, about.published) {
        raw.published = Some(moment);
        raw.notes.push(Note::new(NoteKind::Dated, format!("Its date is from {place}")));
    }
    let told = language::language(&page.text, about.lang.unwrap_or(Lang::UNKNOWN));
    raw.lang = raw.lang.or(Some(told));
    (page.text, Some(lies))
}

/// Stretches of a page's words, as stretches of the page.
fn through(stretches: &[Stretch], lies: &[html::Lie]) -> Vec<Stretch> {
    let mut out = Vec::new();
    for stretch in stretches {
        let (start, end) = (stretch.raw as usize, stretch.raw as usize + stretch.body.len());
        let first = lies.partition_point(|lie| lie.text.end <= start);
        for lie in lies[first..].iter().take_while(|lie| lie.text.start < end) {
            let (from, to) = (lie.text.start.max(start), lie.text.end.min(end));
            let body = stretch.body.start as usize + (from - start);
            let raw = (lie.raw + (from - lie.text.start)) as u32;
            out.push(Stretch { body: Span::new(body, body + (to - from)), raw });
        }
    }
    out
}

/// A note about a page's words, as a note about the page.
fn moved(mut note: Note, lies: Option<&[html::Lie]>) -> Note {
    let (Some(lies), Some(span)) = (lies, note.span) else { return note };
    let (start, end) = (span.start as usize, span.end as usize);
    let at =
        |lie: &html::Lie, place: usize| lie.raw + place.clamp(lie.text.start, lie.text.end) - lie.text.start;
    let from = lies.partition_point(|lie| lie.text.end <= start);
    let to = lies.partition_point(|lie| lie.text.start < end.max(start + 1)).max(from);
    let (first, last) = (lies[from..to].first(), lies[from..to].last());
    note.span =
        first.zip(last).map(|(first, last)| Span::new(at(first, start), at(last, end).max(at(first, start))));
    note
}

#[cfg(test)]
mod tests;
