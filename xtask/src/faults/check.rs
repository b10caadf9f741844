//! What was published and served, beside what the ledger holds and what was told.

use super::{Bad, Server, Telling, Trial};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::process::Command;

/// How many of a kind are listed.
const LISTED: usize = 10;

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Items that were published.
    pub published: usize,
    /// Reports in the ledger.
    pub reports: usize,
    /// Items whose last version the ledger lacks, though its page could be had.
    pub lost: Vec<Telling>,
    /// Versions of items that the ledger has more than once.
    pub twice: Vec<Telling>,
    /// Reports that nobody published, or whose page nobody may fetch.
    pub strange: Vec<String>,
    /// Reports whose letters were lost.
    pub garbled: Vec<Telling>,
    /// Items that cannot be had and of which the feed has no text either.
    pub unhad: usize,
    /// Changes that were printed.
    pub changes: usize,
    /// Changes that were printed more than once: a killed watch may repeat what it printed last.
    pub printed_twice: usize,
    /// Changes that were printed and never posted, or the other way round.
    pub unposted: usize,
    /// Changes that were posted more than once.
    pub posted_twice: usize,
}

#[derive(Deserialize)]
struct Report {
    file: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    body: Option<String>,
}

/// Checks a ledger against the world.
pub(super) fn check(trial: &Trial, server: &Server) -> io::Result<Checked> {
    let mut checked = Checked::default();
    let found = reports(trial, &mut checked)?;
    let world = &server.world;
    for feed in 0..world.feeds {
        for item in 0..world.published(feed) {
            checked.published += 1;
            let last = world.telling(feed, item);
            let versions = (1..=last.version).map(|version| Telling { version, ..last });
            for telling in versions {
                let n = found.get(&telling).copied().unwrap_or(0);
                if n > 1 {
                    checked.twice.push(telling);
                }
                if n == 0 && telling == last {
                    missing(&mut checked, server, telling);
                }
            }
        }
    }
    let good = |t: &&Telling| t.feed < world.feeds && t.item < world.published(t.feed);
    checked.strange.extend(found.keys().filter(|t| !good(t)).map(Telling::word));
    changes(trial, server, &mut checked)?;
    Ok(checked)
}

/// Sorts an item that is not in the ledger.
fn missing(checked: &mut Checked, server: &Server, telling: Telling) {
    let Telling { feed, item, .. } = telling;
    if server.world.bad(feed, item) == Bad::No || server.world.has_text(feed, item) {
        checked.lost.push(telling);
        return;
    }
    checked.unhad += 1;
}

/// The tellings in the ledger, and how often each.
fn reports(trial: &Trial, checked: &mut Checked) -> io::Result<BTreeMap<Telling, usize>> {
    let rows = trial.folder.join("rows");
    let done = Command::new(&trial.stemma)
        .args(["export", "--format", "jsonl", "-o"])
        .arg(&rows)
        .current_dir(&trial.folder)
        .env_remove("STEMMA_LEDGER")
        .output()?;
    if !done.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&done.stderr).into_owned()));
    }
    let mut found = BTreeMap::new();
    for line in BufReader::new(File::open(rows.join("reports.jsonl"))?).lines() {
        let report: Report = serde_json::from_str(&line?)?;
        checked.reports += 1;
        let text = report.body.or(report.text).unwrap_or_default();
        let title = report.title.unwrap_or_default();
        match Telling::in_text(&title).or_else(|| Telling::in_text(&text)) {
            Some(telling) => {
                *found.entry(telling).or_insert(0) += 1;
                if !title.contains("Überraschung") || !text.contains("café") {
                    checked.garbled.push(telling);
                }
            }
            None => checked.strange.push(report.file),
        }
    }
    Ok(found)
}

/// Compares what was printed with what was posted.
fn changes(trial: &Trial, server: &Server, checked: &mut Checked) -> io::Result<()> {
    #[derive(Deserialize)]
    struct Change {
        id: Option<String>,
    }
    let mut printed: BTreeMap<String, u64> = BTreeMap::new();
    for line in BufReader::new(File::open(trial.folder.join("changes.jsonl"))?).lines() {
        // A watch that is killed may leave half a line.
        let Ok(change) = serde_json::from_str::<Change>(&line?) else { continue };
        if let Some(id) = change.id {
            *printed.entry(id).or_default() += 1;
        }
    }
    let log = server.log();
    checked.changes = printed.len();
    checked.printed_twice = printed.values().filter(|n| **n > 1).count();
    checked.posted_twice = log.posted.values().filter(|n| **n > 1).count();
    let only = |a: &BTreeMap<String, u64>, b: &BTreeMap<String, u64>| {
        a.keys().filter(|k| !b.contains_key(*k)).count()
    };
    checked.unposted = only(&printed, &log.posted) + only(&log.posted, &printed);
    Ok(())
}

impl Checked {
    /// Whether nothing was lost, repeated, garbled or made up.
    pub fn is_sound(&self) -> bool {
        self.lost.is_empty()
            && self.twice.is_empty()
            && self.strange.is_empty()
            && self.garbled.is_empty()
            && self.unposted == 0
    }

    /// Tells of it.
    pub(super) fn tell(&self, out: &mut impl Write) -> io::Result<()> {
        let words = |tellings: &[Telling]| {
            let first: Vec<String> = tellings.iter().take(LISTED).map(Telling::word).collect();
            format!("{} {}", tellings.len(), first.join(" "))
        };
        writeln!(out, "items published {}, reports in the ledger {}", self.published, self.reports)?;
        writeln!(out, "lost {}", words(&self.lost))?;
        writeln!(out, "read twice {}", words(&self.twice))?;
        writeln!(out, "garbled {}", words(&self.garbled))?;
        writeln!(
            out,
            "strange {} {}",
            self.strange.len(),
            self.strange.iter().take(LISTED).cloned().collect::<Vec<_>>().join(" ")
        )?;
        writeln!(out, "cannot be had {}", self.unhad)?;
        writeln!(
            out,
            "changes {}, printed twice {}, posted twice {}, printed or posted only {}",
            self.changes, self.printed_twice, self.posted_twice, self.unposted
        )
    }
}
