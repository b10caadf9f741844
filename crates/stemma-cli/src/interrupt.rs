//! Ctrl-C: the first asks the run to stop at a sound place, the next stops it where it is.
//!
//! Stopping anywhere is safe, for the ledger changes by whole batches; stopping at the end of
//! a batch only says more.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);
static AT_ONCE: AtomicBool = AtomicBool::new(false);

/// Starts to listen.
pub(crate) fn listen() {
    // Where no handler can be set, the system's own stops the run, which is as sound.
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) || AT_ONCE.load(Ordering::SeqCst) {
            process::exit(130);
        }
    });
}

/// Whether the user asked to stop.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// From here on there is no sound place to wait for: stop at once.
pub(crate) fn at_once() {
    AT_ONCE.store(true, Ordering::SeqCst);
    if asked() {
        process::exit(130);
    }
}
