//! `stemma completions`: scripts that complete the command in a shell, and its manual page.

use crate::args::{Args, ShellArg};
use crate::error::Failure;
use crate::output::Output;
use clap::CommandFactory;
use clap_complete::{Shell, generate};

/// Writes what a shell, or `man`, reads.
pub(crate) fn run(shell: ShellArg, output: &mut Output) -> Result<(), Failure> {
    let mut command = Args::command();
    let mut text = Vec::new();
    let shell = match shell {
        ShellArg::Bash => Shell::Bash,
        ShellArg::Elvish => Shell::Elvish,
        ShellArg::Fish => Shell::Fish,
        ShellArg::Powershell => Shell::PowerShell,
        ShellArg::Zsh => Shell::Zsh,
        ShellArg::Man => {
            let done = clap_mangen::Man::new(command).render(&mut text);
            done.map_err(|source| Failure::Write { to: "the manual page".into(), source })?;
            return output.raw(&text);
        }
    };
    generate(shell, &mut command, "stemma", &mut text);
    output.raw(&text)
}
