//! Every tool, driven by a client of the protocol against a real ledger.

#![expect(clippy::unwrap_used, reason = "a test's helpers may fail the test")]

use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::RunningService;
use rmcp::{RoleClient, ServiceExt};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::thread;
use stemma_serve::mcp::{Server, serve};

/// A client beside a server on a thread of its own.
struct Agent {
    client: RunningService<RoleClient, ()>,
}

impl Agent {
    async fn of(ledger: PathBuf, read_only: bool) -> Agent {
        let (ours, theirs) = tokio::io::duplex(1 << 16);
        thread::spawn(move || serve(Server::new(ledger, read_only), theirs));
        Agent { client: ().serve(ours).await.unwrap() }
    }

    async fn call(&self, tool: &'static str, asked: Value) -> CallToolResult {
        let params = CallToolRequestParams::new(tool).with_arguments(asked.as_object().unwrap().clone());
        self.client.call_tool(params).await.unwrap()
    }

    async fn ask(&self, tool: &'static str, asked: Value) -> Value {
        let answer = self.call(tool, asked).await;
        let value = answer.structured_content.clone().unwrap();
        assert_ne!(answer.is_error, Some(true), "{value}");
        value
    }

    async fn refused(&self, tool: &'static str, asked: Value) -> String {
        let answer = self.call(tool, asked).await;
        let value = answer.structured_content.clone().unwrap();
        assert_eq!(answer.is_error, Some(true), "{value}");
        assert!(value["hint"].as_str().is_some_and(|h| !h.is_empty()), "{value}");
        value["error"].as_str().unwrap().to_owned()
    }
}

fn run(test: impl AsyncFnOnce(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(test(folder.path()));
}

const DISPATCH: &str = "KESSAU (Tarrow Press) - A fire at a paper mill killed two workers on Monday, the fire \
brigade said. The fire began at 3 a.m. in a store of rags, and 40 firefighters fought it until noon. Brigade \
chief Marta Olen said the roof had fallen in within ten minutes. \"We could not get to them,\" she said. The \
mill employs 310 people.";
const REPRINT: &str = "A fire at a paper mill killed two workers on Monday, the fire brigade said. The fire \
began at 3 a.m. in a store of rags, and 40 firefighters fought it until noon. Brigade chief Marta Olen said \
the roof had fallen in within ten minutes.";
const STRANGER: &str = "Three people are dead after the paper mill in Kessau burned down, its owner Jonas Brenk \
told our reporter at the gate. He had counted his men twice, he said. The smell of wet rags lay over the town \
all Monday.";

fn reports() -> Value {
    json!({ "reports": [
        { "name": "a", "text": DISPATCH, "outlet": "Tarrow Press", "published": "2025-03-03", "lang": "en" },
        { "name": "b", "text": REPRINT, "outlet": "Kessau Mail", "published": "2025-03-03", "lang": "en" },
        { "name": "c", "text": STRANGER, "outlet": "The Gate", "published": "2025-03-04", "lang": "en" },
    ] })
}

#[test]
fn every_tool_answers() {
    run(async |folder| {
        let agent = Agent::of(folder.join("a.db"), false).await;
        let tools = agent.client.list_all_tools().await.unwrap();
        let mut names: Vec<&str> = tools.iter().map(|t| t.name.as_ref()).collect();
        names.sort_unstable();
        assert_eq!(names, ["add_reports", "check_claim", "collate", "origins", "search", "story"]);
        assert!(tools.iter().all(|t| t.description.is_some() && t.input_schema.contains_key("properties")));

        let added = agent.ask("add_reports", reports()).await;
        assert_eq!((&added["read"], &added["known"]), (&json!(3), &json!(0)), "{added}");
        let again = agent.ask("add_reports", reports()).await;
        assert_eq!((&again["read"], &again["known"]), (&json!(0), &json!(3)), "{again}");

        let found = agent.ask("search", json!({ "words": "roof" })).await;
        assert_eq!(found["total"], 2, "{found}");
        let checked = agent.ask("check_claim", json!({ "sentence": "Two workers were killed." })).await;
        let entry = &checked["findings"][0]["entry"];
        // The stranger counts three: its figure stands in the same entry.
        assert_eq!(entry["origins"], json!(["Jonas Brenk", "fire brigade"]), "{checked}");
        assert_eq!(checked["findings"][0]["disputed_by"], json!(["Jonas Brenk"]), "{checked}");

        let all = agent.ask("story", json!({})).await;
        assert!(all["storylines"].as_array().is_some_and(|s| !s.is_empty()), "{all}");
        let told = agent.ask("story", json!({ "about": "a" })).await;
        assert!(told["entries"]["total"].as_u64() > Some(0) && told["event"].is_object(), "{told}");
        let copied = agent.ask("origins", json!({ "of": "b" })).await;
        assert!(copied.to_string().contains("\"parent\""), "{copied}");
        let entry = told["entries"]["entries"][0]["id"].as_str().unwrap().to_owned();
        let traced = agent.ask("origins", json!({ "of": entry })).await;
        assert!(traced.to_string().contains("origins"), "{traced}");
        let laid = agent.ask("collate", json!({ "reports": ["a", "b"] })).await;
        assert!(laid["rows"].as_array().is_some_and(|r| !r.is_empty()), "{laid}");
        let three = agent.ask("collate", json!({ "reports": ["a", "b", "c"] })).await;
        assert!(three.is_object(), "{three}");
    });
}

#[test]
fn what_cannot_be_answered_says_why() {
    run(async |folder| {
        let agent = Agent::of(folder.join("none.db"), false).await;
        assert!(agent.refused("story", json!({})).await.contains("none.db"));
        for (tool, asked, why) in [
            ("add_reports", json!({ "reports": [] }), "0 reports"),
            ("add_reports", json!({ "reports": [{ "text": " " }] }), "bytes of text"),
            ("add_reports", json!({ "reports": [{ "text": "x", "published": "soon" }] }), "no date"),
        ] {
            let said = agent.refused(tool, asked).await;
            assert!(said.contains(why), "{tool}: {said}");
        }
        // What was refused has left nothing behind.
        assert!(!folder.join("none.db").exists());
        agent.ask("add_reports", reports()).await;
        for (tool, asked, why) in [
            ("collate", json!({ "reports": ["a"] }), "1 reports"),
            ("collate", json!({ "reports": ["a", "a"] }), "with itself"),
            ("origins", json!({ "of": "nothing" }), "no entry"),
            ("search", json!({ "words": "?!" }), "no words"),
            ("check_claim", json!({ "sentence": " … " }), "nothing to check"),
            ("check_claim", json!({ "sentence": "Two died.", "lang": "klingonish" }), "no language"),
            ("check_claim", json!({ "sentence": "a".repeat(70_000) }), "no sentence"),
        ] {
            let said = agent.refused(tool, asked).await;
            assert!(said.contains(why), "{tool}: {said}");
        }
    });
}

#[test]
fn hostile_texts_are_text() {
    run(async |folder| {
        let agent = Agent::of(folder.join("h.db"), false).await;
        let texts = [
            "<script>alert(1)</script> \u{202E}gnp.exe \u{0}\u{200B}",
            "\u{FFFF}".repeat(1000).leak() as &str,
            "a".repeat(3 << 20).leak(),
        ];
        for (i, text) in texts.iter().enumerate() {
            let given = json!({ "reports": [{ "text": text, "name": format!("h{i}") }] });
            let added = agent.ask("add_reports", given).await;
            assert_eq!(added["read"], 1, "{i}");
        }
        let all = agent.ask("story", json!({ "limit": 9999999 })).await;
        assert!(all["storylines"].is_array());
    });
}

#[test]
fn a_server_that_only_reads_adds_nothing() {
    run(async |folder| {
        let agent = Agent::of(folder.join("r.db"), true).await;
        let tools = agent.client.list_all_tools().await.unwrap();
        assert!(tools.iter().all(|t| t.name != "add_reports"));
        let asked =
            CallToolRequestParams::new("add_reports").with_arguments(reports().as_object().unwrap().clone());
        assert!(agent.client.call_tool(asked).await.is_err());
    });
}
