//! A source -> parts, handed on as they come: opened, counted, and given up when nothing comes of it.

use super::paths::Source;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};
use stemma::model::{Note, NoteKind};
use stemma::read::{self, Part};

/// How long a file may be read without a report coming of it. Trades a crawl with many gigabytes of
/// films in a row against a file made to keep the reader busy; the other limits stop most of those.
pub(crate) const PATIENCE: Duration = Duration::from_secs(300);

/// What comes of a source.
pub(crate) enum Given {
    /// Something to read.
    Part(Part),
    /// Something noticed about an input, by its name.
    Note(String, Note),
}

/// Hands on the parts of a source; `done` counts the bytes read of it.
pub(crate) fn parts(
    source: &Source,
    done: &Cell<u64>,
    each: &mut dyn FnMut(Given) -> ControlFlow<()>,
) -> ControlFlow<()> {
    match source {
        Source::Stdin => {
            let mut input = Watched::new(io::stdin(), done, None);
            guarded("-", read::Source::Stream(&mut input), &Cell::new(Instant::now()), each)
        }
        Source::Lost(path, why) => each(lost(shown(path), why)),
        Source::File(path, size) => {
            let name = shown(path);
            let file = match File::open(path) {
                Ok(file) => file,
                Err(e) => return each(lost(name, &format!("It cannot be opened: {e}"))),
            };
            let since = Cell::new(Instant::now());
            let mut input = Watched::new(BufReader::with_capacity(64 << 10, file), done, Some(&since));
            let source = match size {
                Some(size) => read::Source::File(&mut input, *size),
                None => read::Source::Stream(&mut input),
            };
            guarded(&name, source, &since, each)
        }
    }
}

/// Unpacks; a fault in that costs a note.
fn guarded(
    name: &str,
    source: read::Source,
    since: &Cell<Instant>,
    each: &mut dyn FnMut(Given) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let unpack = AssertUnwindSafe(|| {
        read::parts(name, source, &mut |part| {
            let went = each(Given::Part(part));
            since.set(Instant::now());
            went
        })
    });
    catch_unwind(unpack).unwrap_or_else(|_| {
        let detail = "The rest left out: stemma itself failed on it; please report this with the input";
        each(Given::Note(name.to_owned(), Note::new(NoteKind::Malformed, detail)))
    })
}

fn lost(name: String, why: &str) -> Given {
    Given::Note(name, Note::new(NoteKind::Malformed, why))
}

/// A path as it is shown and stored.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

/// A reader that counts, and fails when it was patient for too long.
struct Watched<'a, R> {
    inner: R,
    done: &'a Cell<u64>,
    since: Option<&'a Cell<Instant>>,
    patience: Duration,
}

impl<'a, R> Watched<'a, R> {
    /// A reader that is watched from the moment `since`, which moves with every part; or never.
    fn new(inner: R, done: &'a Cell<u64>, since: Option<&'a Cell<Instant>>) -> Self {
        Self { inner, done, since, patience: PATIENCE }
    }
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since.is_some_and(|since| since.get().elapsed() > self.patience) {
            let what = format!("no report came of it for {} seconds", self.patience.as_secs());
            return Err(io::Error::new(io::ErrorKind::TimedOut, what));
        }
        let n = self.inner.read(buffer)?;
        self.done.set(self.done.get() + n as u64);
        Ok(n)
    }
}

impl<R: Seek> Seek for Watched<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_ends() {
        let (done, since) = (Cell::new(0), Cell::new(Instant::now()));
        let mut input = Watched::new(&b"words"[..], &done, Some(&since));
        let mut buffer = [0; 2];
        assert_eq!(input.read(&mut buffer).ok(), Some(2));
        assert_eq!(done.get(), 2);
        input.patience = Duration::ZERO;
        std::thread::sleep(Duration::from_millis(2));
        assert_eq!(input.read(&mut buffer).unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
