//! What clippy cannot hold: stage order, an engine without I/O, headers, lengths, glossary words.
//!
//! Goes in: the source files under `crates/` and `xtask/`. Comes out: one line for each breach,
//! `path:line: what`. Reads text, not syntax: a rule that needs a parser does not belong here.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines after which a file says at its top why it is long.
const LONG: usize = 400;

/// What a long file's header has to say.
const EXCUSE: &str = "Long because";

/// Words that the glossary strikes, in names that the code defines.
const STRUCK: &[&str] = &["docid", "hyparchetype", "ghost", "verdict"];

/// What the engine never touches.
const OUTSIDE: &[&str] =
    &["std::fs", "std::net", "std::env", "std::process", "std::time", "SystemTime", "Instant::now", "rand::"];

/// Crates without I/O.
const PURE: &[&str] = &["crates/stemma/src", "crates/stemma-words/src"];

/// The workspace's root.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_owned()
}

/// Every breach in the tree, in order of path.
pub(crate) fn check(root: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for folder in ["crates", "xtask"] {
        sources(&root.join(folder), &mut files);
    }
    files.sort();
    let stages = stages(root);
    let mut untidy = Vec::new();
    for path in files {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        file(&name, &text, &mut untidy);
        order(&name, &text, &stages, &mut untidy);
    }
    untidy
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_some_and(|n| n != "target") {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The engine's modules in the order in which `lib.rs` names them.
fn stages(root: &Path) -> Vec<String> {
    let text = fs::read_to_string(root.join("crates/stemma/src/lib.rs")).unwrap_or_default();
    text.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

fn file(name: &str, text: &str, untidy: &mut Vec<String>) {
    if !text.starts_with("//!") {
        untidy.push(format!("{name}:1: a file begins with a `//!` header"));
    }
    let header = text.lines().take_while(|l| l.starts_with("//!")).any(|l| l.contains(EXCUSE));
    let n_lines = text.lines().count();
    if n_lines > LONG && !header {
        untidy.push(format!("{name}:{n_lines}: over {LONG} lines without `{EXCUSE} …` in the header"));
    }
    let pure = PURE.iter().any(|p| name.starts_with(p));
    for (i, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        if pure && let Some(word) = OUTSIDE.iter().find(|w| code.contains(**w)) {
            untidy.push(format!("{name}:{}: the engine has no `{word}`", i + 1));
        }
        if !name.starts_with("xtask")
            && let Some(word) = struck(code)
        {
            untidy.push(format!("{name}:{}: the glossary strikes `{word}`", i + 1));
        }
        if !name.starts_with("xtask") && (line.contains("TODO") || line.contains("FIXME")) {
            untidy.push(format!("{name}:{}: an issue, not a comment", i + 1));
        }
    }
}

/// A struck word in a name that the line defines.
fn struck(code: &str) -> Option<&'static str> {
    let mut words = code
        .split_whitespace()
        .skip_while(|w| !matches!(*w, "fn" | "struct" | "enum" | "mod" | "type" | "const"));
    words.next()?;
    let name = words.next()?.to_lowercase();
    STRUCK.iter().find(|s| name.contains(**s)).copied()
}

/// A stage uses only what stands before it in `lib.rs`.
fn order(name: &str, text: &str, stages: &[String], untidy: &mut Vec<String>) {
    let Some(inside) = name.strip_prefix("crates/stemma/src/") else { return };
    let own = inside.split(['/', '.']).next().unwrap_or("");
    let Some(place) = stages.iter().position(|s| s == own) else { return };
    let code = text.split("#[cfg(test)]").next().unwrap_or("");
    for (i, line) in code.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
        for later in &stages[place + 1..] {
            if line.contains(&format!("crate::{later}::")) || line.contains(&format!("crate::{later};")) {
                untidy.push(format!("{name}:{}: `{own}` stands before `{later}`", i + 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let untidy = check(&workspace());
        assert!(untidy.is_empty(), "{}", untidy.join("\n"));
    }

    #[test]
    fn the_order_of_stages_is_read() {
        assert!(stages(&workspace()).windows(2).any(|w| w == ["compare", "trace"]));
    }

    #[test]
    fn a_stage_that_looks_ahead_is_found() {
        let mut untidy = Vec::new();
        let stages = ["read".to_owned(), "clean".to_owned()];
        order("crates/stemma/src/read/mod.rs", "use crate::clean::clean;", &stages, &mut untidy);
        assert_eq!(untidy.len(), 1);
    }

    #[test]
    fn struck_words_are_found_in_names_only() {
        assert_eq!(struck("pub fn verdict_of(x: u8) {"), Some("verdict"));
        assert_eq!(struck("let verdict = 1;"), None);
    }
}
