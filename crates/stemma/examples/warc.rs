//! Makes a WARC from pages, and shows what streaming one costs.
//!
//! `cargo run --release -p stemma --example warc -- make PAGES OUT.warc.gz 1000` packs the files of a folder
//! again and again, each under its own address and gzip member, until OUT has 1,000 MB.
//! `… -- stream OUT.warc.gz` reads it and says how many reports a second, with the peak of memory.

use flate2::{Compression, write::GzEncoder};
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;
use stemma::read::{Source, Told, parts};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", pages, out, megabytes] => make(Path::new(pages), Path::new(out), megabytes.parse()?),
        ["stream", file] => stream(Path::new(file)),
        _ => Err("usage: warc make PAGES OUT MEGABYTES | warc stream FILE".into()),
    }
}

fn make(pages: &Path, out: &Path, megabytes: u64) -> Result<(), Box<dyn Error>> {
    let mut bodies = Vec::new();
    for entry in fs::read_dir(pages)? {
        let path = entry?.path();
        let bytes = fs::read(&path)?;
        bodies.push(if path.extension().is_some_and(|e| e == "gz") {
            io::read_to_string(flate2::read::MultiGzDecoder::new(&*bytes))?.into_bytes()
        } else {
            bytes
        });
    }
    bodies.sort();
    let mut file = BufWriter::new(File::create(out)?);
    let (mut written, mut n) = (0, 0);
    while written < megabytes << 20 {
        let body = bodies.get(n % bodies.len().max(1)).ok_or("no pages there")?;
        let record = record(n, body);
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        member.write_all(&record)?;
        let member = member.finish()?;
        file.write_all(&member)?;
        written += member.len() as u64;
        n += 1;
    }
    file.flush()?;
    writeln!(io::stdout(), "{n} records, {} MB", written >> 20)?;
    Ok(())
}

fn record(n: usize, body: &[u8]) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    let mut record = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:example:{n}>\r\n\
         WARC-Target-URI: https://outlet{}.example/{n}.html\r\nWARC-Date: 2025-07-14T09:30:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{head}",
        n % 50,
        head.len() + body.len()
    )
    .into_bytes();
    record.extend_from_slice(body);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

fn stream(path: &Path) -> Result<(), Box<dyn Error>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut input = BufReader::new(file);
    let (mut n_reports, mut n_notes, mut bytes) = (0u64, 0u64, 0u64);
    let start = Instant::now();
    let name = path.to_string_lossy();
    let _ = parts(&name, Source::File(&mut input, size), &mut |part| {
        let found = part.read(&Told::default());
        n_reports += found.reports.len() as u64;
        n_notes += found.notes.len() as u64;
        bytes += found.reports.iter().map(|r| r.text.len() as u64).sum::<u64>();
        ControlFlow::Continue(())
    });
    let seconds = start.elapsed().as_secs_f64();
    let peak = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = peak.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("VmHWM: unknown").to_owned();
    writeln!(
        io::stdout(),
        "{n_reports} reports, {n_notes} notes, {} MB of text from {} MB in {seconds:.1} s: {:.0} reports/s; {peak}",
        bytes >> 20,
        size >> 20,
        n_reports as f64 / seconds
    )?;
    Ok(())
}
