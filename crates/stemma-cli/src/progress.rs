//! How far reading has come, on standard error, if that is a terminal.

use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::time::Duration;

/// A bar over bytes, with reports counted beside it.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar over so many bytes; one without an end if that is not known.
    pub(crate) fn new(total: Option<u64>) -> Self {
        let bar = match total {
            Some(total) => ProgressBar::new(total),
            None => ProgressBar::new_spinner(),
        };
        let seen = !crate::logs::are_told();
        bar.set_draw_target(if seen {
            ProgressDrawTarget::stderr_with_hz(8)
        } else {
            ProgressDrawTarget::hidden()
        });
        let template = match total {
            Some(_) => "{bar:24} {done}  {msg}  {left} left",
            None => "{spinner} {done}  {msg}",
        };
        let done = |state: &ProgressState, w: &mut dyn Write| {
            let rate = HumanBytes(state.per_sec() as u64);
            let _ = write!(w, "{} ({rate}/s)", HumanBytes(state.pos()));
        };
        let left = |state: &ProgressState, w: &mut dyn Write| {
            let _ = write!(w, "{:.0?}", Duration::from_secs(state.eta().as_secs()));
        };
        let style = ProgressStyle::with_template(template).expect("the template is well formed");
        bar.set_style(style.with_key("done", done).with_key("left", left));
        Self { bar }
    }

    /// So many more bytes are done.
    pub(crate) fn advance(&self, bytes: u64, reports: usize) {
        self.bar.inc(bytes);
        self.bar.set_message(format!("{reports} reports"));
    }

    /// Reading is over; something without a measure goes on.
    pub(crate) fn now(&self, doing: String) {
        self.bar
            .set_style(ProgressStyle::with_template("{spinner} {msg}").expect("the template is well formed"));
        self.bar.set_message(doing);
        self.bar.enable_steady_tick(Duration::from_millis(120));
    }

    /// The same that goes on has come further.
    pub(crate) fn say(&self, doing: String) {
        self.bar.set_message(doing);
    }

    /// Does something with the bar out of the way.
    pub(crate) fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.bar.suspend(work)
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
