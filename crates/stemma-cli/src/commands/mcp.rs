//! `stemma mcp`: the ledger as tools for agents.

use crate::error::Failure;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Answers until input ends.
pub(crate) fn run(ledger: PathBuf, read_only: bool) -> Result<(), Failure> {
    let hint = "an agent starts this command and speaks to it; `stemma help mcp` shows how";
    if std::io::stdin().is_terminal() {
        return Err(Failure::said("standard input is a terminal, not an agent", hint));
    }
    stemma_serve::mcp::run(ledger, read_only)
        .map_err(|e| Failure::said(format!("what came in is no Model Context Protocol: {e}"), hint))
}
