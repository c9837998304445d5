//! Text of the years before Unicode: TCVN3 (the ABC fonts, .VnTime and its capitals .VnTimeH) and VNI.
//!
//! Such text is stored as western letters that only its font turns into Vietnamese: `NguyÔn V¨n Hïng`. Nothing in the
//! file names the font, so [`detect`] weighs evidence: how many words with letters beyond ASCII become Vietnamese
//! syllables under each reading. In .VnTimeH every letter looks like a capital; where that was used, names come out in
//! small or mixed letters and the reader of names gives them their usual case.

mod syllable;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use domain::text::{nfc, tidy};
use serde::{Deserialize, Serialize};

pub use syllable::is_syllable;

/// How a text was typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// Unicode, in whatever normal form.
    #[default]
    Unicode,
    /// TCVN3 in a font of small and capital letters.
    Tcvn3,
    /// TCVN3 in a font that shows capitals only.
    Tcvn3Capitals,
    /// VNI.
    Vni,
}

#[derive(Deserialize)]
struct Tables {
    tcvn3: HashMap<char, char>,
    vni: BTreeMap<String, char>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../assets/imports/encodings.json"))
        .unwrap_or(Tables { tcvn3: HashMap::new(), vni: BTreeMap::new() })
});

/// Text in Unicode NFC. What the encoding does not know stays as it is.
#[must_use]
pub fn decode(text: &str, encoding: Encoding) -> String {
    match encoding {
        Encoding::Unicode => unicode(text),
        Encoding::Tcvn3 => tcvn3(text),
        Encoding::Tcvn3Capitals => tcvn3(text).to_uppercase(),
        Encoding::Vni => vni(text),
    }
}

/// NFC without what nobody sees; the Icelandic letter that some keyboards put for Đ is mended.
fn unicode(text: &str) -> String {
    tidy(text).replace('\u{D0}', "\u{110}").replace('\u{F0}', "\u{111}")
}

fn tcvn3(text: &str) -> String {
    text.chars().map(|c| TABLES.tcvn3.get(&c).copied().unwrap_or(c)).collect()
}

fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // A mark follows its letter; people also put the small mark behind a capital.
        let pair = chars.peek().and_then(|next| {
            let pair = [c, *next].iter().collect::<String>();
            TABLES.vni.get(&pair).copied().or_else(|| {
                let even: String = if c.is_uppercase() { pair.to_uppercase() } else { pair.to_lowercase() };
                TABLES.vni.get(&even).copied()
            })
        });
        if let Some(letter) = pair {
            chars.next();
            out.push(letter);
        } else {
            out.push(TABLES.vni.get(c.encode_utf8(&mut [0; 4]) as &str).copied().unwrap_or(c));
        }
    }
    out
}

/// Text as it was typed in an old font; `None` where a letter has no place in it. Tests write their lists with it.
#[must_use]
pub fn encode(text: &str, encoding: Encoding) -> Option<String> {
    let text = nfc(text);
    match encoding {
        Encoding::Unicode => Some(text),
        Encoding::Tcvn3 => text.chars().map(to_tcvn3).collect(),
        Encoding::Tcvn3Capitals => text.to_lowercase().chars().map(to_tcvn3).collect(),
        Encoding::Vni => {
            let back: HashMap<char, &str> = TABLES.vni.iter().map(|(code, letter)| (*letter, code.as_str())).collect();
            let write = |c: char| match back.get(&c) {
                Some(code) => Some((*code).to_owned()),
                None => c.is_ascii().then(|| c.to_string()),
            };
            text.chars().map(write).collect()
        }
    }
}

fn to_tcvn3(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    TABLES.tcvn3.iter().find(|(_, letter)| **letter == c).map(|(code, _)| *code)
}

/// How many words with letters beyond ASCII become Vietnamese syllables under each reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Words weighed.
    pub words: usize,
    /// Syllables as they stand.
    pub unicode: usize,
    /// Syllables as TCVN3.
    pub tcvn3: usize,
    /// Syllables as VNI.
    pub vni: usize,
}

impl Evidence {
    /// Adds what another text shows.
    pub fn add(&mut self, other: Self) {
        self.words += other.words;
        self.unicode += other.unicode;
        self.tcvn3 += other.tcvn3;
        self.vni += other.vni;
    }

    /// The reading with the most syllables, if it is a clear one; `otherwise` decides between equals.
    #[must_use]
    pub fn verdict(&self, otherwise: Encoding) -> Encoding {
        let count = |encoding| match encoding {
            Encoding::Unicode => self.unicode,
            Encoding::Tcvn3 | Encoding::Tcvn3Capitals => self.tcvn3,
            Encoding::Vni => self.vni,
        };
        let best = self.unicode.max(self.tcvn3).max(self.vni);
        if count(otherwise) == best {
            return otherwise;
        }
        let winner = [Encoding::Unicode, Encoding::Tcvn3, Encoding::Vni].into_iter().find(|encoding| count(*encoding) == best);
        match winner {
            Some(winner) if best * 2 > self.words => winner,
            _ => otherwise,
        }
    }
}

/// Weighs one text.
#[must_use]
pub fn evidence(text: &str) -> Evidence {
    Scales::default().weigh(text)
}

/// Weighs texts and remembers words: a list repeats the same few hundred.
#[derive(Default)]
pub struct Scales {
    known: HashMap<String, Evidence>,
}

impl Scales {
    /// Weighs one text.
    pub fn weigh(&mut self, text: &str) -> Evidence {
        let mut evidence = Evidence::default();
        if text.is_ascii() {
            return evidence;
        }
        // The soft hyphen is a letter (ư) of TCVN3, so words are cut at spaces and signs of ASCII only.
        for word in
            text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic() || c == '\u{A0}').filter(|word| !word.is_ascii())
        {
            let own = self.known.get(word).copied().unwrap_or_else(|| {
                let own = weigh_word(word);
                self.known.insert(word.to_owned(), own);
                own
            });
            evidence.add(own);
        }
        evidence
    }
}

fn weigh_word(word: &str) -> Evidence {
    let old = old(word);
    Evidence {
        words: 1,
        unicode: usize::from(is_syllable(&unicode(word))),
        tcvn3: usize::from(old && is_syllable(&tcvn3(word))),
        vni: usize::from(old && is_syllable(&vni(word))),
    }
}

/// Old fonts know only the letters of Latin-1.
fn old(word: &str) -> bool {
    word.chars().all(|c| c <= '\u{FF}')
}

/// The encoding of texts that belong together (a column), `otherwise` deciding where nothing speaks.
pub fn detect<'a>(texts: impl IntoIterator<Item = &'a str>, otherwise: Encoding) -> Encoding {
    let (mut scales, mut sum) = (Scales::default(), Evidence::default());
    texts.into_iter().for_each(|text| sum.add(scales.weigh(text)));
    sum.verdict(otherwise)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const LETTERS: &str = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";

    #[test]
    fn every_small_letter_goes_both_ways() {
        for letter in LETTERS.chars() {
            let text = letter.to_string();
            for encoding in [Encoding::Tcvn3, Encoding::Vni] {
                let typed = encode(&text, encoding).unwrap();
                assert_eq!(decode(&typed, encoding), text, "{encoding:?} {typed}");
            }
        }
    }

    #[test]
    fn every_capital_letter_goes_both_ways() {
        for letter in LETTERS.to_uppercase().chars() {
            let text = letter.to_string();
            for encoding in [Encoding::Tcvn3Capitals, Encoding::Vni] {
                let typed = encode(&text, encoding).unwrap();
                assert_eq!(decode(&typed, encoding), text, "{encoding:?} {typed}");
            }
        }
        for letter in "ĂÂĐÊÔƠƯ".chars() {
            let text = letter.to_string();
            assert_eq!(decode(&encode(&text, Encoding::Tcvn3).unwrap(), Encoding::Tcvn3), text);
        }
    }

    /// Words of any letters in any case: what an old font can write comes back as it was.
    #[test]
    fn any_text_goes_both_ways() {
        let small: Vec<char> = LETTERS.chars().collect();
        let mut state = 7_u64;
        let mut roll = |sides: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % sides
        };
        for _ in 0..3000 {
            let text: String = (0..1 + roll(24))
                .flat_map(|_| {
                    let letter = small[roll(small.len())];
                    match roll(9) {
                        0 => " ".to_owned(),
                        1..4 => letter.to_uppercase().collect(),
                        _ => letter.to_string(),
                    }
                    .chars()
                    .collect::<Vec<_>>()
                })
                .collect();
            assert_eq!(decode(&encode(&text, Encoding::Vni).unwrap(), Encoding::Vni), text);
            let lower = text.to_lowercase();
            assert_eq!(decode(&encode(&lower, Encoding::Tcvn3).unwrap(), Encoding::Tcvn3), lower);
            let upper = text.to_uppercase();
            assert_eq!(decode(&encode(&upper, Encoding::Tcvn3Capitals).unwrap(), Encoding::Tcvn3Capitals), upper);
        }
    }

    #[test]
    fn well_known_lines_are_read() {
        assert_eq!(decode("NguyÔn V¨n Hïng", Encoding::Tcvn3), "Nguyễn Văn Hùng");
        assert_eq!(decode("§inh ThÞ M\u{AD}¬ng", Encoding::Tcvn3), "Đinh Thị Mương");
        assert_eq!(decode("Nguyeãn Vaên Huøng", Encoding::Vni), "Nguyễn Văn Hùng");
        assert_eq!(decode("ÑINH THÒ MÖÔØNG", Encoding::Vni), "ĐINH THỊ MƯỜNG");
    }

    #[test]
    fn encoding_is_found_by_evidence() {
        let names = ["Nguyễn Văn Hùng", "Bùi Thị Hiền", "Đinh Công Lượng", "Quách Thị Thúy", "Sùng A Páo", "Hà Bé"];
        for encoding in [Encoding::Unicode, Encoding::Tcvn3, Encoding::Vni] {
            let typed: Vec<String> = names.iter().map(|name| encode(name, encoding).unwrap()).collect();
            assert_eq!(detect(typed.iter().map(String::as_str), Encoding::Unicode), encoding, "{typed:?}");
        }
        let decomposed = "Nguyễn Văn Hùng".chars().collect::<String>();
        assert_eq!(detect([decomposed.as_str()], Encoding::Unicode), Encoding::Unicode);
        assert_eq!(detect(["Bui Van An"], Encoding::Unicode), Encoding::Unicode);
    }
}
