//! `stemma doctor`: whether a ledger is sound, checked from the ground up.

use crate::error::Failure;
use crate::interrupt;
use crate::output::Output;
use crate::progress::Progress;
use serde::Serialize;
use std::path::Path;
use stemma_show::Paper;
use stemma_show::term::harmless;
use stemma_show::wording::count;
use stemma_store::{Mode, Store};

/// What was found.
#[derive(Debug, Serialize)]
struct Health {
    /// Whether nothing is wrong.
    sound: bool,
    /// How many reports were checked.
    reports: usize,
    /// What is wrong, in words.
    troubles: Vec<String>,
}

/// Checks a ledger; fails if something is wrong with it.
pub(crate) fn run(path: &Path, rebuild: bool, output: &mut Output) -> Result<(), Failure> {
    let progress = Progress::new(None);
    if rebuild {
        progress.now("making the ledger anew from its reports".to_owned());
        // A missing ledger is told by the check below, and not made.
        if path.exists() {
            Store::open(path, Mode::Write)?.rebuild()?;
        }
    }
    let store = Store::open(path, Mode::Read)?;
    progress.now(format!("checking {}", count(store.n_reports()?, "report", "reports")));
    interrupt::listen();
    interrupt::at_once();
    let troubles = store.troubles()?;
    progress.clear();
    let health = Health { sound: troubles.is_empty(), reports: store.n_reports()?, troubles };
    output.show(&health, text)?;
    if health.sound {
        return Ok(());
    }
    let what = format!("ledger \"{}\" is not sound", path.display());
    let hint = if rebuild {
        "read the reports again into a new one with `--ledger FILE`"
    } else {
        "`stemma doctor --rebuild` makes all that is derived anew; if that does not help, read the reports again"
    };
    Err(Failure::said(what, hint))
}

fn text(health: &Health, _: Paper) -> String {
    if health.sound {
        let reports = count(health.reports, "report", "reports");
        return format!("Sound: {reports}; each is as it was read, and joining them anew gives the same\n");
    }
    health.troubles.iter().map(|what| harmless(what) + "\n").collect()
}
