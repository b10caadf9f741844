//! `stemma mcp`: what an agent's program sends and gets, line by line.

use super::{Desk, desk_with_pile};
use serde_json::Value;

const HELLO: &str = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
"#;

/// The answers to some lines, by their ids.
fn answers(desk: &Desk, args: &[&str], lines: &str) -> Vec<Value> {
    let done = desk.command(args).write_stdin(format!("{HELLO}{lines}")).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let out = String::from_utf8(done.stdout).unwrap();
    let mut found: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    found.sort_by_key(|a| a["id"].as_u64());
    found
}

#[test]
fn an_agent_is_told_what_a_claim_rests_on() {
    let desk = desk_with_pile();
    let call = r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"check_claim","arguments":{"sentence":"14 people were missing"}}}
"#;
    let found = answers(&desk, &["mcp", "--read-only"], call);
    assert_eq!(found[0]["result"]["serverInfo"]["name"], "stemma");
    let told = &found[1]["result"];
    assert_eq!(told["isError"], false, "{told}");
    assert!(told["structuredContent"]["findings"].as_array().is_some_and(|f| !f.is_empty()), "{told}");
}

#[test]
fn what_is_no_protocol_is_an_error_with_a_hint() {
    let desk = desk_with_pile();
    let done = desk.command(&["mcp"]).write_stdin("hello\n").output().unwrap();
    let err = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{err}");
    assert!(done.stdout.is_empty() && err.contains("hint:"), "{err}");
}
