//! Standard output: a view as JSON or as text, on whatever paper there is.

use crate::error::Failure;
use serde::Serialize;
use std::io::{self, BufWriter, Stdout, Write};
use stemma_show::Paper;
use stemma_show::term::harmless;

/// Columns where no terminal says otherwise.
const WIDTH: usize = 100;

/// Where answers go.
pub(crate) struct Output {
    out: BufWriter<Stdout>,
    json: bool,
    paper: Paper,
}

impl Output {
    /// Looks at what standard output is.
    pub(crate) fn new(json: bool) -> Self {
        let choice = anstream::AutoStream::choice(&io::stdout());
        let colour = !matches!(choice, anstream::ColorChoice::Never);
        Self { out: BufWriter::new(io::stdout()), json, paper: Paper { width: width(), colour } }
    }

    /// Whether programs read.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Writes a view as JSON, or its text.
    pub(crate) fn show<V: Serialize>(
        &mut self,
        view: &V,
        text: impl FnOnce(&V, Paper) -> String,
    ) -> Result<(), Failure> {
        if self.json {
            let done = serde_json::to_writer_pretty(&mut self.out, view).map_err(io::Error::from);
            return done.and_then(|()| self.out.write_all(b"\n")).map_err(failed);
        }
        let text = text(view, self.paper);
        self.out.write_all(text.as_bytes()).map_err(failed)
    }

    /// Writes bytes as they are.
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.out.write_all(bytes).map_err(failed)
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Lets whoever reads see what was written so far.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Lets go of what is still held.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(failed)
    }
}

fn failed(source: io::Error) -> Failure {
    Failure::Write { to: "standard output".into(), source }
}

/// The columns of the terminal; COLUMNS or a usual width where there is none.
fn width() -> usize {
    let typed = || std::env::var("COLUMNS").ok()?.parse().ok();
    let terminal = || {
        let (terminal_size::Width(columns), _) = terminal_size::terminal_size_of(io::stdout())?;
        Some(usize::from(columns))
    };
    terminal().or_else(typed).filter(|n| *n > 0).unwrap_or(WIDTH)
}

/// Says something on standard error, line by line made harmless, the first word in colour.
pub(crate) fn complain(words: &str) {
    let mut err = anstream::stderr().lock();
    for line in words.lines() {
        let line = harmless(line);
        let _ = match line.split_once(": ") {
            Some((head @ "error", rest)) => writeln!(err, "\x1b[1;31m{head}\x1b[0m: {rest}"),
            Some((head @ "hint", rest)) => writeln!(err, "\x1b[1;36m{head}\x1b[0m: {rest}"),
            _ => writeln!(err, "{line}"),
        };
    }
}
