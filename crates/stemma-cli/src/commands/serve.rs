//! `stemma serve`: the ledger over HTTP.

use crate::args::ServeArgs;
use crate::error::Failure;
use crate::output::Output;
use serde::Serialize;
use std::path::PathBuf;
use stemma_serve::http::{self, Settings};

/// Where it can be found.
#[derive(Serialize)]
struct Serving {
    url: String,
    ledger: PathBuf,
    read_only: bool,
}

/// Serves until it is stopped.
pub(crate) fn run(ledger: PathBuf, typed: ServeArgs, output: &mut Output) -> Result<(), Failure> {
    let settings = Settings {
        ledger: ledger.clone(),
        listen: typed.listen,
        token: typed.token,
        read_only: typed.read_only,
        most_bytes: usize::from(typed.upload) << 20,
    };
    let read_only = typed.read_only;
    let mut told = Ok(());
    let served = http::run(settings, |address| {
        let serving = Serving { url: format!("http://{address}/"), ledger, read_only };
        let shown = output.show(&serving, |s, _| {
            let ledger = stemma_show::term::harmless(&s.ledger.display().to_string());
            format!("Serving {ledger} at {}; Ctrl-C stops it\n", s.url)
        });
        told = shown.and_then(|()| output.finish());
    });
    served.map_err(|e| Failure::said(http::said(&e), e.hint()))?;
    told
}
