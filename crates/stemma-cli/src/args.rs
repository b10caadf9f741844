//! Arguments as typed, each with its words for people.

mod examples;
mod map;
mod told;
mod typed;
mod watch;

pub(crate) use map::MapArgs;
pub(crate) use told::{ToldArgs, lang, moment, size};
pub(crate) use typed::{FormatArg, GraphArg, LogArg, StandingArg};
pub(crate) use watch::WatchArgs;

use examples::{
    CHECK, COLLATE, COMPLETIONS, DOCTOR, ENTRIES, EVENTS, EXPORT, FAMILIES, MCP, PAGE, READ, REPORT, SEARCH,
    SERVE, START, TIMELINE, WHY,
};

use clap::{Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use stemma::model::{Lang, Moment};

/// Reads a pile of news reports and tells what happened, who says so, who copied whom, and where
/// the tellings differ.
#[derive(Debug, Parser)]
#[command(name = "stemma", version, after_help = START, arg_required_else_help = true)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// The ledger: one file that holds all that was read.
    #[arg(long, global = true, value_name = "FILE", env = "STEMMA_LEDGER", default_value = "stemma.db")]
    pub(crate) ledger: PathBuf,
    /// Give JSON for programs.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Tell on standard error what a long run does, a line each. STEMMA_LOG says of what: a level such as debug, or
    /// levels of parts.
    #[arg(long, global = true, value_name = "FORM")]
    pub(crate) log: Option<LogArg>,
    /// What is told.
    #[arg(long, global = true, hide = true, env = "STEMMA_LOG")]
    pub(crate) log_filter: Option<String>,
}

impl Args {
    /// Whether JSON is wanted.
    pub(crate) fn json(&self) -> bool {
        self.json
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports into the ledger, then sum up.
    #[command(after_help = READ)]
    Read(ReadArgs),
    /// Join what was read and is not joined yet: what a watch does in a process of its own.
    #[command(hide = true)]
    Join,
    /// Analyse reports one by one, a line of JSON in, a line of JSON out: for another engine's pipe.
    #[command(after_help = map::HELP)]
    Map(MapArgs),
    /// Poll feeds, read what they bring into the ledger, and tell what changes.
    #[command(after_help = watch::HELP)]
    Watch(WatchArgs),
    /// Who copied whom: families of reports, with lost ancestors and variants.
    #[command(after_help = FAMILIES)]
    Families(FamiliesArgs),
    /// Which reports tell the same happening: when, where, who.
    #[command(after_help = EVENTS)]
    Events(EventsArgs),
    /// Claims with their standing: who says so, and who says otherwise.
    #[command(after_help = ENTRIES)]
    Entries(EntriesArgs),
    /// Storylines, each with its events in order of time.
    #[command(after_help = TIMELINE)]
    Timeline(LengthArgs),
    /// One report: its text, each sentence marked by what other tellings have.
    #[command(after_help = REPORT)]
    Report(IdArg),
    /// Two reports or more side by side, differences marked.
    #[command(after_help = COLLATE)]
    Collate(CollateArgs),
    /// What the ledger has for a sentence: entries that support, qualify or dispute it.
    #[command(after_help = CHECK)]
    Check(CheckArgs),
    /// Reports by their words, in any language.
    #[command(after_help = SEARCH)]
    Search(SearchArgs),
    /// Everything on one self-contained HTML page.
    #[command(after_help = PAGE)]
    Page(PageArgs),
    /// All of it for other tools: Parquet and CSV tables, JSONL, PROV-O, GraphML.
    #[command(after_help = EXPORT)]
    Export(ExportArgs),
    /// The evidence of a descent, a family, an event, a storyline or an entry.
    #[command(after_help = WHY)]
    Why(IdArg),
    /// Check that a ledger is sound: its pages, tables, digests, and that joining anew gives the same.
    #[command(after_help = DOCTOR)]
    Doctor(DoctorArgs),
    /// The ledger as pages in a browser, as JSON for programs and as tools for agents, over HTTP.
    #[command(after_help = SERVE)]
    Serve(ServeArgs),
    /// The ledger as tools for agents: the Model Context Protocol over standard input and output.
    #[command(after_help = MCP)]
    Mcp(McpArgs),
    /// Write completions for a shell, or the manual page.
    #[command(after_help = COMPLETIONS)]
    Completions(CompletionsArgs),
}

/// What `read` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ReadArgs {
    /// Files, folders (all below them but hidden files and a README), patterns such as 'a/*.txt', or - for standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) told: ToldArgs,
    /// A file that says which outlets belong to one publisher, so that support counts them once: lines of
    /// outlet, tab, publisher, or TOML with a list of outlets for each publisher. Kept in the ledger.
    #[arg(long, value_name = "FILE")]
    pub(crate) outlets: Option<PathBuf>,
    /// About how much memory to take, such as 4G or 500M. Reports beyond it are read from the ledger again whenever
    /// they are needed, which takes longer; 4G if not given.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) memory: Option<usize>,
    /// Tell how long each step took.
    #[arg(long)]
    pub(crate) timings: bool,
}

/// How much of a list is shown.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct LengthArgs {
    /// At most so many; with --json all, if not given.
    #[arg(long, value_name = "N", conflicts_with = "all")]
    pub(crate) limit: Option<usize>,
    /// All of them.
    #[arg(long)]
    pub(crate) all: bool,
}

/// What `events` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct EventsArgs {
    /// The cards of these events, or of those that these reports tell.
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<String>,
    /// What is new in each event since a date, or since a report was published, itself included. May be given several
    /// times.
    #[arg(long, value_name = "DATE|ID")]
    pub(crate) since: Vec<String>,
    /// How many.
    #[command(flatten)]
    pub(crate) length: LengthArgs,
}

/// What `entries` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct EntriesArgs {
    /// Only entries of this standing.
    #[arg(long, value_name = "STANDING")]
    pub(crate) standing: Option<StandingArg>,
    /// Only entries of this event, or of the event that this report tells.
    #[arg(long, value_name = "ID")]
    pub(crate) event: Option<String>,
    /// How many.
    #[command(flatten)]
    pub(crate) length: LengthArgs,
}

/// One id.
#[derive(Debug, clap::Args)]
pub(crate) struct IdArg {
    /// An id, a prefix of one, or a file's name.
    pub(crate) id: String,
}

/// What `families` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct FamiliesArgs {
    /// Only this family, or that of this report.
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Give the trees of families of more than one report as a graph for other programs.
    #[arg(long, value_name = "FORMAT", conflicts_with = "json")]
    pub(crate) format: Option<GraphArg>,
    /// How many.
    #[command(flatten)]
    pub(crate) length: LengthArgs,
}

/// Two reports or more.
#[derive(Debug, clap::Args)]
pub(crate) struct CollateArgs {
    /// A report: id, prefix, or file's name.
    pub(crate) a: String,
    /// Another.
    pub(crate) b: String,
    /// More of them, each set against the first.
    #[arg(value_name = "C")]
    pub(crate) more: Vec<String>,
}

/// What `page` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct PageArgs {
    /// Where to write it; - for standard output.
    #[arg(short, long, value_name = "FILE", default_value = "stemma.html")]
    pub(crate) output: PathBuf,
}

/// What `export` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// The form.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: FormatArg,
    /// A folder for parquet, csv and jsonl, made if it is not there; a file for prov and graphml, - for standard output.
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: PathBuf,
}

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// A sentence, in any language; - for standard input.
    #[arg(value_name = "SENTENCE")]
    pub(crate) sentence: String,
    /// Its language, a code such as en or pt; told by its words if not given.
    #[arg(long, value_name = "CODE", value_parser = lang)]
    pub(crate) lang: Option<Lang>,
    /// When it was said, so that "on Friday" means a day: 2025-07-13.
    #[arg(long, value_name = "DATE", value_parser = moment)]
    pub(crate) published: Option<Moment>,
    /// How many.
    #[command(flatten)]
    pub(crate) length: LengthArgs,
}

/// What `search` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct SearchArgs {
    /// Words; between quotation marks a phrase; with * at its end a word's beginning.
    #[arg(value_name = "WORD")]
    pub(crate) words: Vec<String>,
    /// Only reports that name someone or something whose name has this in it.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Only reports that tell an entry of this standing.
    #[arg(long, value_name = "STANDING")]
    pub(crate) standing: Option<StandingArg>,
    /// Only reports in this language, a code such as en or pt.
    #[arg(long, value_name = "CODE", value_parser = lang)]
    pub(crate) lang: Option<Lang>,
    /// Only reports whose outlet's name has this in it.
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// Only reports published then or later: 2025, 2025-07 or 2025-07-13.
    #[arg(long, value_name = "DATE", value_parser = period)]
    pub(crate) since: Option<String>,
    /// Only reports published then or before.
    #[arg(long, value_name = "DATE", value_parser = period)]
    pub(crate) until: Option<String>,
    /// How many.
    #[command(flatten)]
    pub(crate) length: LengthArgs,
}

/// What `doctor` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct DoctorArgs {
    /// First make analyses, families, events and entries anew from what was read.
    #[arg(long)]
    pub(crate) rebuild: bool,
}

/// What `serve` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Where to listen: address and port; port 0 takes any that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    pub(crate) listen: SocketAddr,
    /// Take no reports.
    #[arg(long)]
    pub(crate) read_only: bool,
    /// Take at most so many megabytes at once.
    #[arg(long, value_name = "MB", default_value = "64", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) upload: u16,
    /// The word that is asked for.
    #[arg(env = "STEMMA_TOKEN", hide_env_values = true, hide = true, long, value_parser = token)]
    pub(crate) token: Option<String>,
}

/// A token that is worth asking for.
fn token(word: &str) -> Result<String, String> {
    let fits = word.len() >= 16 && word.bytes().all(|b| b.is_ascii_graphic());
    fits.then(|| word.to_owned()).ok_or_else(|| "a token has 16 letters, digits or signs at least".to_owned())
}

/// What `mcp` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct McpArgs {
    /// Offer no tool that adds reports.
    #[arg(long)]
    pub(crate) read_only: bool,
}

/// What `completions` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell, or man.
    pub(crate) shell: ShellArg,
}

/// A shell as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ShellArg {
    /// The Bourne again shell.
    Bash,
    /// Elvish.
    Elvish,
    /// Fish.
    Fish,
    /// PowerShell.
    Powershell,
    /// Zsh.
    Zsh,
    /// No shell: the manual page.
    Man,
}

/// A year, a month or a day.
fn period(typed: &str) -> Result<String, String> {
    let day = format!("{typed}{}", "-01".repeat(2usize.saturating_sub(typed.matches('-').count())));
    let known = Moment::parse(&day).is_some_and(|m| m.time.is_none());
    if known { Ok(typed.to_owned()) } else { Err("a date is like 2025, 2025-07 or 2025-07-13".into()) }
}
