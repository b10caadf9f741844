//! A ledger for people, programs and agents: pages and JSON over HTTP, tools over MCP.
//!
//! A question comes in with a schema, goes to an open ledger, and leaves as the same view that the command
//! prints with `--json`, or as a page drawn from it. Nothing is fetched from anywhere. What writes is the
//! work of [`jobs`], one after another, and the tool `add_reports`.

pub mod questions;
pub mod desks;
mod add;
mod jobs;
pub mod mcp;
pub mod http;
