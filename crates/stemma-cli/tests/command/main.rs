//! The command from end to end, each test in a fresh folder.

#![expect(clippy::unwrap_used, reason = "a test's helpers may fail the test")]

mod agents;
mod bad_input;
mod checking;
mod killing;
mod mapping;
mod questions;
mod reading;
mod stopping;
mod watching;

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A fresh folder in which the command runs.
struct Desk {
    folder: TempDir,
}

/// What a run gave.
struct Answer {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stemma"));
        command.current_dir(self.path()).args(args).env_remove("STEMMA_LEDGER").env("COLUMNS", "100");
        command
    }

    fn run(&self, args: &[&str]) -> Answer {
        let output = self.command(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Answer { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs what must succeed without a word on standard error.
    fn ok(&self, args: &[&str]) -> String {
        let answer = self.run(args);
        assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""), "{args:?}");
        answer.out
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.ok(&[args, &["--json"]].concat())).unwrap()
    }

    /// Runs what must fail with one error and one hint.
    fn fails(&self, args: &[&str], words: &str) {
        let answer = self.run(args);
        assert_eq!(answer.code, Some(1), "{args:?}: {}", answer.err);
        assert!(answer.err.starts_with("error: ") && answer.err.contains(words), "{}", answer.err);
        assert_eq!(answer.err.matches("error: ").count(), 1, "{}", answer.err);
        assert_eq!(answer.err.matches("\nhint: ").count(), 1, "{}", answer.err);
        assert_eq!(answer.out, "");
    }
}

/// A story that stands in the repository.
fn story(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus").join(name)
}

/// A desk that has read a small pile: a report, a reprint of it, and another telling.
fn desk_with_pile() -> Desk {
    let desk = Desk::new();
    let report = "LORIA, May 3 (Pelt News) - A dam above the town of Pelt broke on Friday and flooded two \
        hundred houses.\n\nInterior minister Ana Ode said that 12 people were missing.\n\n\"We were told at \
        dawn,\" she said. \"By then the lower streets were gone.\"\n\nThe dam was built in 1961 and was to be \
        repaired this summer, the water board said.\n";
    desk.write("pile/first.txt", report);
    desk.write("pile/reprint.txt", format!("{report}\nSource: Pelt News\n"));
    desk.write(
        "pile/other.txt",
        "Rescuers searched the valley below Pelt for a second day.\n\nThe mayor, Ivo Lanz, said 14 people were \
         missing after Friday's flood. He called for an inquiry into the dam.\n",
    );
    desk.ok(&["read", "pile", "--published", "2024-05-04"]);
    desk
}
