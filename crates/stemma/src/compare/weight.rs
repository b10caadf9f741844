//! Word -> how telling it is, in nats of rarity, whatever pile it stands in.
//!
//! A fixed scale and no count over the pile: so a pair of reports measures the same in a pile of
//! two and of two million, and adding reports changes no likeness already measured.

/// Weight units in a nat.
pub(crate) const PER_NAT: f32 = 16.0;

/// Nats of rarity that the commonest words of a language have in the table, which spreads its
/// probabilities over a hundred languages: rarity counts from here.
const COMMON: f32 = 7.0;
/// A number tells as much as an uncommon word.
pub(super) const NUMBER: f32 = 5.0;

/// The rarity of a word in lower case: that of its pieces together (their probabilities multiply),
/// less what the commonest words have, 0.3..=15.
pub(crate) fn weight(word: &str) -> u8 {
    if word.starts_with(|c: char| c.is_numeric()) {
        return (NUMBER * PER_NAT) as u8;
    }
    let words = stemma_words::table();
    let (mut rarity, mut known) = (0.0_f32, false);
    words.each_piece(word, |piece| {
        rarity += words.rarity(piece).min(25.0);
        known = true;
    });
    let nats = if known { rarity - COMMON } else { 6.0 };
    (nats.clamp(0.3, 15.0) * PER_NAT) as u8
}
