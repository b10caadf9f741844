//! `stemma map`: lines of reports in, lines of analyses out, in order, nothing kept between them.
//!
//! One thread reads ahead; what has come is analysed on all threads and written at once, so that whoever waits for
//! the answer to a line gets it. Blocks are bounded, so memory is, however long the input.

use super::work_with;
use crate::args::MapArgs;
use crate::error::Failure;
use crate::output::Output;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rayon::prelude::*;
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use stemma::analyse_or_none;
use stemma::extract::Extracts;
use stemma::model::{Note, NoteKind, Report, ReportId};
use stemma::read::{Told, limits, row_of};
use stemma_store::{ENGINE, packed};

/// The form of the lines; a change that a reader of the old would trip over takes the next number.
const FORM: &str = "stemma-map/1";
/// Bytes that are read at a time.
const BUFFER: usize = 1 << 20;
/// Bytes and lines that are analysed together, unless one line is longer.
const MOST_BYTES: usize = 4 << 20;
const MOST_LINES: usize = 512;
/// Blocks that wait at most.
const AHEAD: usize = 4;

/// A line of a file; too long ones have lost their end.
struct Line {
    file: usize,
    row: u64,
    bytes: Vec<u8>,
}

/// What comes from the one who reads ahead.
type Block = io::Result<Vec<Line>>;

/// A line out.
#[derive(Serialize)]
struct Mapped<'a> {
    form: &'static str,
    row: u64,
    #[serde(flatten)]
    found: Found<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Found<'a> {
    Analysis {
        id: ReportId,
        engine: &'static str,
        report: &'a Report,
        extracts: &'a Extracts,
        #[serde(skip_serializing_if = "Option::is_none")]
        packed: Option<String>,
    },
    Note {
        note: &'a Note,
    },
}

/// Maps all lines.
pub(crate) fn run(typed: MapArgs, output: &mut Output) -> Result<(), Failure> {
    work_with(typed.told.threads);
    std::panic::set_hook(Box::new(|_| {}));
    let paths = if typed.paths.is_empty() { vec![PathBuf::from("-")] } else { typed.paths };
    let inputs = paths.iter().map(|path| opened(path)).collect::<Result<Vec<_>, _>>()?;
    let told = typed.told.told();
    let lean = typed.lean;
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let one = |line: &Line| mapped(&names[line.file], line, &told, lean);
    let blocks = ahead(inputs);
    let Some(target) = &typed.output else {
        return each(&blocks, one, |lines| output.raw(lines).and_then(|()| output.finish()));
    };
    let cannot = |source| Failure::Write { to: format!("\"{}\"", target.display()), source };
    let mut file = BufWriter::new(File::create(target).map_err(cannot)?);
    each(&blocks, one, |lines| file.write_all(lines).map_err(cannot))?;
    file.flush().map_err(cannot)
}

/// Maps blocks as they come, and writes each when it is done.
fn each(
    blocks: &Receiver<Block>,
    one: impl Fn(&Line) -> Vec<u8> + Sync,
    mut write: impl FnMut(&[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    while let Ok(block) = blocks.recv() {
        let block = block
            .map_err(|e| Failure::said(format!("cannot read on: {e}"), "check where the lines come from"))?;
        let lines: Vec<Vec<u8>> = block.par_iter().map(&one).collect();
        write(&lines.concat())?;
    }
    Ok(())
}

fn opened(path: &Path) -> Result<Box<dyn BufRead + Send>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::with_capacity(BUFFER, io::stdin())));
    }
    let file = File::open(path).map_err(|e| {
        let what = format!("cannot read \"{}\": {e}", path.display());
        Failure::said(what, "give a file of lines of JSON, or - for standard input")
    })?;
    Ok(Box::new(BufReader::with_capacity(BUFFER, file)))
}

/// Reads ahead on a thread of its own, which ends with the input or with whoever takes the blocks.
fn ahead(inputs: Vec<Box<dyn BufRead + Send>>) -> Receiver<Block> {
    let (sender, blocks) = sync_channel(AHEAD);
    thread::spawn(move || {
        for (file, mut input) in inputs.into_iter().enumerate() {
            match lines(file, &mut input, &sender) {
                Ok(true) => {}
                Ok(false) => return,
                Err(e) => {
                    let _ = sender.send(Err(e));
                    return;
                }
            }
        }
    });
    blocks
}

/// Sends the lines of an input in blocks: what is there, when waiting for more would begin. False if nobody
/// takes them any more.
fn lines(file: usize, input: &mut impl BufRead, to: &SyncSender<Block>) -> io::Result<bool> {
    let mut block = Vec::new();
    let (mut bytes, mut row) = (0, 0);
    loop {
        let here = input.fill_buf()?;
        if here.is_empty() {
            return Ok(block.is_empty() || to.send(Ok(block)).is_ok());
        }
        row += 1;
        let (line, rest) = line(input)?;
        bytes += line.len();
        block.push(Line { file, row, bytes: line });
        if rest == 0 || bytes >= MOST_BYTES || block.len() >= MOST_LINES {
            bytes = 0;
            if to.send(Ok(std::mem::take(&mut block))).is_err() {
                return Ok(false);
            }
        }
    }
}

/// One line without its end, cut where it is longer than is taken; and how much of what follows is there already.
fn line(input: &mut impl BufRead) -> io::Result<(Vec<u8>, usize)> {
    let mut line = Vec::new();
    loop {
        let here = input.fill_buf()?;
        let end = here.iter().position(|b| *b == b'\n');
        let taken = end.unwrap_or(here.len());
        let room = (limits::MAX_ROW + 1).saturating_sub(line.len());
        line.extend_from_slice(&here[..taken.min(room)]);
        let over = end.is_some() || here.is_empty();
        let rest = here.len() - taken - usize::from(end.is_some());
        input.consume(taken + usize::from(end.is_some()));
        if over {
            return Ok((line, rest));
        }
    }
}

/// The line out for a line in.
fn mapped(name: &str, line: &Line, told: &Told, lean: bool) -> Vec<u8> {
    let row = line.row;
    let written = |found: Found| {
        let mut out =
            serde_json::to_vec(&Mapped { form: FORM, row, found }).expect("an analysis has a JSON form");
        out.push(b'\n');
        out
    };
    let raw = match row_of(name, row, &line.bytes, told) {
        Ok(raw) => raw,
        Err(note) => return written(Found::Note { note: &note }),
    };
    let fault = |detail: String| written(Found::Note { note: &Note::new(NoteKind::Malformed, detail) });
    let Some(analysis) = analyse_or_none(&raw, &()) else {
        return fault("Left out: stemma itself failed on it; please report this with the line".into());
    };
    let whole =
        (!lean).then(|| packed(&raw, &analysis).map(|bytes| BASE64_STANDARD.encode(bytes))).transpose();
    match whole {
        Ok(packed) => written(Found::Analysis {
            id: analysis.report.id,
            engine: ENGINE,
            report: &analysis.report,
            extracts: &analysis.extracts,
            packed,
        }),
        Err(what) => fault(format!("It could not be packed: {what}")),
    }
}
