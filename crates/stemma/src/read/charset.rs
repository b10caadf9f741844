//! Bytes -> text: by byte order mark, declared charset, else by the look of the bytes.
//!
//! Valid UTF-8 is always UTF-8. A guess leaves a note; so do bytes that fit no reading and become U+FFFD.

use crate::model::{Note, NoteKind};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page a charset is looked for: the HTML standard says 1,024 bytes; pages stray.
const META_WINDOW: usize = 8 << 10;

/// Decodes bytes; `declared` is what they, or who gave them, say that they are in.
pub(super) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, Vec<Note>) {
    if let Some((_, mark)) = Encoding::for_bom(bytes) {
        let body = &bytes[mark..];
        let encoding = Encoding::for_bom(bytes).expect("a mark was just seen").0;
        return with(encoding, body);
    }
    if let Some(encoding) = wide(bytes) {
        return with(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), Vec::new());
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
        let (text, notes) = with(encoding, bytes);
        if notes.is_empty() {
            return (text, notes);
        }
    }
    if mostly_utf8(bytes) {
        return with(UTF_8, bytes);
    }
    let guessed = of_parts([bytes]);
    let (text, mut notes) = with(guessed, bytes);
    let detail = format!("It names no charset: read as {}, by the look of its bytes", guessed.name());
    notes.insert(0, Note::new(NoteKind::Damaged, detail));
    (text, notes)
}

/// The encoding of bytes that are no UTF-8, by the look of all parts together.
pub(super) fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for part in parts {
        detector.feed(part, false);
    }
    detector.feed(b"", true);
    detector.guess(None, Utf8Detection::Deny)
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> (String, Vec<Note>) {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let mut notes = Vec::new();
    if broken {
        let detail = format!("Some bytes are no valid {} and were replaced", encoding.name());
        notes.push(Note::new(NoteKind::BrokenText, detail));
    }
    (text.into_owned(), notes)
}

/// UTF-16, told by its mark or by every other byte being zero.
pub(super) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if even == 0 && odd * 10 > half * 7 {
        return Some(UTF_16LE);
    }
    (odd == 0 && even * 10 > half * 7).then_some(UTF_16BE)
}

/// The encoding that XML declares in its first line.
pub(super) fn declared_xml(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(256)];
    let end = head.windows(2).position(|w| w == b"?>")?;
    let line = String::from_utf8_lossy(&head[..end]);
    let value = line.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim();
    let value = value.trim_start_matches(['"', '\'']).split(['"', '\'', ' ']).next()?;
    Encoding::for_label(value.as_bytes())
}

/// The charset that a page declares in its head.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(META_WINDOW)]).to_ascii_lowercase();
    for (at, found) in head.match_indices("charset") {
        let value = head[at + found.len()..].trim_start().strip_prefix('=');
        let Some(value) = value else { continue };
        let value = value.trim_start_matches([' ', '"', '\'']);
        let end = value.find(['"', '\'', ' ', ';', '>', '/']).unwrap_or(value.len());
        if let Some(encoding) = Encoding::for_label(&value.as_bytes()[..end]) {
            return Some(encoding);
        }
    }
    None
}

/// Whether more sequences of several bytes are valid UTF-8 than not.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for piece in bytes.utf8_chunks() {
        good += piece.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!piece.invalid().is_empty());
    }
    good > bad
}
