//! The table itself: pieces of a text, and the vector that they sum to.
//!
//! In: the parts of the file. Out: pieces, vectors, rarities.
//! Never: answers by what it was asked before; the same text gives the same vector, on any thread.

use std::cell::Cell;
use std::fmt;

use crate::layout::{self, Layout, Row};
use crate::script;
use crate::segment::Segmenter;
use crate::trie::Trie;
use crate::vector::{DIMS, Vector, sum_rows};

/// A word piece: its row in the table, 0 the most frequent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PieceId(pub u32);

/// The word-vector table. There is one: [`table`](crate::table).
pub struct Words {
    layout: Layout,
    means: Vec<(&'static str, [f32; DIMS])>,
    rarest: f32,
}

thread_local! {
    /// Working memory between calls, about 850 KB a thread: locks that threads share cost more than it.
    static IDLE: Cell<Option<Box<Segmenter>>> = const { Cell::new(None) };
}

impl Words {
    /// Reads the headers of a table file and its few means; `None` if the bytes are no whole table.
    pub(crate) fn read(bytes: &'static [u8]) -> Option<Self> {
        let layout = layout::read(bytes)?;
        let means = layout.means.iter().map(layout::mean).collect();
        let rarest = layout.scores.iter().map(|raw| layout::score(*raw)).fold(0.0, f32::min);
        Some(Self { layout, means, rarest })
    }

    /// Adds the pieces of `text` to `out`, in reading order. Any text will do; characters that
    /// no piece covers are skipped. Unigram segmentation as of Kudo (2018).
    ///
    /// ```
    /// let words = stemma_words::table();
    /// let mut pieces = Vec::new();
    /// words.pieces("The vote", &mut pieces);
    /// let texts: Vec<_> = pieces.iter().map(|&p| words.piece_text(p)).collect();
    /// assert_eq!(texts, ["▁The", "▁vote"]);
    /// ```
    pub fn pieces(&self, text: &str, out: &mut Vec<PieceId>) {
        self.each_piece(text, |piece| out.push(piece));
    }

    /// Hands the pieces of `text` to `each`, in reading order, as [`pieces`](Self::pieces) gives them.
    pub fn each_piece(&self, text: &str, mut each: impl FnMut(PieceId)) {
        self.each_word(text, |pieces| pieces.iter().for_each(|&p| each(PieceId(p))));
    }

    /// What `text` means, as a unit vector: the sum of its rows, each weighted by how rare the
    /// piece is (SIF, a = 1e-4; Arora et al. 2017), less the mean of the language.
    ///
    /// `lang` is an ISO 639 code, with or without a region (`pt`, `pt-BR`). Without one, or with one
    /// that the table has no mean for, the script of the text decides.
    ///
    /// ```
    /// let words = stemma_words::table();
    /// let known = words.vector("Les pompiers ont éteint l'incendie.", Some("fr"));
    /// let unknown = words.vector("Les pompiers ont éteint l'incendie.", None);
    /// assert!(known.cosine(&unknown) > 0.7);
    /// ```
    #[must_use]
    pub fn vector(&self, text: &str, lang: Option<&str>) -> Vector {
        let mut sum = [0.0_f32; DIMS];
        let n_pieces = self.with_segmenter(|segmenter| {
            let pieces = segmenter.pieces(text);
            sum_rows(pieces.iter().filter_map(|&piece| self.row(piece)), &mut sum);
            pieces.len() as f32
        });
        if let Some(mean) = self.mean(text, lang) {
            sum.iter_mut().zip(mean).for_each(|(x, m)| *x -= n_pieces * m);
        }
        Vector::unit(sum)
    }

    /// What one word means, as [`vector`](Self::vector) tells it: to ask whether two words are near.
    ///
    /// ```
    /// let words = stemma_words::table();
    /// let [house, maison, guerre] =
    ///     [("house", "en"), ("maison", "fr"), ("guerre", "fr")].map(|(w, l)| words.word_vector(w, Some(l)));
    /// assert!(house.cosine(&maison) > house.cosine(&guerre));
    /// ```
    #[must_use]
    pub fn word_vector(&self, word: &str, lang: Option<&str>) -> Vector {
        self.vector(word, lang)
    }

    /// How rare a piece is, in nats: minus the logarithm of its unigram probability, 3 to 25.
    /// Infinite for a piece that the table does not hold.
    ///
    /// ```
    /// let words = stemma_words::table();
    /// let mut pieces = Vec::new();
    /// words.pieces("the volcano", &mut pieces);
    /// assert!(words.rarity(pieces[0]) < words.rarity(pieces[1]));
    /// ```
    #[must_use]
    pub fn rarity(&self, piece: PieceId) -> f32 {
        self.layout.scores.get(piece.0 as usize).map_or(f32::INFINITY, |raw| -layout::score(*raw))
    }

    /// The text of a piece; a leading `▁` says that a word begins here. Empty if there is no such piece.
    #[must_use]
    pub fn piece_text(&self, piece: PieceId) -> &'static str {
        let end = |i: usize| self.layout.ends.get(i).map(|e| u32::from_le_bytes(*e) as usize);
        let at = piece.0 as usize;
        let start = at.checked_sub(1).map_or(Some(0), end);
        let bytes = start.zip(end(at)).and_then(|(start, end)| self.layout.text.get(start..end));
        bytes.and_then(|b| str::from_utf8(b).ok()).unwrap_or_default()
    }

    /// Rows in the table.
    #[must_use]
    pub fn n_pieces(&self) -> usize {
        self.layout.rows.len()
    }

    /// True if the table has a mean for this ISO 639 code (a region is ignored).
    ///
    /// ```
    /// assert!(stemma_words::table().knows("pt-BR"));
    /// assert!(!stemma_words::table().knows("tlh"));
    /// ```
    #[must_use]
    pub fn knows(&self, lang: &str) -> bool {
        self.named(primary(lang)).is_some()
    }

    fn each_word(&self, text: &str, each: impl FnMut(&[u32])) {
        self.with_segmenter(|segmenter| segmenter.each_word(text, each));
    }

    fn with_segmenter<T>(&self, ask: impl FnOnce(&mut Segmenter) -> T) -> T {
        let fresh = || Segmenter::new(Trie(self.layout.units), self.layout.scores, self.rarest);
        let mut segmenter = IDLE.take().unwrap_or_else(|| Box::new(fresh()));
        let answer = ask(&mut segmenter);
        IDLE.set(Some(segmenter));
        answer
    }

    /// The row of a piece, and what one step of it is worth.
    #[inline]
    fn row(&self, piece: u32) -> Option<(&'static Row, f32)> {
        let at = piece as usize;
        Some((self.layout.rows.get(at)?, layout::scale(*self.layout.scales.get(at)?)))
    }

    fn mean(&self, text: &str, lang: Option<&str>) -> Option<&[f32; DIMS]> {
        let by_language = lang.and_then(|l| self.named(primary(l)));
        by_language.or_else(|| self.named(script::mean_name(text))).or_else(|| self.named(script::ALL))
    }

    fn named(&self, name: &str) -> Option<&[f32; DIMS]> {
        self.means.iter().find(|m| m.0 == name).map(|m| &m.1)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("n_pieces", &self.n_pieces()).finish_non_exhaustive()
    }
}

/// The language of a tag such as `pt-BR` or `zh_Hant`.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}
