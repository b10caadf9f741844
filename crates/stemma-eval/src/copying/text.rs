//! A text as words that keep the place they had in their base, so that every change can be followed.

use crate::measure::Spans;
use stemma::Analysis;

/// One word, with the marks that stand at it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// The place in the base text; the same in every text grown from it.
    pub(super) at: u32,
    /// As it stands here.
    pub(super) text: String,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sentence {
    /// The place in the base text.
    pub(super) at: u32,
    pub(super) words: Vec<Word>,
    /// Whether a passage begins here.
    pub(super) opens: bool,
}

/// A text: its sentences, and the lines that an outlet put around them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Text {
    pub(super) above: Vec<String>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) below: Vec<String>,
}

/// A text written out: where each word and sentence stands, in code points.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    /// Words by place in the base, ascending.
    pub(super) words: Vec<(u32, Spans)>,
    /// Sentences in order, by place in the base.
    pub(super) sentences: Vec<(u32, Spans)>,
}

/// Gives places to words and sentences, each once.
#[derive(Debug, Default)]
pub(super) struct Places(u32);

impl Places {
    pub(super) fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

impl Text {
    /// Takes a text apart as the engine does.
    pub(super) fn of(analysis: &Analysis, places: &mut Places) -> Self {
        let body = &analysis.report.body;
        let mut passage = None;
        let sentences = analysis.segments.sentences.iter().map(|s| {
            let opens = passage.replace(s.passage) != Some(s.passage);
            Sentence::of(s.span.of(body), opens, places)
        });
        Self { sentences: sentences.collect(), ..Self::default() }
    }

    /// Words in all.
    pub(super) fn n_words(&self) -> usize {
        self.sentences.iter().map(|s| s.words.len()).sum()
    }

    /// What it tells, without what an outlet put around it.
    pub(super) fn telling(&self) -> String {
        let words = self.sentences.iter().flat_map(|s| &s.words);
        words.map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Writes it out.
    pub(super) fn write(&self) -> Written {
        let mut out = Written::default();
        let mut n = 0;
        let mut put = |out: &mut Written, text: &str| {
            out.text.push_str(text);
            let from = n;
            n += text.chars().count();
            (from, n)
        };
        for line in &self.above {
            put(&mut out, line);
            put(&mut out, "\n\n");
        }
        for (i, sentence) in self.sentences.iter().enumerate() {
            if i > 0 {
                put(&mut out, if sentence.opens { "\n\n" } else { " " });
            }
            let mut whole: Option<(usize, usize)> = None;
            for (k, word) in sentence.words.iter().enumerate() {
                if k > 0 {
                    put(&mut out, " ");
                }
                let range = put(&mut out, &word.text);
                whole = Some((whole.map_or(range.0, |w| w.0), range.1));
                out.words.push((word.at, Spans::new([range])));
            }
            out.sentences.extend(whole.map(|range| (sentence.at, Spans::new([range]))));
        }
        for line in &self.below {
            put(&mut out, "\n\n");
            put(&mut out, line);
        }
        out.words.sort_by_key(|w| w.0);
        out
    }
}

impl Sentence {
    /// Words apart by white space.
    pub(super) fn of(text: &str, opens: bool, places: &mut Places) -> Self {
        let at = places.next();
        let words = text.split_whitespace();
        Self { at, opens, words: words.map(|w| Word { at: places.next(), text: w.to_owned() }).collect() }
    }
}

impl Written {
    /// Where the word of a place stands, if it is here.
    pub(super) fn word(&self, at: u32) -> Option<&Spans> {
        self.words.binary_search_by_key(&at, |w| w.0).ok().map(|i| &self.words[i].1)
    }
}
