//! Feeds the readers, and the cleaning behind them, with damaged files, the same ones each time, and reports
//! what fails.
//!
//! `cargo run -p stemma --example fuzz_read -- READER MINUTES [FIRST]`: READER is one of those that
//! [`seeds`] has files for, or `all`. A failing input is written to `fuzz-READER-N.bin`; make it a row in
//! `src/read/tests`. Deterministic: case N of a reader is the same on every machine.

mod seeds;

use std::error::Error;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use stemma::clean::clean;
use stemma::read::{Input, read};

/// A case that takes longer than this is reported, too.
const SLOW: Duration = Duration::from_secs(5);

/// Bytes that formats give a meaning.
const TELLING: &[&[u8]] = &[
    b"\0",
    b"\xff\xff\xff\xff",
    b"\r\n\r\n",
    b"\n",
    b"\"",
    b"<",
    b">",
    b"<!--",
    b"<![CDATA[",
    b"]]>",
    b"&",
    b"{",
    b"[",
    b"}",
    b"]",
    b",",
    b":",
    b"--",
    b"=?utf-8?q?",
    b"boundary=\"x\"",
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n",
    b"HTTP/1.1 200",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"ustar\0",
    b"7777777",
    b"\x80",
    b"\xef\xbb\xbf",
];

/// A generator of numbers (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `n`, which is not 0.
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let reader = args.first().map_or("all", String::as_str);
    let minutes: f64 = args.get(1).map_or(Ok(1.0), |m| m.parse())?;
    let first: u64 = args.get(2).map_or(Ok(0), |n| n.parse())?;
    std::panic::set_hook(Box::new(|_| {}));
    let mut failed = false;
    for (name, file, seed) in seeds::seeds().iter().filter(|(name, ..)| reader == "all" || *name == reader) {
        let until = Instant::now() + Duration::from_secs_f64(minutes * 60.0);
        let (mut case, mut slowest) = (first, Duration::ZERO);
        while Instant::now() < until {
            let bytes = damaged(seed, case);
            let start = Instant::now();
            let went = catch_unwind(AssertUnwindSafe(|| {
                let found = read(&Input { name: file, bytes: &bytes, ..Input::default() });
                found.reports.iter().cloned().for_each(|raw| drop(clean(raw)));
                found
            }));
            let took = start.elapsed();
            slowest = slowest.max(took);
            let silent = went.as_ref().is_ok_and(|found| found.reports.is_empty() && found.notes.is_empty());
            if went.is_err() || silent || took > SLOW {
                failed = true;
                std::fs::write(format!("fuzz-{name}-{case}.bin"), &bytes)?;
                writeln!(io::stdout(), "{name}: case {case} fails (silent: {silent}, {took:?})")?;
            }
            case += 1;
        }
        writeln!(io::stdout(), "{name}: {} cases, slowest {slowest:?}", case - first)?;
    }
    if failed { Err("some cases fail".into()) } else { Ok(()) }
}

/// Case `n` of a seed: a few bytes changed, put in, taken out, doubled or cut.
fn damaged(seed: &[u8], n: u64) -> Vec<u8> {
    let mut dice = Dice(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for _ in 0..4 {
        dice.next();
    }
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(6) {
        if bytes.is_empty() {
            break;
        }
        let at = dice.below(bytes.len());
        let end = (at + 1 + dice.below(64)).min(bytes.len());
        match dice.below(8) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = dice.next() as u8,
            2 => drop(bytes.drain(at..end)),
            3 => bytes.truncate(at),
            4 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            5 => {
                let from = dice.below(bytes.len());
                let copy: Vec<u8> = bytes[from..].iter().take(64).copied().collect();
                bytes.splice(at..end, copy);
            }
            _ => {
                let telling = TELLING[dice.below(TELLING.len())];
                bytes.splice(at..at, telling.iter().copied());
            }
        }
    }
    bytes
}
