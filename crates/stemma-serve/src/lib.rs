//! A ledger for programs and agents: the questions that the command answers, over MCP.
//!
//! A question comes in as JSON with a schema, goes to [`questions`], and leaves as the same view that the
//! command prints with `--json`. Nothing is fetched from anywhere; only `add_reports` writes.

mod add;
pub mod mcp;
pub mod questions;
