//! Ctrl-C: the first asks the run to stop at a sound place, the next stops it where it is.
//!
//! Stopping anywhere is safe, for the ledger changes by whole batches; stopping at the end of
//! a batch only says more.

use std::process;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);
static AT_ONCE: AtomicBool = AtomicBool::new(false);
static CODE: AtomicI32 = AtomicI32::new(130);

/// Starts to listen.
pub(crate) fn listen() {
    // Where no handler can be set, the system's own stops the run, which is as sound.
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) || AT_ONCE.load(Ordering::SeqCst) {
            process::exit(CODE.load(Ordering::SeqCst));
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
        process::exit(CODE.load(Ordering::SeqCst));
    }
}

/// There is a sound place to wait for again.
pub(crate) fn wait_again() {
    AT_ONCE.store(false, Ordering::SeqCst);
}

/// A stop is how the command usually ends: success, wherever it comes.
pub(crate) fn is_usual_end() {
    CODE.store(0, Ordering::SeqCst);
}
