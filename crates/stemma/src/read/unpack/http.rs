//! What a crawler fetched: an HTTP answer's head, and its body decoded.
//!
//! Crawlers store bodies as they came or already decoded under the old head; both are read.

use super::lines::line;
use crate::model::{Format, Moment, Note, NoteKind};
use crate::read::limits::{MAX_HEADER, MAX_REPORT};
use crate::read::part::{Page, Place, one};
use crate::read::sniff::{self, Container};
use crate::read::{Found, Told, charset, feed};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// Something fetched from an address.
#[derive(Debug, Default)]
pub(in crate::read) struct Payload {
    /// Its bytes, still encoded.
    pub(in crate::read) body: Vec<u8>,
    /// Its place in the file, from 1.
    pub(super) row: u64,
    pub(super) status: u16,
    pub(super) url: Option<String>,
    pub(super) seen: Option<Moment>,
    /// Why the crawler did not keep all of it.
    pub(super) truncated: Option<String>,
    media: String,
    charset: Option<String>,
    chunked: bool,
    encoding: String,
}

impl Payload {
    /// What a record of a media type holds, without an HTTP head.
    pub(super) fn of_media(media: &str) -> Self {
        let mut payload = Self { status: 200, ..Self::default() };
        payload.set_media(media);
        payload
    }

    fn set_media(&mut self, value: &str) {
        let mut parts = value.split(';');
        self.media = parts.next().unwrap_or("").trim().to_ascii_lowercase();
        self.charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            name.trim().eq_ignore_ascii_case("charset").then(|| value.to_owned())
        });
    }

    /// Whether its media type is one of text that may be a report.
    pub(super) fn is_text(&self) -> bool {
        matches!(
            self.media.as_str(),
            "" | "text/html"
                | "application/xhtml+xml"
                | "text/plain"
                | "application/rss+xml"
                | "application/atom+xml"
        )
    }

    /// Reads its reports.
    pub(in crate::read) fn read(self, place: &Place, told: &Told) -> Found {
        let mut notes = Vec::new();
        if let Some(why) = &self.truncated {
            notes.push(Note::new(NoteKind::TooLarge, format!("The crawler kept only its start ({why})")));
        }
        let body = match self.decoded() {
            Ok(body) => body,
            Err(what) => {
                return Found::noted(NoteKind::Malformed, &format!("Record {} left out: {what}", self.row));
            }
        };
        if body.len() > MAX_REPORT {
            let detail =
                format!("Record {} left out: it unpacks to more than {} MB", self.row, MAX_REPORT >> 20);
            return Found::noted(NoteKind::TooLarge, &detail);
        }
        let name = if self.media.contains("html") { "a.html" } else { "" };
        let format = match sniff::container(name, &body) {
            Container::Feed => {
                let encoding = charset::declared_xml(&body);
                return feed::read(place, &charset::decode(&body, encoding).0, told);
            }
            Container::Html => Format::Html,
            Container::Text | Container::Table(_) | Container::Mail if self.media == "text/plain" => {
                Format::Text
            }
            _ if self.media.contains("html") && !body.is_empty() => Format::Html,
            _ => {
                return Found::noted(
                    NoteKind::Binary,
                    &format!("Record {} left out: it holds no text", self.row),
                );
            }
        };
        let page = Page {
            format,
            charset: self.charset.as_deref(),
            url: self.url.as_deref(),
            row: Some(self.row),
            seen: self.seen,
        };
        let mut found = one(place, &body, &page, told);
        found.reports.iter_mut().for_each(|report| report.notes.extend(notes.iter().cloned()));
        for note in &mut found.notes {
            note.detail = format!("Record {}: {}", self.row, note.detail);
        }
        found
    }

    /// The body without its encodings, up to a byte more than a report may have.
    fn decoded(&self) -> Result<Cow<'_, [u8]>, String> {
        let mut body = Cow::Borrowed(self.body.as_slice());
        if self.chunked {
            // A body that is not in chunks was put together by the crawler.
            body = dechunked(&body).map_or(body, Cow::Owned);
        }
        for encoding in self.encoding.rsplit(',').map(str::trim) {
            body = match encoding {
                "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
                    unpacked(flate2::read::MultiGzDecoder::new(&*body)).into()
                }
                "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => {
                    unpacked(flate2::read::ZlibDecoder::new(&*body)).into()
                }
                "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => {
                    let unpack = zstd::Decoder::with_buffer(&*body).map_err(|e| e.to_string())?;
                    unpacked(unpack).into()
                }
                "br" if is_packed(&body) => {
                    return Err("its body is packed with Brotli".into());
                }
                _ => body,
            };
        }
        Ok(body)
    }
}

/// What an unpacker gives before it ends, fails or gives too much.
fn unpacked(unpack: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = unpack.take(MAX_REPORT as u64 + 1).read_to_end(&mut bytes);
    bytes
}

/// Whether bytes are no text as they are.
fn is_packed(bytes: &[u8]) -> bool {
    sniff::container("", bytes) == Container::Binary || std::str::from_utf8(bytes).is_err()
}

/// A body out of its chunks; none if it does not begin with one. What is cut off ends it.
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = body;
    loop {
        let end = rest.iter().take(128).position(|b| *b == b'\n');
        let Some(end) = end else { break };
        let size = std::str::from_utf8(&rest[..end]).unwrap_or("").split(';').next().unwrap_or("").trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            break;
        };
        rest = &rest[end + 1..];
        let taken = size.min(rest.len());
        out.extend_from_slice(&rest[..taken]);
        if size == 0 || taken < size {
            return Some(out);
        }
        rest = &rest[taken..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    (!out.is_empty()).then_some(out)
}

/// The head of an HTTP answer; none if there is none.
pub(super) fn head(input: &mut impl BufRead) -> io::Result<Option<Payload>> {
    let mut first = Vec::new();
    line(input, &mut first, MAX_HEADER)?;
    let first = String::from_utf8_lossy(&first);
    if !first.starts_with("HTTP/") {
        return Ok(None);
    }
    let status = first.split_whitespace().nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    let mut payload = Payload { status, ..Payload::default() };
    for (name, value) in fields(input)? {
        match name.as_str() {
            "content-type" => payload.set_media(&value),
            "transfer-encoding" => payload.chunked = value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => payload.encoding = value.to_ascii_lowercase(),
            _ => {}
        }
    }
    Ok(Some(payload))
}

/// Header lines up to an empty one, names in lower case; folded lines are joined. What goes beyond the
/// length that a header may have is passed over.
pub(super) fn fields(input: &mut impl BufRead) -> io::Result<Vec<(String, String)>> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut room = MAX_HEADER;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let length = line(input, &mut bytes, MAX_HEADER)?;
        if length == 0 || bytes == b"\n" || bytes == b"\r\n" {
            return Ok(fields);
        }
        if bytes.len() > room {
            continue;
        }
        room -= bytes.len();
        let text = String::from_utf8_lossy(&bytes);
        if text.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(text.trim());
            }
        } else if let Some((name, value)) = text.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &[u8], expected: Option<&[u8]>) {
        assert_eq!(dechunked(body).as_deref(), expected);
    }

    #[test]
    fn chunks_are_put_together() {
        check(b"4\r\nRain\r\n5;x=y\r\n fell\r\n0\r\n\r\n", Some(b"Rain fell"));
        check(b"ffffffffffffffff\r\nRain", Some(b"Rain"));
        check(b"fffffffffffffffff\r\nRain", None);
        check(b"<p>Rain fell", None);
        check(b"", None);
    }
}
