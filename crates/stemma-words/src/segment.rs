//! Words to pieces: the likeliest segmentation under a unigram model (Kudo 2018), by Viterbi.
//!
//! In: a text. Out: word for word, the pieces whose probabilities multiply to the most.
//! Never: allocates per word; never stops at a character without a piece, but skips it.

use crate::layout::{self, Pair};
use crate::met::Met;
use crate::normal;
use crate::trie::Trie;

/// What stands before each word in the model's pieces.
const WORD_MARK: &[u8] = "\u{2581}".as_bytes();

/// Skipping a character costs this much more than the rarest piece (as in the `SentencePiece` tokenizer).
const SKIP_COST: f32 = 10.0;

/// Stands for the piece of a skipped character.
const SKIPPED: u32 = u32::MAX;

/// The best way to reach one byte of a word.
#[derive(Clone, Copy)]
struct Cell {
    score: f32,
    n_bytes: u32,
    piece: u32,
}

const UNREACHED: Cell = Cell { score: f32::NEG_INFINITY, n_bytes: 1, piece: SKIPPED };

/// Words whose pieces are kept. On 16 MB of newswire prints take a tenth less time than with 2^12 and 2^13 of a print's words.
const N_MET: usize = 1 << 14;
/// Pieces of a word that are kept.
const MAX_PIECES: usize = 6;

/// The pieces of a word, if they are few.
#[derive(Clone, Copy, Default)]
struct Few {
    n: u8,
    pieces: [u32; MAX_PIECES],
}

impl Few {
    fn of(pieces: &[u32]) -> Option<Self> {
        let mut few = Self { n: u8::try_from(pieces.len()).ok()?, ..Self::default() };
        few.pieces.get_mut(..pieces.len())?.copy_from_slice(pieces);
        Some(few)
    }

    fn pieces(&self) -> &[u32] {
        self.pieces.get(..usize::from(self.n)).unwrap_or_default()
    }
}

/// Segments texts, one after the other, in the same working memory.
pub(crate) struct Segmenter {
    met: Met<Few>,
    lattice: Lattice,
    scratch: String,
    pieces: Vec<u32>,
    all: Vec<u32>,
}

impl Segmenter {
    /// `rarest` is the smallest of `scores`.
    pub fn new(trie: Trie, scores: &'static [Pair], rarest: f32) -> Self {
        let skip = rarest - SKIP_COST;
        let lattice = Lattice { trie, scores, skip, bytes: Vec::new(), cells: Vec::new() };
        Self { met: Met::new(N_MET), lattice, scratch: String::new(), pieces: Vec::new(), all: Vec::new() }
    }

    /// The pieces of all words of `text`, in order.
    pub fn pieces(&mut self, text: &str) -> &[u32] {
        let mut all = std::mem::take(&mut self.all);
        all.clear();
        self.each_word(text, |pieces| all.extend_from_slice(pieces));
        self.all = all;
        &self.all
    }

    /// Hands the pieces of each word of `text`, in order, to `each`.
    pub fn each_word(&mut self, text: &str, mut each: impl FnMut(&[u32])) {
        for word in normal::words(text) {
            if let Some(few) = self.met.of(word) {
                each(few.pieces());
                continue;
            }
            let (pieces, lattice) = (&mut self.pieces, &mut self.lattice);
            pieces.clear();
            normal::normalise(word, &mut self.scratch, |normal| lattice.pieces(normal, pieces));
            if let Some(few) = Few::of(pieces) {
                self.met.keep(word, few);
            }
            each(pieces);
        }
    }
}

/// All segmentations of one word.
struct Lattice {
    trie: Trie,
    scores: &'static [Pair],
    skip: f32,
    bytes: Vec<u8>,
    cells: Vec<Cell>,
}

impl Lattice {
    /// Adds the pieces of a normal word to `out`.
    fn pieces(&mut self, word: &str, out: &mut Vec<u32>) {
        self.bytes.clear();
        self.bytes.extend_from_slice(WORD_MARK);
        self.bytes.extend_from_slice(word.as_bytes());
        self.cells.clear();
        self.cells.resize(self.bytes.len() + 1, UNREACHED);
        self.cells[0].score = 0.0;
        for start in 0..self.bytes.len() {
            if self.cells[start].score > f32::NEG_INFINITY {
                self.extend(start);
            }
        }
        self.walk_back(out);
    }

    /// Tries every piece that starts at `start`, and skipping one character.
    fn extend(&mut self, start: usize) {
        let base = self.cells[start].score;
        let mut node = self.trie.root();
        let ends = &mut self.cells[start + 1..];
        for ((n_bytes, &byte), cell) in (1..).zip(&self.bytes[start..]).zip(ends.iter_mut()) {
            let Some(next) = self.trie.step(node, byte) else { break };
            node = next;
            if let Some(piece) = self.trie.piece(node) {
                let raw = self.scores.get(piece as usize);
                let score = base + raw.map_or(f32::NEG_INFINITY, |raw| layout::score(*raw));
                if score > cell.score {
                    *cell = Cell { score, n_bytes, piece };
                }
            }
        }
        let n_bytes = char_bytes(self.bytes[start]);
        if let Some(cell) = ends.get_mut(n_bytes as usize - 1)
            && base + self.skip > cell.score
        {
            *cell = Cell { score: base + self.skip, n_bytes, piece: SKIPPED };
        }
    }

    fn walk_back(&self, out: &mut Vec<u32>) {
        let first = out.len();
        let mut end = self.bytes.len();
        while let Some(cell) = self.cells.get(end).filter(|_| end > 0) {
            out.extend(Some(cell.piece).filter(|&p| p != SKIPPED));
            end = end.saturating_sub(cell.n_bytes as usize);
        }
        out[first..].reverse();
    }
}

/// Length of the UTF-8 character that `lead` begins.
fn char_bytes(lead: u8) -> u32 {
    match lead {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    }
}
