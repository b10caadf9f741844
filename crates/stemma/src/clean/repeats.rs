//! Takes out blocks that stand before in the same report: pages glued together twice.
//!
//! Whole paragraphs only, compared by their words; short lines that recur alone (a subhead,
//! a speaker's name) stay.

use super::draft::Draft;
use crate::model::NoteKind;
use crate::model::id::hash;
use rustc_hash::FxHashMap;

/// The shortest block taken out, in bytes of its words. A sentence of news has about 120 to 150;
/// below that a refrain, a caption or a question could be meant twice.
const SHORTEST: usize = 100;

/// How many earlier places of a paragraph are tried: bounds the work on lines that recur often.
const MOST_PLACES: usize = 4;

pub(super) fn remove_repeats(draft: &mut Draft) {
    let keys: Vec<u64> = (0..draft.paragraphs.len()).map(|i| key(draft.words(i))).collect();
    let sizes: Vec<usize> = draft.paragraphs.iter().map(|p| p.range.len()).collect();
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut i = 0;
    while i < keys.len() {
        let run =
            places.get(&keys[i]).into_iter().flatten().map(|from| run(&keys, *from, i)).max().unwrap_or(0);
        let repeats = sizes[i..i + run].iter().sum::<usize>() >= SHORTEST;
        let taken = if repeats { run } else { 1 };
        if repeats {
            let lines = if run == 1 { "1 line stands".to_owned() } else { format!("{run} lines stand") };
            draft.remove(i..i + run, NoteKind::Repeated, format!("{lines} before in this report"));
        } else {
            let known = places.entry(keys[i]).or_default();
            if known.len() < MOST_PLACES {
                known.push(i);
            }
        }
        i += taken;
    }
}

/// How many paragraphs from `from` on are the same as from `to` on, without running into each other.
fn run(keys: &[u64], from: usize, to: usize) -> usize {
    (0..to - from).take_while(|k| to + k < keys.len() && keys[from + k] == keys[to + k]).count()
}

fn key(words: &str) -> u64 {
    let words: Vec<&str> = words.split_whitespace().collect();
    hash(&[words.join(" ").as_bytes()])
}
