//! A WARC (ISO 28500, 1.0 and 1.1) as a stream -> its pages, one record held at a time.
//!
//! `response`, `resource` and `conversion` records of text become parts; what was fetched with
//! another status than 200, and what is no text, is counted in a note. Around the file or
//! around each record there may be gzip or zstd, which was taken off before.

use super::http::{self, Payload};
use super::lines::line;
use super::{Walk, lent};
use crate::model::NoteKind;
use crate::read::dates;
use crate::read::limits::{MAX_HEADER, MAX_REPORT};
use crate::read::part::{Load, Part, Place};
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

/// What a record's header says.
#[derive(Debug, Default)]
struct Header {
    kind: String,
    url: Option<String>,
    date: Option<String>,
    media: String,
    length: u64,
    truncated: Option<String>,
}

/// How far a WARC was read: how many records became no report, by the reason.
struct Tally<'p> {
    place: &'p Place,
    row: u64,
    no_text: u64,
    no_success: u64,
    pages: u64,
}

impl Walk<'_> {
    /// Walks through the records of a WARC.
    pub(super) fn warc(&mut self, place: &Place, mut input: &mut dyn BufRead) -> ControlFlow<()> {
        let mut tally = Tally { place, row: 0, no_text: 0, no_success: 0, pages: 0 };
        loop {
            let header = match header(&mut input) {
                Ok(Some(header)) => header,
                Ok(None) => break,
                Err(e) => {
                    self.failed(place, &e)?;
                    break;
                }
            };
            tally.row += 1;
            let mut body = lent(input).take(header.length);
            let went = self.record(&header, &mut body, &mut tally)?;
            let went = went.and_then(|()| io::copy(&mut body, &mut io::sink()));
            if let Err(e) =
                went.and_then(|_| if body.limit() > 0 { Err(early(body.limit())) } else { Ok(()) })
            {
                self.failed(place, &e)?;
                break;
            }
        }
        let Tally { no_text, no_success, pages, .. } = tally;
        if no_text + no_success > 0 || pages == 0 {
            let detail = format!(
                "{pages} pages; {no_text} records are no text, {no_success} were fetched without success"
            );
            self.note(place, NoteKind::Empty, detail)?;
        }
        ControlFlow::Continue(())
    }

    /// Takes the page out of a record, if it is one.
    fn record(
        &mut self,
        header: &Header,
        body: &mut io::Take<&mut dyn BufRead>,
        tally: &mut Tally,
    ) -> ControlFlow<(), io::Result<()>> {
        let (place, row) = (tally.place, tally.row);
        let fetched = header.media.starts_with("application/http");
        let mut payload = match header.kind.as_str() {
            "response" | "resource" | "conversion" if fetched => match http::head(body) {
                Ok(Some(payload)) => payload,
                Ok(None) => {
                    tally.no_text += 1;
                    return ControlFlow::Continue(Ok(()));
                }
                Err(e) => return ControlFlow::Continue(Err(e)),
            },
            "resource" | "conversion" => Payload::of_media(&header.media),
            _ => return ControlFlow::Continue(Ok(())),
        };
        if payload.status != 200 {
            tally.no_success += 1;
            return ControlFlow::Continue(Ok(()));
        }
        let url = header.url.as_deref().unwrap_or("");
        if !payload.is_text() || url.ends_with("/robots.txt") {
            tally.no_text += 1;
            return ControlFlow::Continue(Ok(()));
        }
        if body.limit() > MAX_REPORT as u64 {
            let detail =
                format!("Record {row} left out: {} bytes, more than {} MB", body.limit(), MAX_REPORT >> 20);
            self.note(place, NoteKind::TooLarge, detail)?;
            return ControlFlow::Continue(Ok(()));
        }
        if let Err(e) = body.read_to_end(&mut payload.body) {
            return ControlFlow::Continue(Err(e));
        }
        payload.row = row;
        payload.url.clone_from(&header.url);
        payload.seen = header.date.as_deref().and_then(dates::moment);
        payload.truncated.clone_from(&header.truncated);
        tally.pages += 1;
        self.give(Part::new(place, Load::Payload(payload)))?;
        ControlFlow::Continue(Ok(()))
    }
}

fn early(left: u64) -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, format!("its last record ends {left} bytes too early"))
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// The next record's header; none at the end.
fn header(input: &mut impl BufRead) -> io::Result<Option<Header>> {
    let mut text = Vec::new();
    // Two empty lines end a record; a few more are let pass.
    let version = loop {
        text.clear();
        match line(input, &mut text, MAX_HEADER)? {
            0 => return Ok(None),
            _ if text.iter().all(u8::is_ascii_whitespace) && !text.is_empty() => {}
            _ => break String::from_utf8_lossy(&text).trim().to_owned(),
        }
    };
    if !version.starts_with("WARC/") {
        return Err(damaged("where a record of the WARC should begin is something else"));
    }
    let mut header = Header::default();
    let mut length = None;
    for (name, value) in http::fields(input)? {
        match name.as_str() {
            "warc-type" => header.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => {
                let url = value.trim_matches(['<', '>']);
                header.url = (!url.is_empty()).then(|| url.to_owned());
            }
            "warc-date" => header.date = Some(value),
            "warc-truncated" => header.truncated = Some(value),
            "content-type" => header.media = value.to_ascii_lowercase(),
            "content-length" => length = value.parse().ok(),
            _ => {}
        }
    }
    header.length = length.ok_or_else(|| damaged("a record of the WARC does not say how long it is"))?;
    Ok(Some(header))
}
