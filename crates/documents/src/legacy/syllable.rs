//! Is a word a Vietnamese syllable? A first sound, a rhyme, at most one tone.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

#[derive(Deserialize)]
struct Parts {
    onsets: Vec<String>,
    rhymes: HashSet<String>,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../assets/imports/syllables.json"))
        .unwrap_or(Parts { onsets: Vec::new(), rhymes: HashSet::new() })
});

/// True for a written syllable, in any case. The word is in NFC.
#[must_use]
pub fn is_syllable(word: &str) -> bool {
    let mut tones = 0;
    let letters: String = word
        .to_lowercase()
        .nfd()
        .filter(|c| {
            let tone = matches!(c, '\u{0300}' | '\u{0301}' | '\u{0303}' | '\u{0309}' | '\u{0323}');
            tones += usize::from(tone);
            !tone
        })
        .nfc()
        .collect();
    if tones > 1 || letters.is_empty() || letters.chars().count() > 8 {
        return false;
    }
    let rhyme = |rest: &str| PARTS.rhymes.contains(rest);
    rhyme(&letters) || PARTS.onsets.iter().any(|onset| letters.strip_prefix(onset.as_str()).is_some_and(rhyme))
}

#[cfg(test)]
mod tests {
    use super::is_syllable;

    #[test]
    fn names_of_the_region_are_syllables() {
        let names = "Bùi Đinh Quách Bạch Hà Nguyễn Xa Lò Sùng Giàng Mường Thị Văn Quyền Phượng Gì Giêng Quý Hòa Hoà Thúy Thuý Ước Ửng Yến";
        for word in names.split(' ') {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["NguyÔn", "V¨n", "ThÞ", "Hïng", "Nguyeãn", "Vaên", "Huøng", "Thóy"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
