//! The ledger as tools of the Model Context Protocol, over standard input and output.
//!
//! In: tool calls. Out: the answers of [`questions`](crate::questions) as structured content; an error with
//! a hint where there is none, so that an agent can ask better. Never: prints anything else.

use crate::desks::{Desks, When};
use crate::http::said;
use crate::questions::{self, About, Claim, NewReports, Of, Reports, Words};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, Implementation, ServerCapabilities, ServerConfig};
use rmcp::transport::IntoTransport;
use rmcp::{RoleServer, ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use serde_json::{Value, json};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use stemma_store::{Desk, DeskError};

/// What an agent is told of the whole before it calls a tool.
const INSTRUCTIONS: &str = "stemma holds a ledger of news reports and tells what happened, who says so, who \
copied whom, and where the tellings differ. Reprints, rewrites and translations of one dispatch are one origin: \
count `origins`, never reports. An entry's `standing` is corroborated (two or more independent origins), echoed \
(many reports, one origin), single, disputed, corrupted (the difference entered while copying) or updated. To \
judge a claim call check_claim; to learn of a happening search or story, then origins; to see what a copy \
changed, collate. Every value has the words of a report with their place: quote those.";

/// A ledger as an MCP server.
#[derive(Clone, Debug)]
pub struct Server {
    desks: Arc<Desks>,
    tool_router: ToolRouter<Self>,
}

impl Server {
    /// For a ledger, which need not be there yet if it may be written.
    pub fn new(ledger: PathBuf, read_only: bool) -> Self {
        Self::over(Arc::new(Desks::new(ledger, When::Joined)), read_only)
    }

    /// Over ledgers that others ask as well.
    pub(crate) fn over(desks: Arc<Desks>, read_only: bool) -> Self {
        let mut tool_router = Self::tool_router();
        if read_only {
            tool_router.remove_route("add_reports");
        }
        Self { desks, tool_router }
    }

    /// Answers on a thread of its own: a ledger is a file, and reading it waits.
    async fn answer(
        &self,
        question: impl FnOnce(&Desk) -> Result<Value, DeskError> + Send + 'static,
    ) -> CallToolResult {
        self.work(move |desks| desks.ask(question)).await
    }

    async fn work(
        &self,
        work: impl FnOnce(&Desks) -> Result<Value, DeskError> + Send + 'static,
    ) -> CallToolResult {
        let desks = Arc::clone(&self.desks);
        let answered = tokio::task::spawn_blocking(move || work(&desks)).await;
        match answered {
            Ok(Ok(value)) => CallToolResult::structured(object(value)),
            Ok(Err(e)) => CallToolResult::structured_error(json!({ "error": said(&e), "hint": e.hint() })),
            Err(_) => CallToolResult::structured_error(json!({
                "error": "stemma itself failed on this question",
                "hint": "please report it with what was asked",
            })),
        }
    }
}

/// The protocol asks for an object at the top.
fn object(value: Value) -> Value {
    if value.is_object() { value } else { json!({ "answer": value }) }
}

#[tool_router]
impl Server {
    /// Checks one claim.
    #[tool(
        description = "Check one claim against all reports read: which entries support, qualify or dispute it, \
                       from how many independent origins, with the words of the reports. Numbers and dates are \
                       compared as intervals. Says plainly when nothing is known.",
        annotations(title = "Check a claim", read_only_hint = true, open_world_hint = false)
    )]
    async fn check_claim(&self, Parameters(asked): Parameters<Claim>) -> CallToolResult {
        self.answer(move |desk| questions::check_claim(desk, &asked)).await
    }

    /// Tells a story.
    #[tool(
        description = "Tell of a happening: its time, place, actors, key quotes, a brief in the reports' own \
                       words, and its claims with their standing. Without `about`: all storylines with their \
                       events in order of time.",
        annotations(title = "Tell a story", read_only_hint = true, open_world_hint = false)
    )]
    async fn story(&self, Parameters(asked): Parameters<About>) -> CallToolResult {
        self.answer(move |desk| questions::story(desk, &asked)).await
    }

    /// Traces origins.
    #[tool(
        description = "Trace something to where it comes from: the independent origins of an entry with the \
                       reason for its standing, those of every claim of an event, or the family tree and the \
                       evidence of copying of a family or a report.",
        annotations(title = "Trace origins", read_only_hint = true, open_world_hint = false)
    )]
    async fn origins(&self, Parameters(asked): Parameters<Of>) -> CallToolResult {
        self.answer(move |desk| questions::origins(desk, &asked)).await
    }

    /// Lays reports side by side.
    #[tool(
        description = "Lay two reports side by side, or several against the first: aligned sentences with what \
                       differs (number, date, name, negation, wording) marked.",
        annotations(title = "Collate reports", read_only_hint = true, open_world_hint = false)
    )]
    async fn collate(&self, Parameters(asked): Parameters<Reports>) -> CallToolResult {
        self.answer(move |desk| questions::collate(desk, &asked)).await
    }

    /// Finds reports.
    #[tool(
        description = "Find reports by words that stand in them, in any language; gives their ids, families \
                       and events.",
        annotations(title = "Search reports", read_only_hint = true, open_world_hint = false)
    )]
    async fn search(&self, Parameters(asked): Parameters<Words>) -> CallToolResult {
        self.answer(move |desk| questions::search(desk, &asked)).await
    }

    /// Reads reports.
    #[tool(
        description = "Read news reports into the ledger, from text that you have: they are grouped with what \
                       is there, copies traced, claims joined. A report read twice adds nothing. Nothing is \
                       fetched.",
        annotations(
            title = "Add reports",
            read_only_hint = false,
            destructive_hint = false,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    async fn add_reports(&self, Parameters(asked): Parameters<NewReports>) -> CallToolResult {
        self.work(move |desks| questions::add_reports(desks.path(), &asked)).await
    }
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("stemma", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }
}

/// Serves a ledger over standard input and output until input ends.
///
/// # Errors
/// When input or output fails, or what comes in is no MCP.
pub fn run(ledger: PathBuf, read_only: bool) -> io::Result<()> {
    serve(Server::new(ledger, read_only), rmcp::transport::stdio())
}

/// Serves over any transport until it ends.
///
/// # Errors
/// When the transport fails, or what comes in is no MCP.
pub fn serve<T, E, A>(server: Server, transport: T) -> io::Result<()>
where
    T: IntoTransport<RoleServer, E, A>,
    E: std::error::Error + Send + Sync + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(async {
        let running = server.serve(transport).await.map_err(io::Error::other)?;
        running.waiting().await.map_err(io::Error::other)
    });
    // A reader that waits for input does not hold the process up.
    runtime.shutdown_background();
    done.map(drop)
}
