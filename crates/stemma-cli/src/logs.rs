//! What a long run tells of itself while it goes, on standard error: a line each, for people or as JSON.

use crate::args::LogArg;
use std::io::IsTerminal;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::prelude::*;

/// Which lines, where nothing else is said: what happens, without each step of it.
const USUAL: LevelFilter = LevelFilter::INFO;

/// Begins to tell, if that was asked for: by `--log`, or by STEMMA_LOG, which says of what.
///
/// # Errors
/// What is wrong with STEMMA_LOG.
pub(crate) fn begin(form: Option<LogArg>, filter: Option<&str>) -> Result<(), String> {
    if form.is_none() && filter.is_none() {
        return Ok(());
    }
    let targets = match filter {
        Some(filter) => filter.parse::<Targets>().map_err(|e| format!("\"{filter}\": {e}"))?,
        None => Targets::new().with_default(USUAL),
    };
    let lines = fmt::layer().with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry().with(targets);
    // Fails only where something tells already, which nothing before this makes.
    let _ = match form {
        Some(LogArg::Json) => registry.with(lines.json().flatten_event(true)).try_init(),
        _ => registry.with(lines.with_ansi(std::io::stderr().is_terminal())).try_init(),
    };
    Ok(())
}

/// Whether lines are told, so that nothing else should be drawn on standard error.
pub(crate) fn are_told() -> bool {
    tracing::level_filters::LevelFilter::current() != LevelFilter::OFF
}
