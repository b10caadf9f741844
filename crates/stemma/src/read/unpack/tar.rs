//! A tar as a stream -> its members, each unpacked in turn.
//!
//! Knows the old, POSIX (pax) and GNU layouts as far as names, sizes and kinds go. What a header
//! claims is believed only as far as bytes follow.

use super::{Source, Walk, lent};
use crate::model::NoteKind;
use crate::read::limits::{Limited, MAX_HEADER};
use crate::read::part::Place;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

/// Bytes in a block.
const BLOCK: u64 = 512;

/// What a header says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Header {
    path: String,
    size: u64,
    kind: u8,
}

impl Walk<'_> {
    /// Walks through the members of a tar.
    pub(super) fn tar(&mut self, place: &Place, input: &mut dyn BufRead, wrappers: usize) -> ControlFlow<()> {
        let (mut long_path, mut long_size) = (None, None);
        loop {
            let header = match header(input) {
                Ok(Some(header)) => header,
                Ok(None) => return ControlFlow::Continue(()),
                Err(e) => return self.failed(place, &e),
            };
            let mut body = lent(input).take(header.size);
            match header.kind {
                b'L' | b'x' => {
                    let mut said = Vec::new();
                    if let Err(e) = body.by_ref().take(MAX_HEADER as u64).read_to_end(&mut said) {
                        return self.failed(place, &e);
                    }
                    if header.kind == b'L' {
                        long_path = Some(text(&said));
                    } else {
                        long_path = pax(&said, "path").or(long_path);
                        long_size = pax(&said, "size").and_then(|size| size.parse().ok());
                    }
                }
                b'0' | 0 | b'7' => {
                    body.set_limit(long_size.take().unwrap_or(header.size));
                    let path = long_path.take().unwrap_or(header.path);
                    let size = body.limit();
                    if !path.ends_with('/') && !hidden(&path) {
                        let member = place.member(&path);
                        let mut limited = Limited { inner: &mut body, budget: Rc::clone(&self.budget) };
                        self.stream(&member, Source::Stream(&mut limited), wrappers)?;
                    }
                    if let Err(e) = pass(&mut body, size) {
                        return self.failed(place, &e);
                    }
                    continue;
                }
                b'S' => {
                    let detail = format!("\"{}\" left out: sparse files are not read", header.path);
                    self.note(place, NoteKind::Malformed, detail)?;
                    (long_path, long_size) = (None, None);
                }
                // Folders, links and devices hold nothing.
                b'g' | b'K' => {}
                _ => (long_path, long_size) = (None, None),
            }
            if let Err(e) = pass(&mut body, header.size) {
                return self.failed(place, &e);
            }
        }
    }
}

/// Whether a member is one that archivers add for themselves, or hidden like files that a folder hides.
pub(super) fn hidden(path: &str) -> bool {
    path.split(['/', '\\'])
        .any(|part| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX")
}

/// Passes over what is left of a member and what fills its last block.
fn pass(body: &mut io::Take<&mut dyn BufRead>, size: u64) -> io::Result<()> {
    let missing = |left: u64| {
        let detail = format!("it ends {left} bytes too early");
        io::Error::new(io::ErrorKind::UnexpectedEof, detail)
    };
    io::copy(body, &mut io::sink())?;
    if body.limit() > 0 {
        return Err(missing(body.limit()));
    }
    body.set_limit((BLOCK - size % BLOCK) % BLOCK);
    io::copy(body, &mut io::sink())?;
    Ok(())
}

/// The next header; none at the end.
fn header(input: &mut dyn BufRead) -> io::Result<Option<Header>> {
    let mut block = [0; BLOCK as usize];
    loop {
        match input.read_exact(&mut block) {
            // Some archivers leave the empty blocks out that end an archive.
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(e) => return Err(e),
            Ok(()) if block.iter().all(|b| *b == 0) => {}
            Ok(()) => break,
        }
    }
    if !is_header(&block) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a header of the tar is damaged"));
    }
    let name = text(&block[..100]);
    let prefix = if &block[257..263] == b"ustar\0" { text(&block[345..500]) } else { String::new() };
    let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
    Ok(Some(Header { path, size: number(&block[124..136]), kind: block[156] }))
}

/// Whether 512 bytes are a header: their sum is the one written in them.
pub(in crate::read) fn is_header(block: &[u8]) -> bool {
    if block.len() < BLOCK as usize || block[0] == 0 {
        return false;
    }
    let block = &block[..BLOCK as usize];
    let sum: u64 = block
        .iter()
        .enumerate()
        .map(|(i, b)| if (148..156).contains(&i) { u64::from(b' ') } else { u64::from(*b) })
        .sum();
    sum == number(&block[148..156])
}

/// Octal digits, or GNU's big-endian bytes behind a high bit; too large a number is the largest.
fn number(field: &[u8]) -> u64 {
    if field[0] & 0x80 != 0 {
        let bytes = std::iter::once(field[0] & 0x7f).chain(field[1..].iter().copied());
        return bytes.fold(0, |n: u64, b| n.checked_mul(256).map_or(u64::MAX, |n| n | u64::from(b)));
    }
    let digits = field.iter().skip_while(|b| **b == b' ').take_while(|b| (b'0'..=b'7').contains(*b));
    digits.fold(0, |n: u64, b| n.saturating_mul(8) + u64::from(b - b'0'))
}

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

/// A value of a pax header: lines of `LENGTH NAME=VALUE`.
fn pax(said: &[u8], name: &str) -> Option<String> {
    let mut rest = said;
    while let Some(space) = rest.iter().position(|b| *b == b' ') {
        let length: usize = std::str::from_utf8(&rest[..space]).ok()?.parse().ok()?;
        let line = rest.get(space + 1..length)?;
        rest = &rest[length..];
        if let Some(value) = line.strip_prefix(name.as_bytes()).and_then(|v| v.strip_prefix(b"=")) {
            return Some(String::from_utf8_lossy(value).trim_end_matches('\n').to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_octal_or_large() {
        assert_eq!(number(b"00000000012\0"), 10);
        assert_eq!(number(b"\x80\0\0\0\0\0\0\0\0\0\x01\0"), 256);
        assert_eq!(number(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), u64::MAX);
    }

    #[test]
    fn pax_values_are_found() {
        assert_eq!(pax(b"19 path=a/long/b.x\n", "path").as_deref(), Some("a/long/b.x"));
        assert_eq!(pax(b"99 path=a\n", "path"), None);
    }
}
