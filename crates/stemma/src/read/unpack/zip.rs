//! A zip -> its members, each unpacked in turn.
//!
//! A zip's list of members stands at its end, so a zip that comes as a stream is held in memory. Knows
//! stored, deflated and zstd members, and zip64; others and encrypted ones cost a note each.

use super::tar::hidden;
use super::{ReadSeek, Source, Walk};
use crate::model::NoteKind;
use crate::read::charset;
use crate::read::limits::{Limited, MAX_HEADER, MAX_HELD};
use crate::read::part::Place;
use std::io::{self, BufReader, Cursor, Read, SeekFrom};
use std::ops::ControlFlow;
use std::rc::Rc;

/// What ends a zip: with a comment of up to 64 KB it stands this near to the end.
const END_WINDOW: u64 = (64 << 10) + 22;

/// What the list says of a member.
#[derive(Debug, Default)]
struct Member {
    path: String,
    encrypted: bool,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    at: u64,
}

impl Walk<'_> {
    /// Walks through the members of a zip whose first bytes were read.
    pub(super) fn zip(
        &mut self,
        place: &Place,
        head: Vec<u8>,
        source: Source,
        wrappers: usize,
    ) -> ControlFlow<()> {
        match source {
            Source::File(file, _) => self.members(place, file, wrappers),
            Source::Stream(stream) => {
                let mut input = BufReader::new(Cursor::new(head).chain(stream));
                match self.held(place, &mut input)? {
                    Some(bytes) => self.members(place, &mut Cursor::new(bytes), wrappers),
                    None => ControlFlow::Continue(()),
                }
            }
        }
    }

    fn members(&mut self, place: &Place, file: &mut dyn ReadSeek, wrappers: usize) -> ControlFlow<()> {
        let members = match members(file) {
            Ok(members) => members,
            Err(e) => return self.note(place, NoteKind::Malformed, format!("The zip is damaged: {e}")),
        };
        for member in members {
            if member.path.ends_with('/') || hidden(&member.path) {
                continue;
            }
            let inside = place.member(&member.path);
            match unpacked(file, &member) {
                Ok(inner) => {
                    let mut limited = Limited { inner, budget: Rc::clone(&self.budget) };
                    self.stream(&inside, Source::Stream(&mut limited), wrappers + 1)?;
                }
                Err(e) => self.note(&inside, NoteKind::Malformed, format!("Left out: {e}"))?,
            }
            if self.budget.over().is_some() {
                break;
            }
        }
        ControlFlow::Continue(())
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// A number of some bytes, little end first; 0 where there are none.
fn number(bytes: &[u8], at: usize, n: usize) -> u64 {
    let bytes = bytes.get(at..at + n).unwrap_or_default();
    bytes.iter().rev().fold(0, |sum, b| sum << 8 | u64::from(*b))
}

/// The list of members.
fn members(file: &mut dyn ReadSeek) -> io::Result<Vec<Member>> {
    let size = file.seek(SeekFrom::End(0))?;
    let start = size.saturating_sub(END_WINDOW);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    Read::take(&mut *file, END_WINDOW).read_to_end(&mut tail)?;
    let end =
        tail.windows(4).rposition(|w| w == b"PK\x05\x06").ok_or_else(|| damaged("its list is missing"))?;
    let (mut length, mut at) = (number(&tail, end + 12, 4), number(&tail, end + 16, 4));
    let mut ends_at = start + end as u64;
    if at == 0xffff_ffff || length == 0xffff_ffff {
        let locator = end.checked_sub(20).filter(|i| tail[*i..].starts_with(b"PK\x06\x07"));
        let locator = locator.ok_or_else(|| damaged("its zip64 list is missing"))?;
        ends_at = number(&tail, locator + 8, 8);
        file.seek(SeekFrom::Start(ends_at))?;
        let mut record = [0; 56];
        file.read_exact(&mut record)?;
        (length, at) = (number(&record, 40, 8), number(&record, 48, 8));
    }
    if length > MAX_HELD {
        return Err(damaged("its list is too long"));
    }
    // What stands before the zip, such as a program that unpacks it.
    let before = ends_at.checked_sub(length).and_then(|list| list.checked_sub(at));
    let before = before.ok_or_else(|| damaged("its list stands nowhere"))?;
    file.seek(SeekFrom::Start(before + at))?;
    let mut list = Vec::new();
    Read::take(&mut *file, length).read_to_end(&mut list)?;
    let mut members = Vec::new();
    let mut rest = &list[..];
    while rest.starts_with(b"PK\x01\x02") && rest.len() >= 46 {
        let (name, extra, comment) =
            (number(rest, 28, 2) as usize, number(rest, 30, 2) as usize, number(rest, 32, 2) as usize);
        let fields = rest.get(46..46 + name + extra).ok_or_else(|| damaged("its list is cut off"))?;
        let mut member = Member {
            path: charset::decode(&fields[..name], None).0,
            encrypted: number(rest, 8, 2) & 1 != 0,
            method: number(rest, 10, 2) as u16,
            crc: number(rest, 16, 4) as u32,
            packed: number(rest, 20, 4),
            size: number(rest, 24, 4),
            at: number(rest, 42, 4),
        };
        zip64(&mut member, &fields[name..]);
        member.at = member.at.saturating_add(before);
        members.push(member);
        rest = rest.get(46 + name + extra + comment..).unwrap_or_default();
    }
    Ok(members)
}

/// Sizes and places that need more than 32 bits stand in an extra field, in this order.
fn zip64(member: &mut Member, mut extra: &[u8]) {
    while extra.len() >= 4 {
        let length = number(extra, 2, 2) as usize;
        let field = extra.get(4..4 + length).unwrap_or_default();
        if number(extra, 0, 2) == 1 {
            let mut from = 0;
            for value in [&mut member.size, &mut member.packed, &mut member.at] {
                if *value == 0xffff_ffff && from + 8 <= field.len() {
                    *value = number(field, from, 8);
                    from += 8;
                }
            }
        }
        extra = extra.get(4 + length..).unwrap_or_default();
    }
}

/// A member's bytes.
fn unpacked<'f>(file: &'f mut dyn ReadSeek, member: &Member) -> io::Result<Checked<Box<dyn Read + 'f>>> {
    if member.encrypted {
        return Err(damaged("it is encrypted"));
    }
    file.seek(SeekFrom::Start(member.at))?;
    let mut header = [0; 30];
    file.read_exact(&mut header)?;
    if !header.starts_with(b"PK\x03\x04") {
        return Err(damaged("it is not where the list of the zip says"));
    }
    let skip = number(&header, 26, 2) + number(&header, 28, 2);
    io::copy(&mut Read::take(&mut *file, skip.min(2 * MAX_HEADER as u64)), &mut io::sink())?;
    let packed = BufReader::new(Read::take(file, member.packed));
    let inner: Box<dyn Read + 'f> = match member.method {
        0 => Box::new(packed),
        8 => Box::new(flate2::bufread::DeflateDecoder::new(packed)),
        93 => Box::new(zstd::Decoder::with_buffer(packed)?),
        other => return Err(damaged(&format!("it is packed by method {other}, which is not known"))),
    };
    Ok(Checked { inner, crc: flate2::Crc::new(), expected: member.crc, left: member.size })
}

/// A reader that fails at its end if the bytes are not those that were packed.
struct Checked<R> {
    inner: R,
    crc: flate2::Crc,
    expected: u32,
    left: u64,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.crc.update(&buffer[..n]);
        self.left = self.left.saturating_sub(n as u64);
        if n == 0 && !buffer.is_empty() && (self.left > 0 || self.crc.sum() != self.expected) {
            return Err(damaged("it is not what was packed: its checksum or length is another"));
        }
        Ok(n)
    }
}
