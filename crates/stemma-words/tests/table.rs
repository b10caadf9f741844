//! The embedded table as a whole: its digest, its pieces, its vectors.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use stemma_words::{PieceId, Vector, table};

fn pieces(text: &str) -> String {
    let mut found = Vec::new();
    table().pieces(text, &mut found);
    found.iter().map(|&p| table().piece_text(p)).collect::<Vec<_>>().join(" ")
}

fn check_pieces(text: &str, expected: &str) {
    assert_eq!(pieces(text), expected, "{text:?}");
}

#[test]
fn the_table_is_the_one_that_was_measured() {
    let found = Sha256::digest(include_bytes!("../data/words.bin"));
    let hex = found.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes any text");
        hex
    });
    let told = include_str!("../data/words.bin.sha256").split_whitespace().next();
    assert_eq!(Some(hex.as_str()), told);
}

#[test]
fn text_falls_into_pieces() {
    check_pieces("", "");
    check_pieces(" \n\t ", "");
    check_pieces("The minister resigned.", "▁The ▁minister ▁resign ed .");
    check_pieces("Ｔｈｅ　ｍｉｎｉｓｔｅｒ", "▁The ▁minister");
    check_pieces("Der Sturm legte den Verkehr lahm", "▁Der ▁S tur m ▁leg te ▁den ▁Ver kehr ▁la hm");
    check_pieces("Поезд опоздал на час", "▁По езд ▁о поз дал ▁на ▁час");
    check_pieces("火车晚点了", "▁ 火 车 晚 点 了");
}

#[test]
fn no_text_is_refused() {
    for text in ["\u{10ffff}", "\0\0", "\u{301}", "🦀🦀", "\u{e000} a", "𐎠𐎼𐎹"] {
        let vector = table().vector(text, None);
        assert!(vector.as_array().iter().all(|x| x.is_finite()), "{text:?}");
    }
    let long = "é́x火".repeat(20_000);
    assert!(!table().vector(&long, Some("xx")).is_zero());
}

#[test]
fn every_piece_has_text_and_rarity() {
    for piece in (0..u32::try_from(table().n_pieces()).expect("pieces are numbered in 32 bits")).map(PieceId)
    {
        assert!(!table().piece_text(piece).is_empty());
        assert!((1.0..40.0).contains(&table().rarity(piece)), "{piece:?}");
    }
}

/// The first of `texts` must be nearer to `text` than all others.
fn check_nearest(text: (&str, &str), texts: &[(&str, &str)]) {
    let of = |(lang, text): (&str, &str)| -> Vector { table().vector(text, Some(lang)) };
    let from = of(text);
    let near: Vec<f32> = texts.iter().map(|&t| from.cosine(&of(t))).collect();
    assert!(near[1..].iter().all(|x| *x < near[0]), "{text:?}: {near:?}");
}

#[test]
fn translations_are_nearest() {
    check_nearest(
        ("en", "The court sentenced the mayor to four years in prison for bribery."),
        &[
            ("es", "El tribunal condenó al alcalde a cuatro años de prisión por soborno."),
            ("es", "El alcalde inauguró cuatro escuelas nuevas en el norte."),
            ("es", "La policía busca a un hombre que huyó de la prisión."),
        ],
    );
    check_nearest(
        ("de", "Bei dem Brand in einer Fabrik sind zwölf Arbeiter ums Leben gekommen."),
        &[
            ("uk", "Під час пожежі на фабриці загинули дванадцять робітників."),
            ("uk", "Парламент ухвалив бюджет на наступний рік."),
            ("en", "The company is looking for new investors after the merger."),
        ],
    );
    check_nearest(
        ("ja", "台風で三万戸が停電した。"),
        &[
            ("en", "The typhoon left thirty thousand homes without power."),
            ("en", "The museum showed thirty paintings for the first time."),
        ],
    );
}
