//! Which language a text is in.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A language as its ISO 639 code, two letters where there are two, else three. `und` if unknown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang([u8; 3]);

impl Lang {
    /// Not known.
    pub const UNKNOWN: Lang = Lang(*b"und");
    /// English.
    pub const EN: Lang = Lang(*b"en\0");
    /// Portuguese.
    pub const PT: Lang = Lang(*b"pt\0");
    /// Spanish.
    pub const ES: Lang = Lang(*b"es\0");
    /// French.
    pub const FR: Lang = Lang(*b"fr\0");
    /// German.
    pub const DE: Lang = Lang(*b"de\0");
    /// Italian.
    pub const IT: Lang = Lang(*b"it\0");
    /// Dutch.
    pub const NL: Lang = Lang(*b"nl\0");
    /// Russian.
    pub const RU: Lang = Lang(*b"ru\0");

    /// Reads a code or a tag such as `pt-BR`; anything that is no tag is [`Lang::UNKNOWN`].
    pub fn parse(tag: &str) -> Lang {
        let code = tag.split(['-', '_']).next().unwrap_or("");
        let mut bytes = [0; 3];
        if !(2..=3).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Lang::UNKNOWN;
        }
        for (slot, byte) in bytes.iter_mut().zip(code.bytes()) {
            *slot = byte.to_ascii_lowercase();
        }
        Lang(bytes)
    }

    /// The code, two or three letters.
    pub fn code(&self) -> &str {
        let end = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..end]).expect("a code is ASCII letters")
    }

    /// Whether the language is known.
    pub fn is_known(&self) -> bool {
        *self != Lang::UNKNOWN
    }
}

impl Default for Lang {
    fn default() -> Self {
        Lang::UNKNOWN
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Lang::parse(&String::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_codes() {
        for (tag, code) in [("pt-BR", "pt"), ("EN", "en"), ("deu", "deu"), ("", "und"), ("x1", "und")] {
            assert_eq!(Lang::parse(tag).code(), code);
        }
    }
}
