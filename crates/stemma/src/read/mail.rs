//! An e-mail, or a page saved as MHTML -> its report.
//!
//! Of a message's bodies the plain text is taken, the page where there is no plain text worth the
//! name; of a saved page the page. Attachments are not read; a note counts them.

use super::part::Place;
use super::{Found, Told, limits::MAX_REPORT, sniff};
use crate::model::{Format, Moment, Note, NoteKind, RawReport};
use mail_parser::{DateTime, HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use std::panic::catch_unwind;

/// Plain text shorter than this, in bytes, beside a page only says that there is a page.
const SHORT: usize = 200;

/// Reads a message.
pub(super) fn read(place: &Place, bytes: &[u8], told: &Told) -> Found {
    // The parser panics on some damaged messages: a quoted-printable body that is one soft line break.
    let parsed = catch_unwind(|| MessageParser::default().parse(bytes)).ok().flatten();
    let Some(message) = parsed else {
        return Found::noted(NoteKind::Malformed, "The e-mail cannot be understood");
    };
    let saved = message.content_type().is_some_and(|t| t.subtype() == Some("related"))
        && (text_of(&message, "Snapshot-Content-Location").is_some()
            || message.from().is_none_or(no_address));
    let Some((text, format)) = words(&message, saved) else {
        return Found::noted(NoteKind::Empty, "No words in it");
    };
    if text.len() > MAX_REPORT {
        return Found::noted(NoteKind::TooLarge, &format!("Its text is longer than {MAX_REPORT} bytes"));
    }
    let mut report =
        RawReport { text, format, file: place.name.clone(), lang: told.lang, ..RawReport::default() };
    let date = message.date().and_then(moment);
    if saved {
        report.url = page_address(&message);
        report.seen = told.published.or(date);
    } else {
        report.title = message.subject().map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned);
        report.byline = sender(&message);
        report.published = date;
        report.seen = told.published;
    }
    let own = || message.message_id().filter(|_| !saved).map(str::to_owned);
    report.key = report.url.clone().or_else(own).unwrap_or_else(|| place.key.clone());
    let n = message.attachment_count();
    if n > 0 && !saved {
        report.notes.push(Note::new(NoteKind::Boilerplate, format!("{n} attachments were not read")));
    }
    Found { reports: vec![report], notes: Vec::new() }
}

/// The message's words and how they are written.
fn words(message: &Message, saved: bool) -> Option<(String, Format)> {
    let plain = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(text.as_ref()),
        _ => None,
    });
    let page = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(text) if !text.trim().is_empty() => Some(text.as_ref()),
        _ => None,
    });
    match (plain, page) {
        (Some(plain), None) => {
            let format = if sniff::is_html(plain) { Format::Html } else { Format::Text };
            Some((plain.to_owned(), format))
        }
        (Some(plain), Some(_)) if !saved && plain.trim().len() >= SHORT => {
            Some((plain.to_owned(), Format::Text))
        }
        (_, Some(page)) => Some((page.to_owned(), Format::Html)),
        (None, None) => None,
    }
}

/// Browsers write `<Saved by Blink>` where a sender's address stands.
fn no_address(from: &mail_parser::Address) -> bool {
    from.first().and_then(|a| a.address()).is_none_or(|address| !address.contains('@'))
}

fn sender(message: &Message) -> Option<String> {
    let from = message.from()?.first()?;
    let name = from.name().or(from.address())?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Where a saved page came from.
fn page_address(message: &Message) -> Option<String> {
    let page = message.parts.iter().find(|part| matches!(part.body, PartType::Html(_)));
    let said = text_of(message, "Snapshot-Content-Location")
        .or_else(|| page.and_then(|part| part.content_location()).map(str::to_owned))
        .or_else(|| message.content_location().map(str::to_owned))?;
    said.contains("://").then_some(said)
}

fn text_of(message: &Message, name: &str) -> Option<String> {
    match message.header(mail_parser::HeaderName::Other(name.into()))? {
        HeaderValue::Text(text) => Some(text.trim().to_owned()),
        HeaderValue::TextList(texts) => Some(texts.concat().trim().to_owned()),
        _ => None,
    }
}

fn moment(date: &DateTime) -> Option<Moment> {
    let east = i16::from(date.tz_hour) * 60 + i16::from(date.tz_minute);
    let day =
        jiff::civil::Date::new(i16::try_from(date.year).ok()?, date.month as i8, date.day as i8).ok()?;
    let time = jiff::civil::Time::new(date.hour as i8, date.minute as i8, date.second.min(59) as i8, 0).ok();
    let offset = if date.tz_before_gmt { -east } else { east };
    Some(Moment { date: day, time, offset: Some(offset).filter(|o| o.abs() < 1440) })
}
