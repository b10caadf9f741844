//! Prints vectors: a language and a text a line, tab between, on stdin; 256 little-endian f32 each on stdout.
//!
//! An empty language stands for an unknown one. `tools/evaluate.py` reads this.

use std::io::{self, BufRead, BufWriter, Write};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (lang, text) = line.split_once('\t').unwrap_or(("", &line));
        let vector = stemma_words::table().vector(text, Some(lang).filter(|l| !l.is_empty()));
        for number in vector.as_array() {
            out.write_all(&number.to_le_bytes())?;
        }
    }
    out.flush()
}
